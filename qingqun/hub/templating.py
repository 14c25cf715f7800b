"""The Jinja2 environment of the pages: escaping on, static addresses, texts from the house's catalogue, Beijing time."""

from datetime import datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from qingqun.clock import BEIJING
from qingqun.i18n import _


def environment(**options: Any) -> Environment:
    """Make the environment Django asks for."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701  it is on, the linter does not see into the dictionary
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(_, _plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.globals.update(static=static, url=reverse)
    made.filters["when"] = when
    return made


def when(moment: datetime | None) -> str:
    """Write a moment in Beijing time, 2026-03-11 08:30; nothing where there is none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""


def _plural(one: str, many: str, count: int) -> str:
    return _(one if count == 1 else many)
