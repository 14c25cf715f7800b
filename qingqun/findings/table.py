"""The tables of this room: the roster of groups, the findings, the burden, the plan. Moments are UTC, days are Shanghai's."""

from dataclasses import dataclass

import polars as pl

from qingqun.words import MOMENT

CITED = pl.Struct(
    {
        "id": pl.String(),
        "document": pl.String(),
        "number": pl.String(),  # null where the clause number is not confirmed
        "text": pl.String(),
        "strength": pl.String(),
        "confidence": pl.String(),
        "source": pl.String(),
    }
)
NUMBER = pl.Struct({"name": pl.String(), "value": pl.Int64(), "default": pl.Boolean()})  # default: 产品默认, no clause gives it

ROSTER = pl.Schema(
    {
        "key": pl.String(),  # platform and id or name: what messages and memberships are joined by
        "platform": pl.String(),
        "group_id": pl.String(),
        "name": pl.String(),
        "unit": pl.String(),
        "owner_office": pl.String(),
        "kind": pl.String(),
        "purpose": pl.String(),
        "members": pl.Int64(),
        "members_from": pl.String(),  # list (the export's member list), register, senders (a lower bound) or null
        "created": pl.Date(),
        "task_ends": pl.Date(),
        "disbanded": pl.Date(),
        "last_active": pl.Date(),  # the later of the register's and the export's last message
        "messages": pl.Int64(),
        "registered": pl.Boolean(),
        "seen": pl.Boolean(),  # some export has messages or members of it
        "place": pl.Int64(),  # its row in the register given, from 0; null where only exports know it
    }
)

FINDINGS = pl.Schema(
    {
        "id": pl.String(),
        "subject": pl.String(),  # messages, groups, accounts
        "rule": pl.String(),
        "title": pl.String(),
        "level": pl.String(),  # a Level
        "platform": pl.String(),
        "group": pl.String(),  # or the account's name
        "unit": pl.String(),
        "owner_office": pl.String(),
        "at": MOMENT,  # null where the finding is about a group or an account
        "grade": pl.String(),
        "quote": pl.String(),  # masked, at most 60 characters; null where none may be shown
        "clauses": pl.List(CITED),
        "numbers": pl.List(NUMBER),
        "people": pl.Int64(),  # members of the group; null where unknown or fewer than k
        "few": pl.Boolean(),  # true: known, but fewer than k
        "minutes": pl.Float64(),  # people times the estimated minutes of the notice; null with people
        "sure": pl.Float64(),  # score of the labels the finding rests on; null where it rests on none
        "evidence": pl.Int64(),  # length of the chain, the race, the burst
        "calendar": pl.String(),  # official, provisional or unknown; null where no clock was asked
        "pack": pl.String(),
        "revision": pl.String(),
        "input_hash": pl.String(),
    }
)

BURDEN = pl.Schema(
    {
        "unit": pl.String(),  # null: everybody
        "metric": pl.String(),
        "people": pl.Int64(),  # null where hidden
        "median": pl.Float64(),
        "p90": pl.Float64(),
        "hidden": pl.Boolean(),
    }
)

PROPOSALS = pl.Schema(
    {
        "action": pl.String(),  # dissolve, merge, topic (of the unit's one group), refused
        "reason": pl.String(),  # the rule it follows from (outlived, dormant, overlap), topic, or load
        "unit": pl.String(),
        "target": pl.String(),  # the group that stays; null where none does
        "platform": pl.String(),  # of the target, or of the group to dissolve
        "target_key": pl.String(),  # the target's key in ROSTER: two groups may have one name
        "groups": pl.List(pl.String()),  # the groups that go
        "platforms": pl.List(pl.String()),  # theirs, in the same order
        "keys": pl.List(pl.String()),  # theirs, in the same order
        "people": pl.Int64(),  # null where moved or exposed is: the difference to a group's size would tell it
        "stranded": pl.Int64(),  # people of a group to dissolve who are in no group that stays; null where 1 to 4
        "moved": pl.Int64(),  # people of the groups that go who are not in the target; null where 1 to 4
        "exposed": pl.Int64(),  # people who would read a group they are not in today; null where 1 to 4
        "overlap": pl.Float64(),  # rounded down to tenths where people is null
        "before": pl.Float64(),  # messages a day for whoever is in all of these groups, today
        "after": pl.Float64(),  # and for everybody in them when they are one
        "raised": pl.Float64(),  # the largest rise for anybody, messages a day
        "saved": pl.Float64(),  # messages a day that whoever is in all of them no longer gets twice
        "net": pl.Float64(),  # messages a day for all people together; below nought it is relief; null with people
        "twice": pl.Int64(),  # notices that stand in several of these groups
        "explained": pl.String(),
        "clauses": pl.List(CITED),
    }
)

FATES = pl.Schema(
    {
        "key": pl.String(),  # of ROSTER
        "platform": pl.String(),
        "name": pl.String(),
        "unit": pl.String(),
        "fate": pl.String(),  # keep, merge, topic, dissolve
        "target_key": pl.String(),  # where its people go; null where it stays or is dissolved
        "target": pl.String(),
    }
)

FORECAST = pl.Schema(
    {
        "unit": pl.String(),  # null: everybody
        "metric": pl.String(),  # groups (per person), messages (per person and day)
        "people": pl.Int64(),  # null where hidden
        "before": pl.Float64(),  # median
        "after": pl.Float64(),
        "before_p90": pl.Float64(),
        "after_p90": pl.Float64(),
        "hidden": pl.Boolean(),
    }
)

COSTS = pl.Schema(
    {
        "rule": pl.String(),
        "title": pl.String(),
        "repair": pl.String(),  # of cost.REPAIRS, or drop: what mending it does
        "findings": pl.Int64(),  # those whose people may be shown
        "pings": pl.Int64(),  # people times messages
        "minutes": pl.Float64(),  # of all these people
        "off_pings": pl.Int64(),  # of these outside working time
        "off_minutes": pl.Float64(),
        "saves_minutes": pl.Float64(),  # what mending saves
        "saves_off": pl.Int64(),  # interruptions outside working time that mending spares
    }
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Findings, and apart from them the hints, which are never counted as findings. Both have the schema FINDINGS."""

    findings: pl.DataFrame
    hints: pl.DataFrame

    @classmethod
    def nothing(cls) -> "Gathered":
        """Return two empty tables."""
        return cls(FINDINGS.to_frame(), FINDINGS.to_frame())

    def plus(self, other: "Gathered") -> "Gathered":
        """Return both together, oldest first, groups and accounts last."""
        return Gathered(_both(self.findings, other.findings), _both(self.hints, other.hints))


def _both(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([a, b]).sort("at", "id", nulls_last=True)
