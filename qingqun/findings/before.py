"""Is it better than last time? What an audit keeps for the next one, and the table that compares them.

`facts.parquet` holds no text, no name and no person: one row a message with its hour, its labels and the pseudonym of its group, and
beside them the measured burden with small cells already hidden. The pseudonym is an HMAC under a key that is not in the file. An office
that wants to see which groups are missing from the second export keeps the key in a file of its own; without it the key is forgotten
when the audit ends, nobody can recognise a group again, and only units are compared. Who exported is kept as an HMAC under the same key:
it can be said whether it was somebody else, not who. What is missing from an export lowers every count; no fall is called one there.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from qingqun.findings.burden import Burden
from qingqun.findings.covered import NOBODYS, Gaps, by_unit, counted, covered, recognised
from qingqun.findings.realised import FORETOLD, MENDED, foretold, mended
from qingqun.findings.roster import SEPARATOR, keyed
from qingqun.findings.table import BURDEN, COSTS, FORECAST
from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.words import Refused

FORMAT = "qingqun-facts-1"
KEY_BYTES = 32
WORKING = ("grade", "is_notice", "is_reply_demand", "is_receipt", "is_emergency", "is_work")


ABOUT = ("findings", "since", "until", "days", "people", "revision", "key_id")
SINCE_THEN: dict[str, Any] = {"sources": (), "by": "", "groups": {}, "names": {}}  # what older files do not hold
PROMISED = {"costs": COSTS, "forecast": FORECAST}  # nor these


class NotFactsError(Refused):
    """The file is no facts.parquet of this program."""

    def __init__(self, file: str) -> None:
        super().__init__(_("{file} 不是以往审计留存的 facts.parquet").format(file=file))


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier audit as its facts.parquet tells it."""

    facts: pl.DataFrame
    burden: pl.DataFrame
    findings: Mapping[str, int]  # rule -> findings
    since: date | None
    until: date | None
    days: int
    people: int
    revision: str
    key_id: str  # which key the groups are coded with; empty where it was forgotten
    sources: tuple[str, ...] = ()  # what the exports were read as: names of intake's sources
    by: str = ""  # who exported, coded; empty where no key was kept
    groups: Mapping[str, int] = field(default_factory=dict)  # unit -> groups with messages
    names: Mapping[str, str] = field(default_factory=dict)  # code of a group -> code of its name: a register may have no id
    costs: pl.DataFrame = field(default_factory=COSTS.to_frame)  # what the findings cost, and mending them would save
    forecast: pl.DataFrame = field(default_factory=FORECAST.to_frame)  # what the plan foretold


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after. `table` has unit, metric, before, after, change, covered; `rules` has rule, before, after, per week, and covered.

    `covered` is false where groups are missing from this export; a fall there has no change: it may be theirs. `same`, `gone` and `new`
    count groups in both exports, only in the earlier, only in this one; null where no key was kept. `missing` names the groups of today's
    register that the earlier export had, this one has not, and that are not disbanded.
    """

    table: pl.DataFrame
    rules: pl.DataFrame
    earlier: tuple[date | None, date | None]
    later: tuple[date | None, date | None]
    same: int | None
    gone: int | None
    new: int | None
    missing: tuple[str, ...]
    same_pack: bool
    gaps: Gaps = field(default_factory=lambda: Gaps({}))
    sources: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    same_hand: bool | None = None  # exported by the same; null where that cannot be known
    mended: pl.DataFrame = field(default_factory=MENDED.to_frame)
    foretold: pl.DataFrame = field(default_factory=FORETOLD.to_frame)
    read: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))  # groups and messages that each export had

    @property
    def overlap(self) -> bool:
        """Say whether the two periods have days in common."""
        (first, last), (since, until) = self.earlier, self.later
        return bool(first and last and since and until and first <= until and since <= last)


def new_key() -> bytes:
    """Return a key to keep (or to forget)."""
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose export it is, and the ROSTER it was seen with: what tells later how far two exports can be compared.

    `costs` (COSTS) and `forecast` (FORECAST) are what this audit promises, to be held against what comes of it.
    """

    by: str = ""
    roster: pl.DataFrame | None = None
    costs: pl.DataFrame = field(default_factory=COSTS.to_frame)
    forecast: pl.DataFrame = field(default_factory=FORECAST.to_frame)


def keep(  # noqa: PLR0913  each is a part of the audit, none has an order
    facts: pl.DataFrame, burden: Burden, findings: pl.DataFrame, revision: str, key: bytes | None = None, *, hand: Hand | None = None
) -> Kept:
    """Reduce an audit to what may be kept. Without a key one is made and forgotten here."""
    hand = hand or Hand()
    secret = key or new_key()
    coded = _pseudonyms(keyed(facts)["key"], secret)
    both = pl.DataFrame({"code": coded, "named": _pseudonyms(_named(facts, "group_name"), secret)}).unique("code", maintain_order=True)
    hour = pl.col("sent_at").dt.truncate("1h").alias("hour")
    rows = facts.select(coded, hour, *(pl.col(name) for name in WORKING if name in facts.columns)).sort("hour", "group")
    found = dict(findings.group_by("rule").len().sort("rule").iter_rows())
    days = burden.since, burden.until, burden.days
    read = tuple(facts["source"].drop_nulls().unique().sort())
    by = hmac.digest(key, hand.by.encode(), "sha256").hex()[:20] if key and hand.by else ""
    groups = by_unit(facts, hand.roster) if hand.roster is not None else {}
    promised = dict(both.iter_rows()), hand.costs, hand.forecast
    return Kept(rows, burden.table, found, *days, burden.people, revision, _key_id(key), read, by, groups, *promised)


def save(path: Path, kept: Kept) -> None:
    """Write facts.parquet. Raises OSError if the folder cannot be written."""
    tables = {name: getattr(kept, name).to_dicts() for name in ("burden", *PROMISED)}
    about = {name: getattr(kept, name) for name in (*ABOUT, *SINCE_THEN)} | {"format": FORMAT, **tables}
    with replacing(path) as part:
        kept.facts.write_parquet(part, compression="lz4", metadata={"qingqun": orjson.dumps(about).decode()})


def load(path: Path) -> Kept:
    """Read a facts.parquet. Raises NotFactsError where it is none, OSError where it cannot be read."""
    try:
        about = orjson.loads(pl.read_parquet_metadata(path).get("qingqun", "{}"))
        if about.get("format") != FORMAT:
            raise NotFactsError(path.name)
        rest = {name: about[name] for name in ABOUT}
        for end in ("since", "until"):
            rest[end] = rest[end] and date.fromisoformat(rest[end])
        rest |= {name: about.get(name, usual) for name, usual in SINCE_THEN.items()}
        rest["sources"] = tuple(rest["sources"])
        rest |= {name: pl.DataFrame(about.get(name, []), schema=schema) for name, schema in PROMISED.items()}
        return Kept(pl.read_parquet(path), pl.DataFrame(about["burden"], schema=BURDEN), **rest)
    except (pl.exceptions.PolarsError, orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise NotFactsError(path.name) from error


def compare(earlier: Kept, later: Kept, roster: pl.DataFrame, key: bytes | None = None) -> Comparison:
    """Compare an earlier audit with this one on the same metrics. `roster` is today's; the key must be the one both were saved with."""
    old, new = set(earlier.facts["group"]), set(later.facts["group"])
    known = bool(key) and bool(old & new)
    coded = roster.with_columns(code=_pseudonyms(roster["key"], key), named=_pseudonyms(_named(roster), key)) if key else roster
    groups = earlier.groups or {NOBODYS: len(old)}, later.groups or {NOBODYS: len(new)}
    gaps = recognised({code: earlier.names.get(code) for code in old - new}, coded, groups) if known else counted(*groups)
    comparable = pl.lit(not gaps.any and earlier.revision == later.revision)
    return Comparison(
        table=_medians(earlier.burden, later.burden, gaps),
        rules=_rules(earlier, later, gaps),
        earlier=(earlier.since, earlier.until),
        later=(later.since, later.until),
        same=len(old & new) if known else None,
        gone=len(old - new) if known else None,
        new=len(new - old) if known else None,
        missing=gaps.names,
        same_pack=earlier.revision == later.revision,
        gaps=gaps,
        sources=(earlier.sources, later.sources),
        same_hand=earlier.by == later.by if earlier.by and later.by and earlier.key_id == later.key_id else None,
        mended=mended((earlier.costs, earlier.days), (later.costs, later.days), comparable),
        foretold=foretold(earlier.forecast, later.forecast, covered(gaps)),
        read=(_read(earlier), _read(later)),
    )


def _read(kept: Kept) -> tuple[int, int]:
    return kept.facts["group"].n_unique(), kept.facts.height


def _medians(earlier: pl.DataFrame, later: pl.DataFrame, gaps: Gaps) -> pl.DataFrame:
    on = ["unit", "metric"]
    before, after = earlier.select(*on, before="median"), later.select(*on, after="median")
    both = before.join(after, on=on, how="full", coalesce=True, nulls_equal=True, maintain_order="right_left")
    return _told(both.with_columns(covered=covered(gaps)))


def _told(both: pl.DataFrame) -> pl.DataFrame:
    """Add the change; none where it is a fall and groups are missing."""
    change = pl.col("after") - pl.col("before")
    return both.with_columns(change=pl.when(pl.col("covered") | (change >= 0)).then(change))


def _rules(earlier: Kept, later: Kept, gaps: Gaps) -> pl.DataFrame:
    def weekly(kept: Kept, rule: str) -> float:
        return kept.findings.get(rule, 0) * 7 / max(kept.days, 1)

    names = sorted({*earlier.findings, *later.findings})
    rows = [(rule, weekly(earlier, rule), weekly(later, rule)) for rule in names]
    table = pl.DataFrame(rows, schema={"rule": pl.String, "before": pl.Float64, "after": pl.Float64}, orient="row")
    return _told(table.with_columns(covered=pl.lit(not gaps.any and earlier.revision == later.revision)))


def _key_id(key: bytes | None) -> str:
    return hmac.digest(key, b"which key", "sha256").hex()[:12] if key else ""


def _named(groups: pl.DataFrame, column: str = "name") -> pl.Series:
    name = pl.concat_str(pl.coalesce("platform", pl.lit("")), pl.coalesce(column, pl.lit("")), separator=SEPARATOR)
    return groups.select(name).to_series()


def _pseudonyms(keys: pl.Series, secret: bytes) -> pl.Series:
    distinct = keys.unique()
    coded = [hmac.digest(secret, key.encode(), "sha256").hex()[:20] for key in distinct]
    return keys.replace_strict(distinct, pl.Series(coded, dtype=pl.String), return_dtype=pl.String).alias("group")
