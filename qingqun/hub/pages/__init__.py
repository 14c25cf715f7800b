"""One page = one file with `URL`, `NAME` and `page(request, ...)`, and its template beside it; found by walking this folder."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, path


def routes() -> list[URLPattern]:
    """Return an address for every page in this folder; files that begin with an underscore are parts, not pages."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    pages = [import_module(f"{__name__}.{name}") for name in names]
    return [path(page.URL, page.page, name=page.NAME) for page in pages]
