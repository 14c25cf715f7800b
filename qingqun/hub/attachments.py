"""Files beside notices and answers: known kinds only, looked at before they are kept, kept under a random name, given out as downloads."""

import os
import re
from collections.abc import Callable
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import polars as pl
from django.conf import settings
from django.http import FileResponse

from qingqun.enrich.secrets import has_secret_mark, secret_span
from qingqun.hub import pdf
from qingqun.hub.models import Attachment
from qingqun.i18n import _, listed
from qingqun.office import OfficeError
from qingqun.office.texts import texts
from qingqun.words import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 20 * 1024 * 1024  # bytes
OFFICE = {"docx", "xlsx", "pptx"}
_LOOKED_AT = 64 * 1024
_NEVER = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _plain(head: bytes) -> bool:
    return b"\x00" not in head


# An extension must be what the first bytes are (ISO 32000 %PDF-, ISO 10918 FFD8FF, RFC 2083, ZIP for Office Open XML).
KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _starts(b"%PDF-")),
    "jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _starts(b"PK\x03\x04")),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _starts(b"PK\x03\x04")),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _starts(b"PK\x03\x04")),
    "txt": ("text/plain", _plain),
}


def keep(upload: "UploadedFile[Any]") -> Attachment:
    """Write a file below settings.ATTACHMENTS and return its row, not yet saved; the caller says what it belongs to.

    A file whose row is never saved is an orphan that nobody can open.

    Raises:
        Refused: too large, of another kind than its name says or than is taken, or marked as a state secret.
    """
    name = safe_name(upload.name or "")
    kind = _checked(name, upload)
    stored, digest = token_hex(16), sha256()
    settings.ATTACHMENTS.mkdir(parents=True, exist_ok=True)
    path = settings.ATTACHMENTS / stored
    try:
        with path.open("xb") as kept:
            for chunk in upload.chunks():
                digest.update(chunk)
                kept.write(chunk)
            kept.flush()
            os.fsync(kept.fileno())
    except OSError:  # a full disk: a piece of a file is of no use to anybody
        path.unlink(missing_ok=True)
        raise
    return Attachment(name=name, stored=stored, kind=kind, size=upload.size or 0, sha256=digest.hexdigest())


def given_out(attachment: Attachment) -> FileResponse:
    """Return a file as a download: never shown in the page, whatever is in it."""
    content: Any = (settings.ATTACHMENTS / attachment.stored).open("rb")
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}
    return FileResponse(content, as_attachment=True, filename=attachment.name, content_type="application/octet-stream", headers=headers)


def unread(kind: str) -> str:
    """Say what of a file nobody but its author can look at; empty where all words of it are read."""
    if kind.startswith("image/"):
        return _("图片里的字读不到，有没有国家秘密标志，请自己看清")
    if kind == KINDS["pdf"][0]:
        return _("只查前 {n} 页的文字，扫描件读不到，请自己看清").format(n=pdf.PAGES)
    return ""


def safe_name(name: str) -> str:
    """Return a name without paths, control signs and signs that turn the direction of writing, at most 120 long, its extension kept."""
    stem, dot, extension = _NEVER.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).rpartition(".")
    return f"{stem[:100].strip(' .') or _('文件')}{dot}{extension[:10].lower()}" if dot else extension[:100] or _("文件")


def _checked(name: str, upload: "UploadedFile[Any]") -> str:
    kind, is_it = KINDS.get(name.rpartition(".")[2], ("", None))
    if is_it is None:
        raise Refused(_("“{name}”：只收 {kinds} 文件").format(name=name, kinds=listed(KINDS)))
    if not upload.size or upload.size > LARGEST:
        raise Refused(_("“{name}”：文件是空的，或超过 20 MB").format(name=name))
    head = upload.read(_LOOKED_AT)
    upload.seek(0)
    if not is_it(head):
        raise Refused(_("“{name}”：内容和扩展名不符").format(name=name))
    if secret_span(name.rpartition(".")[0]) or has_secret_mark(pl.Series(_texts(name, upload, head), dtype=pl.String)).any():
        raise Refused(_("“{name}”带有国家秘密标志，不能上传，也不会保存").format(name=name[:10]))
    return kind


def _texts(name: str, upload: "UploadedFile[Any]", head: bytes) -> list[str]:
    """Return what a file says, as far as it can be read here: pictures cannot, nor scanned pages, and of a PDF the first pages are read."""
    extension = name.rpartition(".")[2]
    if extension == "txt":
        return [head.decode("utf-8", "ignore")]
    if extension not in OFFICE | {"pdf"}:
        return []
    try:
        return pdf.texts(upload.read()) if extension == "pdf" else texts(upload.read(), extension)
    except OfficeError as why:
        raise Refused(_("“{name}”：{reason}").format(name=name, reason=why)) from why
    finally:
        upload.seek(0)
