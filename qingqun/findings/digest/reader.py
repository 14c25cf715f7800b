"""Who reads: names, units and posts, as far as they are told or can be read off the cards of the reader's own messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from qingqun.enrich.audience.words import HAN, POSTS

_PART = re.compile(r"[\s\-_—–·|/\\:：()（）\[\]【】]+")
_NAME = re.compile(f"{HAN}{{2,4}}")
_UNIT = re.compile("(?:[社区村居镇街办科室局校院所站队组部处班园]|中心)$")
_NO_NAME = re.compile(f"{_UNIT.pattern}|(?:{POSTS}|[员长群])$")
_LEAST = 2
_PLACES = ("社区", "街道", "村", "镇", "乡", "学校", "小学", "中学", "医院", "园区")
_PLACE = f"^({HAN}{{2,4}}?(?:{'|'.join(_PLACES)}))"


@dataclass(frozen=True, slots=True)
class Reader:
    """One person, as the groups know them."""

    names: tuple[str, ...]  # the name in the groups, or a part of it; then nicknames
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    told: bool = True  # the unit was told; else it stands on the reader's card

    def sent(self) -> pl.Expr:
        """Return whether the reader sent the message."""
        seen = [
            pl.col(column).fill_null("").str.contains(name, literal=True)
            for column in ("sender_name", "sender_card")
            for name in self.names
        ]
        return pl.any_horizontal(seen)

    def mentioned(self) -> pl.Expr:
        """Return whether the message mentions the reader by @."""
        named = [pl.element().str.contains(name, literal=True) for name in self.names]
        return pl.col("mentions").list.eval(pl.any_horizontal(named)).list.any().fill_null(value=False)

    def named(self) -> pl.Expr:
        """Return whether the text of the message holds one of the reader's names."""
        return pl.any_horizontal([pl.col("text").str.contains(name, literal=True) for name in self.names])

    def within(self, text: str) -> bool:
        """Say whether the text holds one of the reader's names."""
        return any(name in text for name in self.names)


def met(reader: Reader, messages: pl.DataFrame) -> Reader:
    """Return the reader with the unit that stands on their own cards (桂园社区 李强), where none was told."""
    if reader.units or not messages.height:
        return reader
    cards = messages.filter(reader.sent()).select(pl.col("sender_card", "sender_name")).unique()
    found = [part for row in cards.sort(pl.all()).iter_rows() for card in row if card for part in _beside(card, reader.names)]
    return Reader(reader.names, tuple(dict.fromkeys(found)), reader.roles, told=False)


def people(messages: pl.DataFrame) -> frozenset[str]:
    """Return the names of people that the messages show, cards taken apart: 桂园社区 李强 is 李强."""
    shown = {name for column in ("sender_name", "sender_card") for name in messages[column].drop_nulls().unique()}
    shown |= set(messages["mentions"].explode(empty_as_null=True).drop_nulls().unique()) if messages.height else set()
    parts = {part for name in shown for part in _PART.split(name)}
    return frozenset(part for part in parts if _NAME.fullmatch(part) and not _NO_NAME.search(part))


def places(messages: pl.DataFrame) -> frozenset[str]:
    """Return the units of which groups and cards bear the names: 东塔社区 of 东塔社区防汛群 and of 东塔社区 李敏."""
    columns = [messages[column].drop_nulls().unique() for column in ("group_name", "sender_card", "sender_name")]
    return frozenset(pl.concat([column.rename("name") for column in columns]).str.extract(_PLACE).drop_nulls().unique())


def place_kind(unit: str) -> str:
    """Return what kind of place a unit is: 社区; empty for one that is no place."""
    return next((kind for kind in _PLACES if unit.endswith(kind)), "")


def _beside(card: str, names: Sequence[str]) -> list[str]:
    """Return what stands on a card beside the name, where it looks like a unit."""
    parts = _PART.split(card)
    if not any(part == name for part in parts for name in names):
        return []
    return [part for part in parts if len(part) >= _LEAST and part not in names and _UNIT.search(part)]
