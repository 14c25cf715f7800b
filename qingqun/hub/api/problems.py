"""Errors as problem documents (RFC 9457), their titles in Chinese and in English, the detail in the caller's language."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja.errors import HttpError, ValidationError

from qingqun.hub.language import later
from qingqun.i18n import _, speaking
from qingqun.words import Refused

_log = logging.getLogger(__name__)
KIND = "application/problem+json"
_TITLES = {
    400: later("请求看不懂"),
    401: later("没有令牌，或令牌无效"),
    403: later("这个令牌没有这项权限"),
    404: later("没有找到"),
    405: later("不支持这种方法"),
    409: later("与现在的状态冲突"),
    422: later("内容不合要求"),
    429: later("请求太频繁"),
    500: later("服务器出了差错，这一步没有做成"),
}
_WORDS = {
    "missing": later("缺少"),
    "extra_forbidden": later("没有这一项"),
    "string_too_long": later("太长"),
    "string_too_short": later("太短"),
    "enum": later("不在可选的词之内"),
    "timezone_aware": later("时刻要写时区"),
}


class Problem(Exception):  # noqa: N818  reads as what it is
    """What ends a call."""

    def __init__(self, status: int, detail: str = "", **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem(status: int, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any) -> HttpResponse:
    """Return a problem document."""
    title = _TITLES.get(status, _TITLES[500])
    said: dict[str, Any] = {"type": f"urn:qingqun:problem:{status}", "status": status}
    for language, name in (("zh", "title"), ("en", "title_en")):
        with speaking(language):
            said[name] = str(title)
    body = json.dumps(said | ({"detail": detail} if detail else {}) | more, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=KIND, headers=dict(headers or {}))


def stopped(_request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.status, error.detail, headers=error.headers)


def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(422, str(error))


def missing(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(404)


def plain(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, headers={"WWW-Authenticate": "Bearer"} if error.status_code == 401 else None)


def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, errors=[_invalid(one) for one in error.errors[:20]])


def _invalid(one: Mapping[str, Any]) -> dict[str, str]:
    place = "/".join(str(part) for part in one["loc"])
    return {"pointer": f"/{place}", "detail": str(_WORDS.get(one["type"], _("不合要求"))), "detail_en": str(one["msg"])[:200]}


def broken(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for what broke in the house; the log has it."""
    _log.error("a call of the interface failed", exc_info=error)
    return problem(500)


def shaped(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return a view whose every answer is kept by nobody, and whose 405 is a problem document."""

    def called(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        answer = view(request, *given, **named)
        if answer.status_code == 405:
            answer = problem(405, headers={"Allow": answer.headers.get("Allow", "")})
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    called.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here: a token must be in the header
    return called
