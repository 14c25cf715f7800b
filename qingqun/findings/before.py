"""Is it better than last time? What an audit keeps for the next one, and the table that compares them.

`facts.parquet` holds no text, no name and no person: one row a message with its hour, its labels and the pseudonym of its group, and
beside them the measured burden with small cells already hidden. The pseudonym is an HMAC under a key that is not in the file. An office
that wants to see which groups are missing from the second export keeps the key in a file of its own; without it the key is forgotten
when the audit ends, nobody can recognise a group again, and only units are compared.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import polars as pl

from qingqun.findings.burden import Burden
from qingqun.findings.roster import keyed
from qingqun.findings.table import BURDEN
from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.words import Refused

FORMAT = "qingqun-facts-1"
KEY_BYTES = 32
WORKING = ("grade", "is_notice", "is_reply_demand", "is_receipt", "is_emergency", "is_work")


ABOUT = ("findings", "since", "until", "days", "people", "revision", "key_id")


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after. `table` has unit, metric, before, after, change; `rules` has rule, before, after, per week.

    `same`, `gone` and `new` count groups in both exports, only in the earlier, only in this one; null where no key was kept. `missing`
    names the groups of today's register that the earlier export had and this one has not.
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


def new_key() -> bytes:
    """Return a key to keep (or to forget)."""
    return secrets.token_bytes(KEY_BYTES)


def keep(facts: pl.DataFrame, burden: Burden, findings: pl.DataFrame, revision: str, key: bytes | None = None) -> Kept:
    """Reduce an audit to what may be kept. Without a key one is made and forgotten here."""
    coded = _pseudonyms(keyed(facts)["key"], key or new_key())
    hour = pl.col("sent_at").dt.truncate("1h").alias("hour")
    rows = facts.select(coded, hour, *(pl.col(name) for name in WORKING if name in facts.columns)).sort("hour", "group")
    counted = dict(findings.group_by("rule").len().sort("rule").iter_rows())
    days = burden.since, burden.until, burden.days
    return Kept(rows, burden.table, counted, *days, burden.people, revision, _key_id(key))


def save(path: Path, kept: Kept) -> None:
    """Write facts.parquet. Raises OSError if the folder cannot be written."""
    about = {name: getattr(kept, name) for name in ABOUT} | {"format": FORMAT, "burden": kept.burden.to_dicts()}
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
        return Kept(pl.read_parquet(path), pl.DataFrame(about["burden"], schema=BURDEN), **rest)
    except (pl.exceptions.PolarsError, orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise NotFactsError(path.name) from error


def compare(earlier: Kept, later: Kept, roster: pl.DataFrame, key: bytes | None = None) -> Comparison:
    """Compare an earlier audit with this one on the same metrics. `roster` is today's; the key must be the one both were saved with."""
    on = ["unit", "metric"]
    both = earlier.burden.select(*on, before="median").join(
        later.burden.select(*on, after="median"), on=on, how="full", coalesce=True, nulls_equal=True
    )
    both.with_columns(change=pl.col("after") - pl.col("before"))
    old, new = set(earlier.facts["group"]), set(later.facts["group"])
    known = bool(key) and bool(old & new)
    names = dict(zip(_pseudonyms(roster["key"], key), roster["name"], strict=True)) if key else {}
    return Comparison(
        table=_medians(earlier.burden, later.burden),
        rules=_rules(earlier, later),
        earlier=(earlier.since, earlier.until),
        later=(later.since, later.until),
        same=len(old & new) if known else None,
        gone=len(old - new) if known else None,
        new=len(new - old) if known else None,
        missing=tuple(sorted(names[group] for group in old - new if group in names)) if known else (),
        same_pack=earlier.revision == later.revision,
    )


def _medians(earlier: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    on = ["unit", "metric"]
    before, after = earlier.select(*on, before="median"), later.select(*on, after="median")
    both = before.join(after, on=on, how="full", coalesce=True, nulls_equal=True, maintain_order="right_left")
    return both.with_columns(change=pl.col("after") - pl.col("before"))


def _rules(earlier: Kept, later: Kept) -> pl.DataFrame:
    def weekly(kept: Kept, rule: str) -> float:
        return kept.findings.get(rule, 0) * 7 / max(kept.days, 1)

    names = sorted({*earlier.findings, *later.findings})
    rows = [(rule, weekly(earlier, rule), weekly(later, rule)) for rule in names]
    return pl.DataFrame(rows, schema={"rule": pl.String, "before": pl.Float64, "after": pl.Float64}, orient="row")


def _key_id(key: bytes | None) -> str:
    return hmac.digest(key, b"which key", "sha256").hex()[:12] if key else ""


def _pseudonyms(keys: pl.Series, secret: bytes) -> pl.Series:
    distinct = keys.unique()
    coded = [hmac.digest(secret, key.encode(), "sha256").hex()[:20] for key in distinct]
    return keys.replace_strict(distinct, pl.Series(coded, dtype=pl.String), return_dtype=pl.String).alias("group")
