"""The envelopes of WeCom and Feishu: AES-256-CBC (developer.work.weixin.qq.com, path 90968; open.feishu.cn, encrypt-key)."""

import base64
import binascii
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from qingqun.hub.listen.call import forged

_BLOCK = 16
_WECOM_PAD = 32
_HEAD = 20  # bytes: 16 at random, then the length of the message


def wecom(key: str, receiver: str, sealed: str) -> str:
    """Open WeCom's envelope. `receiver` is whom it must be for: the corporation.

    Raises:
        Turned: it does not open, or is another's.
    """
    try:
        secret = base64.b64decode(key + "=", validate=True)
        plain = _opened(secret, secret[:_BLOCK], base64.b64decode(sealed, validate=True), _WECOM_PAD)
        length = int.from_bytes(plain[16:_HEAD], "big")
        message, whom = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
        if len(message) != length or whom.decode() != receiver:
            raise forged()
        return message.decode()
    except (ValueError, binascii.Error):
        raise forged() from None


def feishu(key: str, sealed: str) -> str:
    """Open Feishu's envelope.

    Raises:
        Turned: it does not open.
    """
    try:
        whole = base64.b64decode(sealed, validate=True)
        return _opened(sha256(key.encode()).digest(), whole[:_BLOCK], whole[_BLOCK:], _BLOCK).decode()
    except (ValueError, binascii.Error):
        raise forged() from None


def _opened(key: bytes, start: bytes, sealed: bytes, block: int) -> bytes:
    opener = Cipher(AES(key), CBC(start)).decryptor()
    padded = opener.update(sealed) + opener.finalize()
    pad = padded[-1] if padded else 0
    if not 0 < pad <= min(block, len(padded)) or padded[-pad:] != bytes([pad]) * pad:
        raise ValueError
    return padded[:-pad]
