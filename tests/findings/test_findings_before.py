from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qingqun.findings import before, gather
from qingqun.findings.before import Kept, NotFactsError, compare, keep, load, save
from qingqun.findings.burden import measure
from qingqun.judge.judge import Judged

KEY = b"k" * 32


@pytest.fixture
def kept(street: Any, judge_with: Callable[..., Judged]) -> Callable[..., Kept]:
    def of(facts: pl.DataFrame, key: bytes | None = KEY, revision: str = "r1") -> Kept:
        found = gather.messages(judge_with(facts), gather.Scene(street.roster, street.names, lambda texts: [{}] * len(texts)))
        return keep(facts, measure(facts, street.memberships, street.roster), found.findings, revision, key)

    return of


def test_what_is_kept_comes_back(street: Any, kept: Callable[..., Kept], tmp_path: Path) -> None:
    first = kept(street.facts)
    save(tmp_path / "facts.parquet", first)
    again = load(tmp_path / "facts.parquet")
    assert again.facts.equals(first.facts)
    assert again.burden.equals(first.burden)
    assert (again.findings, again.since, again.days, again.key_id) == (first.findings, first.since, first.days, first.key_id)


def test_no_text_no_name_and_no_key_is_in_the_file(street: Any, kept: Callable[..., Kept], tmp_path: Path) -> None:
    save(tmp_path / "facts.parquet", kept(street.facts))
    raw = (tmp_path / "facts.parquet").read_bytes()
    words = {*street.memberships["person_name"], *street.memberships["person_id"], *street.roster["name"], *street.facts["text"]} - set(
        street.roster["unit"]
    )
    assert not [word for word in words if len(word) > 1 and word.encode() in raw]
    assert KEY not in raw
    assert set(pl.read_parquet(tmp_path / "facts.parquet").columns) == {"group", "hour", *before.WORKING}


def test_times_are_kept_to_the_hour(street: Any, kept: Callable[..., Kept]) -> None:
    assert set(kept(street.facts).facts["hour"].dt.minute()) == {0}


def test_the_same_export_twice_has_changed_nothing(street: Any, kept: Callable[..., Kept]) -> None:
    same = compare(kept(street.facts), kept(street.facts), street.roster, KEY)
    assert set(same.table["change"].drop_nulls()) == {0.0}
    assert (same.same, same.gone, same.new, same.missing) == (13, 0, 0, ())


def test_a_group_missing_from_the_second_export_is_named(street: Any, kept: Callable[..., Kept]) -> None:
    later = street.facts.filter(pl.col("group_id") != "g3")
    found = compare(kept(street.facts), kept(later), street.roster, KEY)
    assert (found.same, found.gone, found.missing) == (12, 1, ("清湖街道综治群",))


def test_a_forgotten_key_recognises_no_group(street: Any, kept: Callable[..., Kept]) -> None:
    one, two = kept(street.facts, None), kept(street.facts, None)
    assert not set(one.facts["group"]) & set(two.facts["group"])
    assert compare(one, two, street.roster).same is None
    assert compare(kept(street.facts, b"a" * 32), kept(street.facts), street.roster, KEY).same is None


def test_half_as_long_an_export_is_compared_by_the_week(street: Any, kept: Callable[..., Kept]) -> None:
    half = street.facts.filter(pl.col("sent_at") < street.facts["sent_at"].min() + timedelta(days=14))
    found = compare(kept(street.facts), kept(half, revision="r2"), street.roster, KEY)
    row = found.rules.filter(pl.col("rule") == "offhours").row(0, named=True)
    assert row["after"] == pytest.approx(row["before"], rel=0.4)
    assert not found.same_pack


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", "一份文件".encode()])
def test_any_other_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(content)
    with pytest.raises(NotFactsError):
        load(tmp_path / "x.parquet")


def test_somebody_elses_parquet_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(NotFactsError):
        load(tmp_path / "x.parquet")
