"""One page = one file and its template beside it; found by walking this folder. Files that begin with an underscore are parts.

A page declares URL, NAME, ROLES (who may open it: see _gate.py) and page(request, ...); METHODS where it is not GET and POST.
A route that holds <int:unit> is open to who has one of the ROLES in that unit or above. Whatever else a route names
(<int:delivery>, <int:notice>) the page itself looks up among what is the visitor's own: another's is not found.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.urls import URLPattern, path

from qingqun.hub.pages._gate import guarded


def modules() -> list[ModuleType]:
    """Return the pages in this folder, by name."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return [import_module(f"{__name__}.{name}") for name in names]


def routes() -> list[URLPattern]:
    """Return an address for every page, behind its own gate; the front page first, since most ask for it and routes are tried in turn."""
    return [path(page.URL, guarded(page), name=page.NAME) for page in sorted(modules(), key=lambda page: page.URL != "")]
