"""A workbook that a page takes or gives."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qingqun.hub.pages._gate import Asked
from qingqun.i18n import _
from qingqun.words import Refused

Read = TypeVar("Read")
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what every .xlsx and .xls begins with


def uploaded(request: Asked, read: Callable[[Path], Read]) -> Read:
    """Read the workbook of a form's field `file`.

    Raises:
        Refused: there is none, or the reader refuses it.
    """
    upload = request.FILES.get("file")
    data = upload.read() if upload else b""
    if upload is None or not data:
        raise Refused(_("请选择填好的表格"))
    if not data.startswith(_BOOKS):
        raise Refused(
            _("“{name}”不是 Excel 文件，改后缀没有用。请下载空白模板，在 Excel 或 WPS 里填好，存为 .xlsx 再导入").format(name=upload.name)
        )
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        path.write_bytes(data)
        return read(path)


def given(name: str, write: Callable[[Path], None]) -> HttpResponse:
    """Return a workbook as a download."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        write(path)
        data = path.read_bytes()
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
