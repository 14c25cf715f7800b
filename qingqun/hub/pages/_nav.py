"""The way around: a page that declares NAV = (order, icon, label) is offered to whoever may open it.

Below 50 it stands in the bar, from 50 on under "mine".
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from types import ModuleType
from typing import NamedTuple

from django.urls import reverse

from qingqun.hub.pages._visitor import Visitor
from qingqun.i18n import language

BAR = 50
_OFFERED: dict[str, "_Offer"] = {}


class _Offer(NamedTuple):
    order: int
    icon: str
    label: object  # a text translated when shown
    roles: frozenset[str]


class Place(NamedTuple):
    """An entry: `here` where the visitor stands on it."""

    order: int
    icon: str
    label: str
    address: str
    here: bool


def offer(page: ModuleType, roles: Iterable[str]) -> None:
    """Take a page's declaration; called once a page, when the addresses are made."""
    if hasattr(page, "NAV"):
        order, icon, label = page.NAV
        _OFFERED[page.NAME] = _Offer(order, icon, label, frozenset(roles))


def places(visitor: Visitor | None, here: str) -> list[Place]:
    """Return what a visitor may open, in order; `here` is the path asked for."""
    if visitor is None:
        return []
    return list(_places(visitor.rights, here if here in _addresses() else "", language()))


@lru_cache(maxsize=2_048)
def _places(rights: frozenset[str], here: str, _spoken: str) -> tuple[Place, ...]:
    """Say the way around; the same for all who have the same rights."""
    open_to = rights | {"anyone", "reader"}
    found = [(name, one) for name, one in _OFFERED.items() if one.roles & open_to]
    return tuple(sorted(Place(one.order, one.icon, str(one.label), _address(name), here == _address(name)) for name, one in found))


@cache
def _addresses() -> frozenset[str]:
    return frozenset(_address(name) for name in _OFFERED)


@cache
def _address(name: str) -> str:
    return reverse(name)
