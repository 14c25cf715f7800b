"""The JSON lists of QQChatExporter, WeFlow, chatlog, dws and lark-cli."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]

QCE: dict[str, Any] = {
    "id": "1",
    "timestamp": 1783086365000,
    "sender": {"uin": "10000001", "name": "小李"},
    "content": {"text": "收到", "elements": [{"type": "text"}]},
}
DWS: dict[str, Any] = {
    "messageId": "m0",
    "conversationId": "cid1",
    "sender": "小李",
    "messageType": "text",
    "text": "收到",
    "createTime": "2026-07-03 21:46:05",
}
LARK: dict[str, Any] = {
    "message_id": "om_0",
    "msg_type": "text",
    "create_time": "2026-07-03 21:46",
    "sender": {"id": "ou", "name": "小李"},
    "content": "收到",
}

WEFLOW: dict[str, Any] = {
    "createTime": 1783086365,
    "type": "文本消息",
    "content": "收到",
    "senderUsername": "w",
    "senderDisplayName": "小李",
}
CHATLOG: dict[str, Any] = {
    "time": "2026-07-03T21:46:05+08:00",
    "talker": "1@chatroom",
    "talkerName": "青山群",
    "isChatRoom": True,
    "sender": "w",
    "type": 1,
    "content": "收到",
}


def _qce(text: Load, *messages: object, kind: str = "group") -> Loaded:
    return text(json.dumps({"metadata": {"name": "QQChatExporter V5"}, "chatInfo": {"name": "青山群", "type": kind}, "messages": messages}))


def _dws(text: Load, *messages: object, complete: bool = True, **stated: object) -> Loaded:
    return text(json.dumps({"contractVersion": "im.message-list.v1", "messages": messages, "complete": complete}), **stated)


def test_a_private_qq_chat_is_refused(text: Load) -> None:
    assert _qce(text, QCE, kind="private").problems["code"].to_list() == ["private_chat"]


@pytest.mark.parametrize(
    ("elements", "kind"),
    [(["reply", "text"], "reply"), (["image"], "image"), (["text", "image"], "text"), (["audio"], "voice"), (["new"], "other")],
)
def test_elements_say_the_kind(text: Load, elements: list[str], kind: str) -> None:
    message = QCE | {"content": {"text": "内容", "elements": [{"type": name} for name in elements]}}
    assert _qce(text, message).messages["kind"].to_list() == [kind]


def test_mentions_and_recalls_are_taken_from_the_record(text: Load) -> None:
    content = QCE["content"] | {"mentions": [{"type": "all", "name": "所有人"}, {"type": "user", "name": "张主任"}]}
    loaded = _qce(text, QCE | {"content": content, "recalled": True})
    assert loaded.messages.select("mentions", "mention_all", "recalled").rows() == [(["张主任"], True, True)]


def test_a_conversation_is_named_by_its_id(text: Load) -> None:
    assert _dws(text, DWS).problems["code"].to_list() == ["group_unknown"]
    assert _dws(text, DWS, default_group="青山").messages.select("group_id", "group_name").rows() == [("cid1", "青山")]


def test_an_incomplete_list_says_so(text: Load) -> None:
    loaded = _dws(text, DWS, complete=False, default_group="青山")
    assert loaded.problems["code"].to_list() == ["incomplete"]
    assert loaded.messages.height == 1


def test_a_deleted_message_is_marked(text: Load) -> None:
    loaded = text(json.dumps({"messages": [LARK | {"deleted": True}]}), default_group="青山")
    assert loaded.messages["recalled"].to_list() == [True]


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        (QCE, {"timestamp": "x"}, "bad_time"),
        (QCE, {"sender": {}}, "no_sender"),
        (DWS, {"createTime": None}, "bad_time"),
        (DWS, {"sender": ""}, "no_sender"),
        (LARK, {"create_time": ""}, "bad_time"),
        (LARK, {"sender": None}, "no_sender"),
    ],
)
def test_a_bad_record_is_named_and_the_others_load(text: Load, good: dict[str, Any], bad: dict[str, Any], code: str) -> None:
    head = (
        {"contractVersion": "im.message-list.v1"}
        if good is DWS
        else {"chatInfo": {"type": "group", "name": "青山群"}}
        if good is QCE
        else {}
    )
    loaded = text(json.dumps(head | {"messages": [good | bad, 5, good]}), default_group="青山")
    assert loaded.problems.select("line", "code").rows() == [(1, code), (2, "bad_record")]
    assert loaded.messages.height == 1


def test_private_wechat_chats_are_refused(text: Load) -> None:
    weflow = text(json.dumps({"session": {"type": "私聊", "wxid": "w", "displayName": "外人"}, "messages": [WEFLOW]}), default_group="青山")
    chatlog = text(json.dumps([CHATLOG | {"isChatRoom": False}]), default_group="青山")
    assert weflow.problems["code"].to_list() == chatlog.problems["code"].to_list() == ["private_chat"]


def test_wechat_lists_name_what_is_missing(text: Load) -> None:
    weflow = text(json.dumps({"session": {"type": "群聊", "displayName": "青山群"}, "messages": [WEFLOW | {"createTime": 0}, WEFLOW]}))
    chatlog = text(json.dumps([CHATLOG | {"time": ""}, CHATLOG | {"sender": None}, CHATLOG]))
    assert weflow.problems["code"].to_list() == ["bad_time"]
    assert chatlog.problems["code"].to_list() == ["bad_time", "no_sender"]
    assert weflow.messages["group_name"].to_list() == chatlog.messages["group_name"].to_list() == ["青山群"]
