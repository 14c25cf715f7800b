"""Further sheets of a report: one file each, a table made of what the audit knows; and what they say in a sentence."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from qingqun.findings.annex import apps, gaps, units, waivers
from qingqun.findings.report.table import Table
from qingqun.findings.table import Gathered
from qingqun.findings.tree import Tree
from qingqun.intake.registers import Registers
from qingqun.judge.judge import Judged
from qingqun.judge.spared import spared
from qingqun.packs.waivers import Idle, idle
from qingqun.words import Pack


@dataclass(frozen=True, slots=True)
class Known:
    """What the sheets are made of: the day of inspection, the pack with its waivers, registers, ROSTER, and all that was judged."""

    on: date
    pack: Pack
    registers: Registers
    roster: pl.DataFrame
    judged: Collection[Judged]
    gathered: Gathered
    tree: Tree = field(default_factory=Tree)


@dataclass(frozen=True, slots=True)
class Annex:
    """The sheets, the sentences for the report's coverage, and the waivers that cover nothing."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    idle: tuple[Idle, ...]


def annex(known: Known) -> Annex:
    """Return everything the further sheets say."""
    passed: Counter[str] = Counter()
    for judged in known.judged:
        for one in spared(judged):
            passed[one.waiver] += one.rows
    granted, unused = known.pack.waivers, _unused(known)
    tables: tuple[Table, ...] = apps.table(known.registers.apps, known.gathered), waivers.table(granted, passed, unused, known.on)
    tables += units.table(known.roster, known.gathered, known.tree), gaps.table(known.roster)
    return Annex(tables, (*waivers.told(granted, passed, unused), *units.told(known.tree)), tuple(unused))


def _unused(known: Known) -> list[Idle]:
    """Return the waivers that are over, or name what no register and no export has."""
    tables = known.roster, known.registers.accounts, known.registers.apps
    return idle(known.pack.waivers, known.on, _all(tables, "name"), _all(tables, "unit"))


def _all(tables: Iterable[pl.DataFrame], column: str) -> set[str]:
    return {value for table in tables for value in table[column].drop_nulls().unique().to_list()}
