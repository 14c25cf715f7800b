"""Everything a report holds. The formats only set it; they count nothing that is not in the Summary."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from qingqun.findings.before import Comparison
from qingqun.findings.burden import Burden
from qingqun.findings.plan import Plan
from qingqun.findings.report.table import Table
from qingqun.findings.table import Gathered
from qingqun.words import Failure, Pack


@dataclass(frozen=True, slots=True)
class Grant:
    """Who had the chats read, what for, and on what basis: stated before a file is opened."""

    by: str
    purpose: str
    basis: str


@dataclass(frozen=True, slots=True)
class Note:
    """The working time that was used: in words, and whether it is the product's default because the unit gave none."""

    text: str
    default: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One audit. Days are Shanghai's; the period is null where no message was read."""

    title: str
    unit: str
    made_on: date
    since: date | None
    until: date | None
    grant: Grant
    pack: Pack
    gathered: Gathered
    roster: pl.DataFrame  # ROSTER
    accounts: pl.DataFrame  # ACCOUNTS
    activity: pl.DataFrame  # of findings.activity: messages by hour of the day
    burden: Burden
    plan: Plan
    problems: pl.DataFrame  # PROBLEMS
    files: tuple[tuple[str, str, int], ...]  # name, what it was read as, rows read
    failures: tuple[Failure, ...]
    hours: Note
    calendar: tuple[str, ...] = ()  # standing notes on years without an official holiday notice
    comparison: Comparison | None = None
    annexes: tuple[Table, ...] = ()  # further sheets; an empty one is left out
    confidential: tuple[Table, ...] = ()  # sheets of the workbook alone: they name accounts
    notes: tuple[str, ...] = ()  # further sentences on what was covered
