"""The Jinja2 environment of the pages: escaping on, static addresses, texts from the house's catalogue, Beijing time.

What stands still in a template (its texts, the addresses of pages, icons) is put in when it is compiled, once for each language.
"""

from collections.abc import Callable, Mapping, MutableMapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from qingqun.clock import BEIJING
from qingqun.i18n import _, language, speaking


class Pages(Environment):
    """What Django asks for a template: the one in the language that is being spoken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._spoken = {word: _Spoken(word, options) for word in ("zh", "en")}

    def get_template(
        self,
        name: "str | Template",
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja2's own word
    ) -> Template:
        return self._spoken[language()].get_template(name, parent, globals)


class _Spoken(Environment):
    """The templates of one language."""

    def __init__(self, word: str, options: dict[str, Any]) -> None:
        super().__init__(**options)
        self.word, self._icons = word, dict[str, Markup]()
        self.add_extension("jinja2.ext.i18n")
        self.install_gettext_callables(_, _plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
        self.still: dict[str, Callable[[str], str]] = {"_": said, "url": address, "icon": self.icon}
        self.globals.update(self.still, static=static)
        self.filters["when"] = when

    def icon(self, name: str) -> Markup:
        """Return a picture of _icons.html by its name."""
        if name not in self._icons:
            self._icons[name] = Markup(self.get_template("_icons.html").render(name=name))  # noqa: S704  the house's own drawing
        return self._icons[name]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse, and put in what stands still."""
        with speaking(self.word):
            found: nodes.Template = _Still(self.still).visit(super()._parse(source, name, filename))
        return found


class _Still(NodeTransformer):
    """Puts what a call with one plain text gives in the place of the call."""

    def __init__(self, gives: Mapping[str, Callable[[str], str]]) -> None:
        self.gives = gives

    def visit_Call(self, node: nodes.Call, *given: Any, **named: Any) -> nodes.Node:  # noqa: N802  Jinja2 calls it so
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str() as text)], kwargs=[]) if name in self.gives:
                return nodes.Const(self.gives[name](text), lineno=node.lineno)
        return self.generic_visit(node, *given, **named)


def environment(**options: Any) -> Environment:
    """Make the environment Django asks for."""
    return Pages(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True})


def said(text: str, **values: object) -> Markup:
    """Say a text of a template in the reader's language, as Jinja2's own `_` does."""
    return _marked(text, language()) % values


@lru_cache(maxsize=2_048)
def _marked(text: str, _spoken: str) -> Markup:
    return Markup(_(text))  # noqa: S704  the house's own texts; values are escaped when they are put in


def address(name: str, kwargs: dict[str, object] | None = None) -> str:
    """Return a page's address by its name; `kwargs` where it names something."""
    return reverse(name, kwargs=kwargs)


def when(moment: datetime | None) -> str:
    """Write a moment in Beijing time, 2026-03-11 08:30; nothing where there is none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""


def _plural(one: str, many: str, count: int) -> str:
    return _(one if count == 1 else many)
