"""A file locked with a key of its own: AES-256-GCM over pieces of a MiB, so that a copy of any size needs little memory.

After the mark stands a random salt; the pieces' key is HKDF-SHA256 of the key file and the salt. A piece's nonce is its number and whether
it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so that cut, swapped or added pieces show.
"""

import base64
import binascii
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qingqun.hub.upkeep import keys
from qingqun.i18n import _
from qingqun.words import Refused

MARK = b"qingqun locked 1\n"
_PIECE, _TAG, _SALT = 1024 * 1024, 16, 16


def key_in(path: Path, *, make: bool = False) -> bytes:
    """Return the key in a file; where there is none and `make` says so, a new one.

    Raises:
        Refused: the file is missing or cannot be made, or holds no key.
    """
    try:
        if make and not path.exists():
            keys.private(path, base64.b64encode(secrets.token_bytes(32)) + b"\n")
        found = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise Refused(_("{path} 里没有备份密钥").format(path=path)) from error
    if len(found) != 32:
        raise Refused(_("{path} 里没有备份密钥").format(path=path))
    return found


def is_locked(path: Path) -> bool:
    """Tell whether a file begins with the mark."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def lock(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write the locked form of a file."""
    salt = secrets.token_bytes(_SALT)
    box = _box(key, salt)
    target.write(MARK + salt)
    target.writelines(box.encrypt(_nonce(number, last=last), piece, MARK) for number, piece, last in _pieces(source, _PIECE))


def unlock(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write what was locked.

    Raises:
        Refused: another key, or the file was cut or changed.
    """
    source.read(len(MARK))
    box = _box(key, source.read(_SALT))
    try:
        target.writelines(box.decrypt(_nonce(number, last=last), piece, MARK) for number, piece, last in _pieces(source, _PIECE + _TAG))
    except InvalidTag as error:
        raise Refused(_("备份打不开：密钥不对，或者文件不完整、被改动过")) from error


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    number, piece = 0, source.read(size)
    while True:
        after = source.read(size)
        yield number, piece, not after
        if not after:
            return
        number, piece = number + 1, after


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _box(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, b"qingqun backup").derive(key))
