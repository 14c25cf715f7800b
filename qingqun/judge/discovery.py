"""Find the rules by walking the folders: one rule = one file = one word. Nothing is registered by hand."""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from qingqun.i18n import _
from qingqun.judge.rule import Rule
from qingqun.words import Refused


class NoSuchRuleError(Refused):
    """No rule has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("没有名为“{name}”的规则；qingqun packs 列出各规则包的规则").format(name=name))


def subjects() -> tuple[str, ...]:
    """Return what can be judged: the folders beside this file."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.ispkg))


def _rule(module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2]
    found = getattr(module, name, None)
    if not isinstance(found, Rule):
        raise TypeError(f"{module.__name__} must define one rule called {name}")
    return found


@cache
def rules(subject: str | None = None) -> tuple[Rule, ...]:
    """Return the rules on one subject in the order of their names; without a subject, all rules.

    Raises TypeError for a rule file that holds no rule of its own name.
    """
    if subject is None:
        return tuple(rule for each in subjects() for rule in rules(each))
    package = import_module(f"{__package__}.{subject}")
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    return tuple(_rule(import_module(f"{package.__name__}.{name}")) for name in names)


def find(name: str) -> Rule:
    """Return the rule of this name. Raises NoSuchRuleError."""
    for rule in rules():
        if rule.name == name:
            return rule
    raise NoSuchRuleError(name)
