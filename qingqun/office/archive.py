"""Zip containers (xlsx, xlsb, ods, docx): every part is measured before anybody else unpacks it."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from qingqun.i18n import _
from qingqun.office.limits import DEFAULT, Limits, OfficeError

CHUNK = 64 * 2**10
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")
ARCHIVE_NAMES = {".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".ods", ".jar"}
KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def parts(data: bytes, limits: Limits = DEFAULT, wanted: Callable[[str], bool] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of every part of a zip, or of those wanted; stops with OfficeError at the first breach of a limit.

    What is not wanted is neither unpacked nor looked at.
    The sizes written in the file's directory are not believed: what is counted is what inflates.
    """
    if len(data) > limits.packed:
        raise OfficeError("too_large", _("文件超过 {size} MB，未读取").format(size=limits.packed // 2**20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _parts(archive, limits, wanted)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise OfficeError("damaged", _("文件已损坏，无法读取")) from error


def _parts(archive: zipfile.ZipFile, limits: Limits, wanted: Callable[[str], bool] | None) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise OfficeError("too_many_entries", _("压缩包内文件超过 {count} 个，未读取").format(count=limits.entries))
    if len({entry.filename for entry in entries}) < len(entries):
        raise OfficeError("damaged", _("文件已损坏，无法读取"))
    left = limits.unpacked
    for entry in entries if wanted is None else [one for one in entries if wanted(one.filename)]:
        _check_entry(entry)
        content = _inflate(archive, entry, left, limits)
        if content.startswith(ARCHIVES):
            raise OfficeError("nested_archive", _("文件内嵌了压缩包，未读取"))
        left -= len(content)
        yield entry.filename, content


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
        raise OfficeError("bad_path", _("压缩包内路径越界，未读取"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise OfficeError("symlink", _("压缩包内含链接文件，未读取"))
    if entry.flag_bits & 1:
        raise OfficeError("encrypted", _("文件已加密，请取消密码后重试"))
    if entry.compress_type not in KNOWN:
        raise OfficeError("damaged", _("文件已损坏，无法读取"))
    if PurePosixPath(name).suffix.lower() in ARCHIVE_NAMES:
        raise OfficeError("nested_archive", _("文件内嵌了压缩包，未读取"))


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    entry.file_size = left + 2 * CHUNK  # otherwise zipfile stops at the declared size while other readers inflate on
    packed = max(entry.compress_size, 1)
    chunks, size = [], 0
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left or (size > limits.ratio_from and size > limits.ratio * packed):
                raise OfficeError("zip_bomb", _("文件解压后过大，疑似压缩炸弹，未读取"))
            chunks.append(chunk)
    return b"".join(chunks)
