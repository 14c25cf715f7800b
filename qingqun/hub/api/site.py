"""The interface put together: every file of v1/ with its calls, its errors as problem documents, its description as OpenAPI."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from qingqun.hub.api import feed, metrics, problems, v1
from qingqun.words import Refused

PREFIX = "api/v1/"


def routers() -> dict[str, Router]:
    """Return the resources, by name."""
    names = sorted(module.name for module in iter_modules(v1.__path__))
    return {name: import_module(f"{v1.__name__}.{name}").router for name in names}


class _Described(NinjaAPI):
    """Says of every call that its errors are problem documents."""

    def get_openapi_schema(self, **given: Any) -> Any:
        whole = super().get_openapi_schema(**given | {"path_prefix": f"/{PREFIX}"})
        for address in whole["paths"].values():
            for call in address.values():
                call["responses"]["4XX"] = {"description": "Problem (RFC 9457)", "content": {problems.KIND: {"schema": _PROBLEM}}}
        return whole


_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "title_en", "status"],
    "properties": {"type": _TEXT, "title": _TEXT, "title_en": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
}


def _made() -> NinjaAPI:
    api = _Described(title="qingqun", version="1", urls_namespace="api", docs_url=None)
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)
    for name, router in routers().items():
        api.add_router(f"/{name}", router, tags=[name])
    return api


_ANSWERS: dict[type[Exception], Any] = {
    problems.Problem: problems.stopped,
    Refused: problems.refused,
    Http404: problems.missing,
    HttpError: problems.plain,
    ValidationError: problems.invalid,
    Exception: problems.broken,
}
api = _made()


def _nothing(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001  whatever was asked for
    return problems.problem(404)


def routes() -> list[URLPattern]:
    """Return the addresses of everything for programs."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern)]
    calls = [path(f"{PREFIX}{one.pattern}", problems.shaped(one.callback), name=f"api-{one.name}") for one in found]  # no page is called so
    nothing = path(f"{PREFIX}<path:rest>", problems.shaped(_nothing))
    return [
        *calls,
        nothing,
        path("calendar/<str:secret>.ics", feed.calendar, name="calendar_feed"),
        path("metrics", metrics.metrics, name="metrics"),
    ]
