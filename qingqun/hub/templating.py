"""The Jinja2 environment of the pages: escaping on, static addresses, texts from the house's catalogue, Beijing time."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qingqun.clock import BEIJING
from qingqun.i18n import _, language


def environment(**options: Any) -> Environment:
    """Make the environment Django asks for."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701  it is on, the linter does not see into the dictionary
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(_, _plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.globals.update(static=static, url=address, _=said)
    made.filters["when"] = when
    return made


def said(text: str, **values: object) -> Markup:
    """Say a text of a template in the reader's language, as Jinja2's own `_` does; what stands still is made once a language."""
    return _marked(text, language()) % values if values else _still(text, language())


@lru_cache(maxsize=2_048)
def _still(text: str, spoken: str) -> Markup:
    return _marked(text, spoken) % {}


@lru_cache(maxsize=2_048)
def _marked(text: str, _spoken: str) -> Markup:
    return Markup(_(text))  # noqa: S704  the house's own texts; values are escaped when they are put in


def address(name: str, kwargs: dict[str, object] | None = None) -> str:
    """Return a page's address by its name; `kwargs` where it names something."""
    return reverse(name, kwargs=kwargs) if kwargs else _fixed(name)


@lru_cache(maxsize=256)
def _fixed(name: str) -> str:
    return reverse(name)


def when(moment: datetime | None) -> str:
    """Write a moment in Beijing time, 2026-03-11 08:30; nothing where there is none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""


def _plural(one: str, many: str, count: int) -> str:
    return _(one if count == 1 else many)
