"""The paragraphs of a document out of an untrusted docx or text file."""

import html
import re
from contextlib import suppress
from pathlib import Path

from qingqun.i18n import _
from qingqun.office.archive import parts
from qingqun.office.limits import DEFAULT, Limits, OfficeError

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)  # WordprocessingML, ECMA-376 part 1, 17.3.1.22
_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:(?:tab|br)(?: [^>]*)?/>)")
_ENCODINGS = ("utf-8-sig", "gb18030")


def paragraphs(path: Path, limits: Limits = DEFAULT) -> list[str]:
    """Return the paragraphs in order, those of tables among them; a text file's lines.

    Raises:
        OfficeError: neither a docx nor a text within the limits.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    if data[:2] == b"PK":
        body = dict(parts(data, limits)).get("word/document.xml")
        if body is None:
            raise OfficeError("not_a_document", _("不是 Word 文档（docx）"))
        return [text for one in _PARAGRAPH.findall(body.decode("utf-8", "replace")) if (text := _text(one))]
    if len(data) > limits.packed or b"\0" in data[:4096]:
        raise OfficeError("not_a_document", _("只读 docx 和纯文本；doc 请先另存为 docx"))
    return _decoded(data).splitlines()


def _text(paragraph: str) -> str:
    pieces = (said if not blank else " " for said, blank in _PIECE.findall(paragraph))
    return html.unescape("".join(pieces)).strip()


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise OfficeError("bad_encoding", _("文字编码无法识别，请另存为 UTF-8"))
