"""What is shown when something cannot be: in the house's words, with the way back."""

import errno
import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._show import refused
from qingqun.i18n import _

_FULL = 507  # HTTP: insufficient storage
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for what broke in the house; a full disk is said to be one. A database that cannot even be read leaves bare words."""
    full = _is_full(sys.exception())
    why = (
        _("服务器的磁盘满了，这一步没有保存。请稍后再试，并请告诉管理员。")
        if full
        else _("出了差错，这一步没有保存。请回到上一页再试一次。")
    )
    status = _FULL if full else 500
    try:
        return refused(request, status, why)
    except DatabaseError:
        return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


def _is_full(error: BaseException | None) -> bool:
    """Tell whether there was no room: SQLite's SQLITE_FULL and SQLITE_IOERR, PostgreSQL's disk_full (53100), or the system's own word."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "sqlstate", None) == "53100" or getattr(error, "sqlite_errorname", "").startswith(
            ("SQLITE_FULL", "SQLITE_IOERR")
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Answer for an address without a page, and for what is not the visitor's."""
    return refused(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  same
    """Answer for what a page itself refuses."""
    return refused(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  same
    """Answer for a form without the mark this site gave it."""
    return refused(request, 403, _("这个表单放得太久，或者不是从本站打开的。请回到上一页，刷新后再试；您写的内容还在那里。"))
