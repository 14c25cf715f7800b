"""The vault: credentials are locked with a key that lies outside the database."""

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from qingqun.i18n import _
from qingqun.words import Refused


def lock(plain: str) -> bytes:
    """Return a secret as the database may keep it."""
    return _box().encrypt(plain.encode())


def unlock(locked: bytes) -> str:
    """Return the secret.

    Raises:
        Refused: it was locked with another key, or changed.
    """
    try:
        return _box().decrypt(bytes(locked)).decode()
    except InvalidToken as error:
        raise Refused(_("凭据打不开：密钥文件与数据库不是一套")) from error


def _box() -> Fernet:
    try:
        return Fernet(settings.VAULT_KEY)
    except ValueError as error:
        raise Refused(_("没有密钥文件：请先运行 qingqun init")) from error
