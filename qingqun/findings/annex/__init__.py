"""Further sheets of a report: one file each, a table made of what the audit knows; and what they say in a sentence."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from qingqun.findings.annex import apps, gaps, units, waivers
from qingqun.findings.report.table import Table
from qingqun.findings.table import Gathered
from qingqun.findings.tree import Tree
from qingqun.findings.unused import unused
from qingqun.intake.registers import Registers
from qingqun.judge.judge import Judged
from qingqun.judge.spared import spared
from qingqun.packs.waivers import Idle
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
    granted, everywhere = known.pack.waivers, (known.roster, known.registers.accounts, known.registers.apps)
    idle = unused(granted, known.on, everywhere, known.tree)
    tables: tuple[Table, ...] = apps.table(known.registers.apps, known.gathered), waivers.table(granted, passed, idle, known.on)
    tables += units.table(known.roster, known.gathered, known.tree), gaps.table(known.roster)
    return Annex(tables, (*waivers.told(granted, passed, idle), *units.told(known.tree)), tuple(idle))
