"""Which encoding a text file is in: a byte-order mark, else UTF-8, else GB18030."""

import codecs
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

CHUNK = 2**20
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_of(path: Path) -> str:
    """Return the name of the codec for this file; read it with errors="replace"."""
    with path.open("rb") as file:
        head = file.read(4096)
    return _by_head(head) or _by_content(path)


@lru_cache(maxsize=2)  # every source asks for the same head
def decode_head(head: bytes) -> str:
    """Return the beginning of a file as text, for sniffing; a character cut off at the end is left out."""
    named = _by_head(head)
    if named:
        return head.decode(named, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode(_likelier(head), "replace")


def as_utf8(file: BinaryIO) -> BinaryIO:
    """Return an open file as UTF-8 without a mark where its first bytes say that it is in another encoding (what PowerShell's > writes)."""
    named = _by_head(file.read(4096))
    file.seek(0)
    return cast("BinaryIO", codecs.EncodedFile(file, "utf-8", named, "replace")) if named else file


def _by_head(head: bytes) -> str | None:
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    zeros = [head[start::2].count(0) for start in (0, 1)]
    # UTF-16 without a mark shows in the ASCII characters (digits, line ends): every second byte is zero
    if max(zeros) * 8 > len(head) and min(zeros) * 8 < max(zeros):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _by_content(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return _likelier(chunk)
    return "utf-8"


def _likelier(chunk: bytes) -> str:
    """UTF-8 with a few broken bytes (a cut file) is still UTF-8: GB18030 text breaks it at nearly every character."""
    text = chunk.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in text[:CHUNK])
    return "utf-8" if text.count("\ufffd") * 10 < foreign else "gb18030"
