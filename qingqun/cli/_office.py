"""What a draft is checked on besides the chats: the registers, and what they say of waivers and of units with hours of their own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from qingqun.cli._options import hours_of
from qingqun.findings.draft import Ground
from qingqun.findings.owned import owned
from qingqun.findings.roster import roster
from qingqun.findings.timed import timed
from qingqun.findings.tree import Tree, whole
from qingqun.findings.unused import unused
from qingqun.i18n import _
from qingqun.intake.refusal import named
from qingqun.intake.registers import load
from qingqun.packs.waivers import Idle, idle
from qingqun.words import MEMBERSHIPS, Pack, Refused, Waiver


class Office(NamedTuple):
    """The registers' tables, every unit under its full name, as the audit has them, and the tree of units."""

    groups: pl.DataFrame
    accounts: pl.DataFrame
    apps: pl.DataFrame
    tree: Tree

    @property
    def given(self) -> bool:
        """Tell whether there is a register at all."""
        return any(table.height for table in (self.groups, self.accounts, self.apps)) or bool(self.tree.registered)


def office_of(paths: tuple[Path, ...]) -> Office:
    """Read the registers; none where there are no paths. One of which nothing could be read is refused, as in an audit."""
    registers = load(paths)
    if registers.barren:
        first = registers.barren[0]
        raise Refused(_("台账没有读进来。{why}").format(why=named(first.file, first.line, first.reason)))
    groups, accounts, apps = registers.groups, registers.accounts, registers.apps
    tree = whole(registers.units, (groups, accounts, apps, registers.persons))
    return Office(tree.settled(groups), tree.settled(accounts), tree.settled(apps), tree)


def idle_of(waivers: Sequence[Waiver], on: date, office: Office, messages: pl.DataFrame) -> list[Idle]:
    """Return the waivers that are over or name what there is not, as the audit says it, from the registers and chats that were given.

    Without a register nobody knows what groups, accounts, apps or units there are besides.
    """
    if not office.given:
        return idle(waivers, on)
    return unused(waivers, on, (_roster(messages, office), office.accounts, office.apps), office.tree)


def _roster(messages: pl.DataFrame, office: Office) -> pl.DataFrame:
    return roster(messages, MEMBERSHIPS.to_frame(), office.groups)


def ground_of(pack: Pack, history: pl.DataFrame, office: Office, units: Sequence[Path]) -> Ground:
    """Return what a draft is judged on. The first file of hours is everybody's, a further one that of the unit it names and of those below.

    Raises Refused (when the draft is judged) where a file names a unit that no register has.
    """
    others = tuple(hours_of(path) for path in units[1:])

    return Ground(
        hours_of(units[0] if units else None),
        pack,
        history,
        lambda facts: owned(facts, _roster(facts, office)),
        others,
        lambda messages: timed(messages, _roster(messages, office), office.tree, others),
    )
