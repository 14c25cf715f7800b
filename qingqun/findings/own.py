"""One person's own burden, for that person alone: the only place where a figure of one person leaves the columns, and only sealed."""

import polars as pl

from qingqun.findings.burden import persons
from qingqun.findings.metrics import metrics
from qingqun.findings.roster import persons_called
from qingqun.findings.sealed import seal
from qingqun.i18n import _
from qingqun.words import Refused


def sealed(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, who: str, public: bytes) -> bytes:
    """Take enriched messages, member lists, the ROSTER, a person's account or full name, and the person's public key.

    Raises Refused where nobody or more than one person is meant.
    """
    person = _person(facts, memberships, who)
    mine = persons(facts, memberships, roster).filter(pl.col("person") == person)
    if mine.is_empty():
        raise Refused(_("名单里没有这个人，或者不在任何工作群里"))
    return seal(_written(mine).encode(), public)


def _person(facts: pl.DataFrame, memberships: pl.DataFrame, who: str) -> int:
    found = persons_called(facts, memberships, who)
    if len(found) != 1:
        raise Refused(_("“{who}”不止一人，请改用账号").format(who=who) if found else _("名单里没有这个人，或者不在任何工作群里"))
    return found[0]


def _written(mine: pl.DataFrame) -> str:
    row = mine.row(0, named=True)
    lines = [f"{m.title}: {row[m.name]:.1f} {m.unit}    {m.definition}" for m in metrics()]
    return "\n".join([_("本人负担表。只有本人的密钥能打开；本单位不留存。"), *lines, ""])
