import json
from collections.abc import Callable

import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]


def test_of_thirty_real_messages_ten_were_said_in_groups(sample: Load) -> None:
    loaded = sample("wxjava_chatdata.jsonl")
    file = loaded.files[0]
    assert (file.messages, file.admitted, file.refused) == (30, 10, 20)
    assert loaded.problems["code"].unique().to_list() == ["private_chat"]
    assert loaded.problems["line"].n_unique() == 20
    assert loaded.problems["reason"][0] == "单聊 XuJinSheng → icefog：不导入私人聊天"


def test_two_pairs_of_the_ten_are_the_same_message(sample: Load) -> None:
    assert sample("wxjava_chatdata.jsonl").messages["message_id"].n_unique() == 8


def test_every_kind_of_group_message_says_something(sample: Load) -> None:
    messages = sample("wxjava_chatdata.jsonl").messages
    said = {kind: text for kind, text in messages.select("kind", "text").rows() if text}
    assert said.keys() == {"other", "text", "link", "red_packet"}
    assert "这是填表title\n表项1，文本\n表项2，数字\n表项3，日期\n表项4，时间" in messages["text"].to_list()
    assert "夕会" in messages["text"].to_list()


def _one(write: Load, /, **fields: object) -> Loaded:
    record = {
        "msgid": "1",
        "action": "send",
        "from": "zhang",
        "tolist": ["li"],
        "roomid": "wr1",
        "msgtime": 1783086365000,
        "msgtype": "text",
    }
    return write(json.dumps(record | fields, ensure_ascii=False), name="a.jsonl")


@pytest.mark.parametrize(
    ("msgtype", "body", "kind", "said"),
    [
        ("text", {"content": '这是一条引用/回复消息："\n请报送\n------\n@张主任 收到'}, "reply", "@张主任 收到"),
        ("text", {"content": "第一条\n------\n第二条"}, "text", "第一条\n------\n第二条"),
        ("file", {"filename": "台账.xlsx"}, "file", "台账.xlsx"),
        ("vote", {"votetitle": "选时间", "voteitem": ["周三", "周四"]}, "other", "选时间\n周三\n周四"),
        ("todo", {"title": "待办", "content": "报送台账"}, "other", "待办\n报送台账"),
        ("link", {"title": "通知", "description": "关于报送", "link_url": "https://x.cn"}, "link", "通知\n关于报送\nhttps://x.cn"),
        (
            "chatrecord",
            {"title": "群聊", "item": [{"type": "ChatRecordText", "content": '{"content":"请报送"}'}]},
            "forward",
            "群聊\n请报送",
        ),
        ("mixed", {"item": [{"type": "text", "content": '{"content":"看图"}'}, {"type": "image", "content": "{}"}]}, "text", "看图"),
        ("location", {"title": "街道办", "address": "青山路1号"}, "location", "街道办\n青山路1号"),
        ("something_new", {"content": "新类型"}, "other", "新类型"),
    ],
)
def test_the_words_are_found_in_every_type(text: Load, msgtype: str, body: dict[str, object], kind: str, said: str) -> None:
    loaded = _one(text, msgtype=msgtype, **{msgtype: body})
    assert loaded.messages.select("kind", "text").rows() == [(kind, said)]


def test_a_recall_says_what_it_recalls(text: Load) -> None:
    loaded = _one(text, action="recall", msgtype="revoke", revoke={"pre_msgid": "0"})
    assert loaded.messages.select("kind", "recalled", "reply_to").rows() == [("recall", True, "0")]


def test_numbers_written_as_text_are_read(text: Load) -> None:
    assert _one(text, msgtime="1783086365000", text={"content": "好"}).messages.height == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"msgtime": 0}, "bad_time"),
        ({"msgtime": None}, "bad_time"),
        ({"from": ""}, "no_sender"),
        ({"msgid": None, "action": "send"}, "bad_record"),
    ],
)
def test_what_is_missing_is_named(text: Load, fields: dict[str, object], code: str) -> None:
    good = '{"msgid":"2","action":"send","from":"li","roomid":"wr1","msgtime":1783086365000,"msgtype":"text","text":{"content":"收到"}}\n'
    record = {"msgid": "1", "action": "send", "from": "zhang", "roomid": "wr1", "msgtime": 1783086365000, "msgtype": "text"} | fields
    loaded = text(good + json.dumps(record), name="a.jsonl")
    assert loaded.problems.select("line", "code").rows() == [(2, code)]
    assert loaded.messages.height == 1


def test_a_record_nested_without_end_is_read_to_a_depth(text: Load) -> None:
    body: dict[str, object] = {"content": "底"}
    kind = "text"
    for _level in range(12):
        body, kind = {"item": [{"type": kind, "content": json.dumps(body)}]}, "mixed"
    assert _one(text, msgtype="mixed", mixed=body).messages["text"].to_list() == [""]


def test_group_information_gives_group_and_members(sample: Load) -> None:
    loaded = sample("wecom_archive_groupchat_get.json")
    assert loaded.groups.select("name", "owner", "members").rows() == [("青山街道防汛工作群", "zhang", 3)]
    assert loaded.memberships.height == 3
    assert loaded.problems.is_empty()
