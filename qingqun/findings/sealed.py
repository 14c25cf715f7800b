"""A paper that one person alone can open: sealed to their public key, so that whoever writes it cannot read it again.

X25519 with a fresh key for each paper, HKDF-SHA256 bound to both public keys (RFC 7748, RFC 5869), AES-256-GCM.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qingqun.i18n import _
from qingqun.words import Refused

MARK = b"qingqun-own-1\n"
KEY = 32  # bytes of either key
NONCE = 12


def new_pair() -> tuple[bytes, bytes]:
    """Return a secret key, which stays with the person, and the public key they hand in."""
    secret = X25519PrivateKey.generate()
    return secret.private_bytes_raw(), secret.public_key().public_bytes_raw()


def seal(plain: bytes, public: bytes) -> bytes:
    """Seal a paper to a person's public key. Raises Refused where that is none."""
    _checked(public)
    fresh = X25519PrivateKey.generate()
    mine = fresh.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(NONCE)
    try:
        shared = fresh.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise Refused(_("不是本程序生成的密钥文件")) from error
    return MARK + mine + nonce + AESGCM(_derived(shared, mine, public)).encrypt(nonce, plain, MARK)


def unseal(sealed: bytes, secret: bytes) -> bytes:
    """Open a paper with the person's secret key. Raises Refused where it is sealed to somebody else, or was changed."""
    _checked(secret)
    if not sealed.startswith(MARK) or len(sealed) < len(MARK) + KEY + NONCE:
        raise Refused(_("不是本人负担表"))
    body = sealed[len(MARK) :]
    theirs, nonce, locked = body[:KEY], body[KEY : KEY + NONCE], body[KEY + NONCE :]
    mine = X25519PrivateKey.from_private_bytes(secret)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
        return AESGCM(_derived(shared, theirs, mine.public_key().public_bytes_raw())).decrypt(nonce, locked, MARK)
    except (InvalidTag, ValueError) as error:
        raise Refused(_("打不开：这份表是封给另一个人的，或者已被改动")) from error


def _derived(shared: bytes, fresh: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=MARK + fresh + public).derive(shared)


def _checked(key: bytes) -> None:
    if len(key) != KEY:
        raise Refused(_("不是本程序生成的密钥文件"))
