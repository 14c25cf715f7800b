from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from qingqun.findings import before, gather
from qingqun.findings.before import Kept, NotFactsError, compare, keep, load, save
from qingqun.findings.burden import measure
from qingqun.findings.table import COSTS, FORECAST
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


def _fewer(street: Any) -> pl.DataFrame:
    return street.facts.filter(pl.col("group_id") != "g3")  # type: ignore[no-any-return]  # a frame


def test_a_fall_is_no_improvement_where_groups_are_missing(street: Any, kept: Callable[..., Kept]) -> None:
    found = compare(kept(street.facts), kept(_fewer(street)), street.roster, KEY)
    place = street.roster.filter(pl.col("name") == "清湖街道综治群")["unit"].item()
    rows = found.table.filter(pl.col("unit").is_null() | (pl.col("unit") == place)).drop_nulls(["before", "after"])
    assert rows.height
    assert rows.filter(pl.col("after") < pl.col("before"))["change"].is_null().all()
    assert not rows["covered"].any()
    assert found.gaps.lost == {place: 1}


def test_other_units_are_still_compared(street: Any, kept: Callable[..., Kept]) -> None:
    found = compare(kept(street.facts), kept(_fewer(street)), street.roster, KEY)
    others = found.table.filter(pl.col("unit").is_not_null() & ~pl.col("unit").is_in(list(found.gaps.lost)))
    assert others["covered"].all()


def test_a_group_disbanded_since_is_no_gap(street: Any, kept: Callable[..., Kept]) -> None:
    gone = pl.when(pl.col("name") == "清湖街道综治群").then(pl.date(2026, 3, 20)).otherwise("disbanded")
    found = compare(kept(street.facts), kept(_fewer(street)), street.roster.with_columns(disbanded=gone), KEY)
    assert (found.gaps.any, found.gaps.disbanded, found.missing) == (False, 1, ())
    assert found.table["covered"].all()


def test_a_group_nobody_knows_makes_every_fall_doubtful(street: Any, kept: Callable[..., Kept]) -> None:
    found = compare(kept(street.facts), kept(_fewer(street)), street.roster.filter(pl.col("name") != "清湖街道综治群"), KEY)
    assert not found.table["covered"].any()


def test_without_a_key_fewer_groups_are_taken_for_missing_ones(street: Any, kept: Callable[..., Kept]) -> None:
    found = compare(kept(street.facts, None), kept(_fewer(street), None), street.roster)
    assert found.gaps.any
    assert not found.table["covered"].any()
    assert compare(kept(street.facts, None), kept(street.facts, None), street.roster).table["covered"].all()


def test_another_exporter_another_tool_and_days_in_common_are_known(street: Any, kept: Callable[..., Kept], tmp_path: Path) -> None:
    def by(name: str, facts: pl.DataFrame) -> Kept:
        made = kept(facts)
        coded = before.keep(
            facts, measure(facts, street.memberships, street.roster), made_findings, "r1", KEY, hand=before.Hand(name, street.roster)
        )
        save(tmp_path / "facts.parquet", coded)
        assert name.encode() not in (tmp_path / "facts.parquet").read_bytes()
        assert load(tmp_path / "facts.parquet").sources == made.sources
        return load(tmp_path / "facts.parquet")

    made_findings = pl.DataFrame({"rule": ["offhours"]})
    first, second = by("张主任", street.facts), by("小李", street.facts.with_columns(source=pl.lit("wechat_mail")))
    found = compare(first, second, street.roster, KEY)
    assert (found.same_hand, found.overlap, found.sources) == (False, True, (("qq_text",), ("wechat_mail",)))
    assert compare(first, first, street.roster, KEY).same_hand is True
    assert first.groups == second.groups != {}


def test_an_older_file_without_what_is_kept_since_can_still_be_read(street: Any, kept: Callable[..., Kept], tmp_path: Path) -> None:
    path = tmp_path / "facts.parquet"
    save(path, kept(street.facts))
    about = orjson.loads(pl.read_parquet_metadata(path)["qingqun"])
    old = {name: value for name, value in about.items() if name not in before.SINCE_THEN}
    pl.read_parquet(path).write_parquet(path, metadata={"qingqun": orjson.dumps(old).decode()})
    assert (load(path).sources, load(path).by, load(path).groups) == ((), "", {})


def test_a_registered_group_without_an_id_is_known_by_its_name(street: Any, kept: Callable[..., Kept]) -> None:
    nameless = street.roster.with_columns(key=pl.concat_str("platform", pl.lit("\x1f"), "name"), group_id=pl.lit(None, pl.String))
    found = compare(kept(street.facts), kept(_fewer(street)), nameless, KEY)
    assert found.missing == ("清湖街道综治群",)
    assert sum(found.gaps.lost.values()) == found.gone == 1


def test_what_is_unknown_is_counted_once(street: Any, kept: Callable[..., Kept]) -> None:
    place = "清湖街道办"
    first = replace(kept(street.facts), groups={place: 8})
    second = replace(kept(street.facts.filter(~pl.col("group_id").is_in(["g3", "g4"]))), groups={place: 6})
    found = compare(first, second, street.roster.filter(pl.col("name") != "清湖平安建设群"), KEY)
    assert (dict(found.gaps.lost), found.gone) == ({place: 2}, 2)


PROMISE = {"rule": "photoproof", "title": "晒图", "repair": "drop", "minutes": 140.0, "saves_minutes": 140.0}
FORESEEN = {"unit": None, "metric": "groups", "people": 40, "before": 9.0, "after": 6.0, "hidden": False}


def _promised(kept: Kept, costs: list[dict[str, Any]], foreseen: list[dict[str, Any]]) -> Kept:
    return replace(kept, costs=pl.DataFrame(costs, schema=COSTS), forecast=pl.DataFrame(foreseen, schema=FORECAST), days=7)


def test_what_was_promised_is_held_against_what_came_of_it(street: Any, kept: Callable[..., Kept], tmp_path: Path) -> None:
    save(tmp_path / "facts.parquet", _promised(kept(street.facts), [PROMISE], [FORESEEN]))
    later = _promised(kept(street.facts), [PROMISE | {"minutes": 70.0}], [FORESEEN | {"before": 7.0, "after": 6.0}])
    found = compare(load(tmp_path / "facts.parquet"), later, street.roster, KEY)
    assert found.mended.row(0) == ("photoproof", "drop", 140, 140, 70, -70, True)
    assert found.foretold.row(0) == (None, "groups", 9, 6, 7, -2, True)
    assert found.read == ((13, street.facts.height), (13, street.facts.height))


def test_a_promise_is_not_called_kept_where_groups_are_missing_or_the_packs_differ(street: Any, kept: Callable[..., Kept]) -> None:
    first = _promised(kept(street.facts), [PROMISE], [FORESEEN])
    fewer = _promised(kept(_fewer(street)), [], [FORESEEN | {"before": 7.0}])
    other = _promised(kept(street.facts, revision="r2"), [], [FORESEEN | {"before": 7.0}])
    found = compare(first, fewer, street.roster, KEY)
    assert (found.mended["change"].to_list(), found.foretold["change"].to_list()) == ([None], [None])
    assert compare(first, other, street.roster, KEY).mended["change"].to_list() == [None]
    assert compare(first, _promised(kept(street.facts), [], []), street.roster, KEY).mended["change"].to_list() == [-140]
