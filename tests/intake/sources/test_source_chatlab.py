import json
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import Loaded
from qingqun.intake.chatlab import KINDS
from qingqun.intake.collect import collect
from qingqun.intake.opened import Opened
from qingqun.intake.sources import chatlab_jsonl

Load = Callable[..., Loaded]

HEADER = {
    "_type": "header",
    "chatlab": {"version": "0.0.2"},
    "meta": {"name": "青山群", "platform": "wechat", "type": "group", "groupId": "1@chatroom"},
}
MESSAGE = {
    "_type": "message",
    "sender": "w1",
    "accountName": "小李",
    "timestamp": 1783086365,
    "type": 0,
    "content": "收到",
    "platformMessageId": "m1",
}


def _lines(*records: object) -> str:
    return "\n".join(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records) + "\n"


@pytest.mark.parametrize(("code", "kind"), [*KINDS.items(), (6, "other"), ("0", "other"), (None, "other")])
def test_every_type_is_known(text: Load, code: object, kind: str) -> None:
    assert text(_lines(HEADER, MESSAGE | {"type": code})).messages["kind"].to_list() == [kind]


def test_comments_and_blank_lines_are_passed_over_and_lines_counted(text: Load) -> None:
    loaded = text(_lines("# 说明", HEADER, "", MESSAGE))
    assert loaded.messages["line"].to_list() == [4]
    assert loaded.problems.is_empty()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("{", "bad_json"),
        ("[1]", "bad_record"),
        ({"_type": "?"}, "bad_record"),
        (MESSAGE | {"timestamp": 0}, "bad_time"),
        (MESSAGE | {"timestamp": "x"}, "bad_time"),
        (MESSAGE | {"timestamp": True}, "bad_time"),
        (MESSAGE | {"timestamp": 10**30}, "bad_time"),
        (MESSAGE | {"content": {"a": 1}}, "bad_text"),
        (MESSAGE | {"sender": None, "accountName": None}, "no_sender"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_others_load(text: Load, bad: object, code: str) -> None:
    loaded = text(_lines(HEADER, bad, MESSAGE))
    assert loaded.problems.select("line", "code").rows() == [(2, code)]
    assert loaded.messages.height == 1


def test_members_have_cards_and_roles(sample: Load) -> None:
    members = sample("chatlab.jsonl").memberships
    assert members.filter(pl.col("role") == "owner").select("person_id", "card").rows() == [("wxid_a001", "青山街道 张晓")]


def test_a_file_that_does_not_say_what_chat_it_is_needs_a_group(text: Load) -> None:
    loaded = text(_lines(MESSAGE))
    assert loaded.problems["code"].to_list() == ["group_unknown"]


def test_two_headers_in_one_file_are_two_groups(text: Load) -> None:
    other = HEADER | {"meta": {"name": "柳溪群", "platform": "wechat", "type": "group"}}
    loaded = text(_lines(HEADER, MESSAGE, other, MESSAGE))
    assert sorted(loaded.messages["group_name"].to_list()) == ["柳溪群", "青山群"]


value = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2))
record = st.fixed_dictionaries(
    {"_type": st.sampled_from(["message", "message", "member"])},
    optional=dict.fromkeys(("sender", "accountName", "groupNickname", "content", "platformMessageId", "replyToMessageId"), value)
    | {
        "timestamp": st.one_of(st.just(1783086365), st.just(1783086365.5), value),
        "type": st.one_of(st.sampled_from(sorted(map(int, map(str, KINDS)))), value),
    },
)


@settings(max_examples=80, deadline=None)
@given(st.lists(record, max_size=6))
def test_whole_columns_say_the_same_as_one_by_one(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]]) -> None:
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    path.write_text(_lines(HEADER, *records), encoding="utf-8")
    fast = chatlab_jsonl.frames(Opened(path), lambda _count: None)
    slow = collect(chatlab_jsonl.read(Opened(path)), lambda _count: None)
    assert fast.messages.equals(slow.messages)
    assert fast.problems.sort("line").equals(slow.problems.sort("line"))
    assert fast.memberships.equals(slow.memberships)


BARE = {key: value for key, value in MESSAGE.items() if key != "_type"}


def _json(**parts: object) -> str:
    return json.dumps(
        {"chatlab": {"version": "0.0.2"}, "meta": HEADER["meta"], "members": [], "messages": [BARE]} | parts, ensure_ascii=False
    )


def test_messages_may_stand_before_the_head(text: Load) -> None:
    content = json.dumps({"chatlab": {}, "messages": [BARE], "meta": HEADER["meta"]}, ensure_ascii=False)
    assert text(content, name="a.json").messages["group_name"].to_list() == ["青山群"]


def test_what_stands_before_the_break_is_kept(text: Load) -> None:
    loaded = text(_json(messages=[BARE, BARE | {"platformMessageId": "m2"}])[:-20], name="a.json")
    assert loaded.messages.height == 1
    assert loaded.problems["code"].to_list() == ["bad_json"]


def test_depth_is_refused(text: Load) -> None:
    content = _json()[:-2] + ',{"content":' + "[" * 5000
    assert text(content, name="a.json").problems["code"].to_list() == ["too_deep"]
