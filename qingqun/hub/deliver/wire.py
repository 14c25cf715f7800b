"""The only way out over HTTP: allow-listed hosts, resolved once and pinned, private addresses refused, no redirects, bounded answers."""

import ipaddress
import logging
import socket
import ssl
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import httpx2

from qingqun.i18n import _
from qingqun.words import Refused

TIMEOUT = 10.0  # seconds without a byte
LONGEST = 20.0  # seconds for the whole answer
LARGEST = 64 * 1024  # bytes read of an answer
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # they would log every address, with the tokens in it
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Answer:
    """A platform's answer, cut at LARGEST."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Way(NamedTuple):
    """Where an address leads: `place` is what its host is told, `pinned` where the connection goes."""

    scheme: str
    host: str
    port: int
    place: str
    pinned: str
    path: str


def post(  # noqa: PLR0913  what a way out must be told
    url: str, body: bytes, headers: Mapping[str, str], hosts: Collection[str], *, private: bool = False, resolve: Resolve | None = None
) -> Answer:
    """Post to an allow-listed host; see `ask`."""
    return ask("POST", url, body, headers, hosts, private=private, resolve=resolve)


def ask(  # noqa: PLR0913  what a way out must be told
    way: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    hosts: Collection[str],
    *,
    private: bool = False,
    resolve: Resolve | None = None,
    largest: int = 0,
) -> Answer:
    """Ask an allow-listed host; `way` is the HTTP method. With `private`, addresses inside the house are reached too.

    At most `largest` bytes of the answer are read, LARGEST where it is 0.

    Raises:
        Refused: the address is not one to go to; nothing was sent.
        httpx2.TransportError: the connection failed, before or after the request left; see the subclass.
    """
    to = way_to(url, hosts, private=private, resolve=resolve)
    target = f"{to.scheme}://{f'[{to.pinned}]' if ':' in to.pinned else to.pinned}:{to.port}{to.path}"
    sent, host = {**headers, "host": to.place}, to.host
    with (
        httpx2.Client(verify=trusted(), trust_env=False, follow_redirects=False, timeout=TIMEOUT) as client,
        client.stream(way, target, content=body, headers=sent, extensions={"sni_hostname": host}) as answer,
    ):
        return Answer(answer.status_code, dict(answer.headers), _read(answer, largest or LARGEST))


def way_to(url: str, hosts: Collection[str], *, private: bool, resolve: Resolve | None = None) -> Way:
    """Return the way to an allow-listed host, its address looked up once.

    Raises:
        Refused: the address is not one to go to.
        httpx2.ConnectError: nobody knows the name.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in ({"http", "https"} if private else {"https"}) or host not in hosts or parts.username:
        raise Refused(_("地址不在允许的主机之内：{host}").format(host=host[:80]))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    pinned = _public((resolve or look_up)(host, port), private=private)
    return Way(parts.scheme, host, port, host if parts.port is None else f"{host}:{port}", pinned, path_of(parts))


def path_of(parts: SplitResult) -> str:
    """Return what is asked for at a host."""
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


@cache
def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()  # reading the certificates takes longer than most answers


def _read(answer: httpx2.Response, largest: int) -> bytes:
    """Read what fits; an answer that drips is cut off, and its status counts."""
    until, found = time.monotonic() + LONGEST, b""
    for part in answer.iter_raw():
        found += part
        if len(found) > largest or time.monotonic() > until:
            break
    return found[:largest]


def _public(addresses: list[str], *, private: bool) -> str:
    """Return the first address if every one may be reached: who also points inwards is not trusted, a link-local one never."""
    found = [ipaddress.ip_address(one.partition("%")[0]) for one in addresses]
    if not found or any(one.is_link_local for one in found) or not (private or all(map(_is_public, found))):
        raise Refused(_("地址指向内部网络，已拒绝"))
    return addresses[0]


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = (
            address.ipv4_mapped or address.sixtofour or (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        )
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def look_up(host: str, port: int) -> list[str]:
    """Return a name's addresses.

    Raises:
        httpx2.ConnectError: it has none.
    """
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise httpx2.ConnectError(str(error)) from error
