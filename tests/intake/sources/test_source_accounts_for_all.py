"""JSON exports: every record is a message or a problem, in every encoding a Windows shell writes, whatever types its fields have."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import intake
from qingqun.intake.registers.load import load as load_registers
from qingqun.intake.sources import every, recognise
from qingqun.words import MESSAGES

Load = Callable[..., intake.Loaded]
GRANT = intake.Grant("张主任", "群组减负核查", "街道办公会议纪要", datetime(2026, 7, 5, tzinfo=UTC))
GROUP = {"platform": "wechat", "type": "group", "name": "镇工作群", "groupId": "g1"}
SAID = {"sender": "wx1", "accountName": "小李", "timestamp": 1783040000, "type": 0, "content": "收到"}


def lab(*messages: object, meta: object = GROUP, members: object = ()) -> str:
    return json.dumps({"chatlab": {"version": "0.0.2"}, "meta": meta, "members": members, "messages": messages}, ensure_ascii=False)


def lines(*messages: object, meta: object = GROUP) -> str:
    head = {"_type": "header", "chatlab": {"version": "0.0.2"}, "meta": meta}
    rows = [head, *({"_type": "message", **one} if isinstance(one, dict) else one for one in messages)]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_json_export_is_read_in_every_encoding_that_powershell_and_editors_write(text: Load, encoding: str) -> None:
    loaded = text(lab(SAID, SAID | {"content": "请看𠮷字😀"}), "a.json", encoding)
    assert loaded.messages["text"].to_list() == ["收到", "请看𠮷字😀"]
    assert loaded.groups["name"].to_list() == ["镇工作群"]
    assert loaded.problems.is_empty()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["dws_chat_messages.json", "lark_cli_messages.json", "weflow.json", "qce_v5.json", "chatlog.json"])
def test_every_sample_reads_the_same_after_an_editor_has_saved_it(data: Path, text: Load, name: str, encoding: str) -> None:
    plain = (data / name).read_text(encoding="utf-8")
    apart = {"sent_at", "text", "sender_name", "kind"}
    one, other = (
        text(plain, name, each, default_group="群").messages.select(apart & set(MESSAGES.names())) for each in ("utf-8", encoding)
    )
    assert one.height > 0
    assert one.select(sorted(apart)).equals(other.select(sorted(apart)))


def test_a_cut_export_keeps_what_stands_before_the_cut_and_says_after_which(text: Load) -> None:
    whole = lab(*(SAID | {"timestamp": 1783040000 + n} for n in range(5)))
    cut = whole[: whole.rindex("1783040003")]
    loaded = text(cut, "a.json")
    assert loaded.messages.height == 3
    assert loaded.problems.select("line", "code").rows() == [(3, "bad_json")]
    assert loaded.groups.height == 1


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "sender": st.sampled_from(["wx1", "", None, 5, ["x"], True]),
    "accountName": st.sampled_from(["小李", "", None, 7, {}, "张\n主任", "名\x00字"]),
    "timestamp": st.sampled_from([1783040000, 1783040000000, 0, -1, 1e300, 10**15, "1783040000", None, True, 1783040000.5, 900000000]),
    "type": st.sampled_from([0, 1, 4, 80, 81, 99, -1, "0", None, 1.0, True, 10**6]),
    "content": st.sampled_from(["好", "", None, 5, {"a": 1}, "甲\r\n乙\r丙", "=1+1", "名单.xlsx"]),
    "groupNickname": st.sampled_from(["三里社区 小李", None, "", 3]),
    "platformMessageId": st.sampled_from([None, "", "m1", 12, []]),
}
RECORD: st.SearchStrategy[Any] = st.fixed_dictionaries({}, optional=FIELDS) | st.sampled_from([None, 3, "x", []])


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=8))
def test_of_the_records_of_an_export_each_is_counted_once_as_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[object]
) -> None:
    folder = tmp_path_factory.mktemp("lab")
    for name, content in (("a.json", lab(*rows)), ("a.jsonl", lines(*rows))):
        (folder / name).write_text(content, encoding="utf-8")
        (file,) = (loaded := intake.load([folder / name], GRANT)).files
        assert file.admitted + file.refused == len(rows), name
        assert loaded.problems.height == file.refused
        assert loaded.messages.schema == MESSAGES
        assert not any("\r" in text for text in loaded.messages["text"])


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=6))
def test_the_two_forms_of_one_format_read_the_same_messages(tmp_path_factory: pytest.TempPathFactory, rows: list[object]) -> None:
    folder = tmp_path_factory.mktemp("two")
    (folder / "a.json").write_text(lab(*rows), encoding="utf-8")
    (folder / "a.jsonl").write_text(lines(*rows), encoding="utf-8")
    one, other = (intake.load([folder / name], GRANT).messages.drop("file", "line", "source") for name in ("a.json", "a.jsonl"))
    assert one.equals(other)


def test_a_chat_without_a_name_is_refused_message_by_message(text: Load) -> None:
    for meta in (GROUP | {"name": None, "groupId": None}, GROUP | {"name": "  ", "groupId": ""}, {}, None, "x"):
        loaded = text(lab(SAID, SAID, meta=meta), "a.json")
        assert loaded.messages.is_empty()
        assert set(loaded.problems["code"]) == {"group_unknown"}
        assert loaded.problems.height == 2


def test_members_that_are_none_are_passed_over_and_the_others_kept(text: Load) -> None:
    members = [{"platformId": "wx9", "accountName": "外人"}, "x", None, 5, {}, {"accountName": ""}]
    loaded = text(lab(SAID, members=members), "a.json")
    assert sorted(loaded.memberships["person_name"]) == ["外人", "小李"]


def test_years_in_which_no_group_existed_are_refused_by_line(text: Load) -> None:
    stamps = [900_000_000, 1783040000, 4_000_000_000, 946_684_800]
    loaded = text(lab(*(SAID | {"timestamp": stamp} for stamp in stamps)), "a.json")
    assert loaded.messages["sent_at"].to_list() == [datetime(2026, 7, 3, 0, 53, 20, tzinfo=UTC)]
    assert loaded.problems.select("line", "code").rows() == [(1, "bad_time"), (3, "bad_time"), (4, "bad_time")]
    assert "1998-07-10" in loaded.problems["reason"][0]


def test_a_message_of_the_day_after_the_check_is_read_and_of_the_day_after_that_not(text: Load) -> None:
    noon = datetime.now(UTC).replace(hour=4, minute=0, second=0)  # the same day in Beijing, whenever the test runs
    checked = noon + timedelta(days=400)  # later than today, so that it decides
    stamps = [int((checked + timedelta(days=days)).timestamp()) for days in (0, 1, 3)]
    loaded = text(lab(*(SAID | {"timestamp": stamp} for stamp in stamps)), "a.json", checked=checked.date())
    assert loaded.messages.height == 2
    assert loaded.problems["line"].to_list() == [3]


def test_an_empty_list_of_messages_is_a_file_without_messages(text: Load) -> None:
    loaded = text(lab(meta={"platform": "wechat", "type": "private", "name": "小李"}), "a.json")
    assert loaded.problems["code"].to_list() == ["no_messages"]


def test_a_list_of_another_kind_is_no_list_of_messages(text: Load) -> None:
    for messages in ('{"a":1}', '"x"', "5", "null"):
        loaded = text('{"chatlab":{},"meta":{"platform":"wechat","type":"group","name":"群"},"messages":' + messages + "}", "a.json")
        assert loaded.messages.is_empty()


@pytest.mark.parametrize("name", sorted(every()))
def test_no_source_takes_a_register_for_a_chat(name: str) -> None:
    assert every()[name].sniff("群名称,平台,群主,建群时间\n一群,微信,小李,2026-03-02\n".encode(), "台账.csv") < 0.3
    assert recognise(b"PK\x03\x04 xl/workbook.xml", "a.json") is None


def test_a_chat_given_as_a_register_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(lab(SAID), encoding="utf-8")
    found = load_registers([tmp_path / "a.json"])
    assert found.groups.is_empty()
    assert found.problems["code"].to_list() == ["unknown_sheet"]
