"""The words of a document, workbook or presentation (ECMA-376), to look for something in them: nothing is kept, nothing is drawn."""

import html
import re

from qingqun.i18n import _
from qingqun.office.archive import parts
from qingqun.office.limits import Limits, OfficeError

LIMITS = Limits(unpacked=64 * 2**20)
_WORDED = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "xlsx": re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+|comments\d*)\.xml"),
    "pptx": re.compile(r"ppt/(?:slides|notesSlides)/[A-Za-z]+\d+\.xml"),
}
_LINE_ENDS = re.compile(r"</(?:w:p|a:p|si|is|row)>|<w:(?:br|cr)[ /][^>]*>")
_TAG = re.compile(r"<[^>]*>")


def texts(data: bytes, kind: str) -> list[str]:
    """Return the words of each worded part, a paragraph or cell a line; `kind` is docx, xlsx or pptx.

    Raises:
        OfficeError: it is damaged, too large unpacked, or not of that kind.
    """
    worded = _WORDED[kind].fullmatch
    found = [_words(content) for _name, content in parts(data, LIMITS, lambda name: bool(worded(name)))]
    if not found:
        raise OfficeError("other_kind", _("内容和扩展名不符"))
    return found


def _words(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8", "replace")
    return html.unescape(_TAG.sub("", _LINE_ENDS.sub("\n", text))).lstrip("\ufeff")
