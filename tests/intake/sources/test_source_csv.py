from collections.abc import Callable

import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]

WECHATMSG = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
PYWXDUMP = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
FULL = "1,7,1,0,0,1783086365,3,收到,2026-07-03 21:46:05,,小李,wxid_1\n"


def test_rows_of_nine_values_are_a_private_chat(text: Load) -> None:
    loaded = text(WECHATMSG + "1,7,1,0,0,1783086365,3,在吗,2026-07-03 21:46:05\n", name="a.csv", default_group="青山")
    assert loaded.problems["code"].to_list() == ["private_chat"]


def test_a_short_row_among_full_ones_is_padded(text: Load) -> None:
    loaded = text(
        WECHATMSG + FULL + "2,7,10000,0,0,1783086400,3,小李撤回了一条消息,2026-07-03 21:46:40\n", name="a.csv", default_group="青山"
    )
    assert loaded.messages["kind"].to_list() == ["text", "recall"]


@pytest.mark.parametrize(
    ("type_", "sub", "kind"),
    [
        (1, 0, "text"),
        (34, 0, "voice"),
        (43, 0, "video"),
        (47, 0, "emoji"),
        (49, 5, "link"),
        (49, 57, "reply"),
        (49, 53, "text"),
        (49, 2001, "red_packet"),
        (49, 999, "share"),
        (12345, 0, "other"),
    ],
)
def test_the_type_numbers_are_known(text: Load, type_: int, sub: int, kind: str) -> None:
    loaded = text(WECHATMSG + f"1,7,{type_},{sub},0,1783086365,3,内容,2026-07-03 21:46:05,,小李,w\n", name="a.csv", default_group="青山")
    assert loaded.messages["kind"].to_list() == [kind]


def test_what_excel_saves_again_is_read(text: Load) -> None:
    loaded = text(WECHATMSG + "1,7,1,0,0,,3,收到,2026/7/3 21:46,,小李,w\n", name="a.csv", encoding="gb18030", default_group="青山")
    assert loaded.messages.select("text", "precision").rows() == [("收到", "min")]


@pytest.mark.parametrize("name", ["msg", "content"])
def test_both_generations_of_the_header_are_read(text: Load, name: str) -> None:
    loaded = text(PYWXDUMP.replace("msg", name) + "1,90000001,文本,0,w,1@chatroom,收到,,2026-07-03 21:46:05\n", name="a.csv")
    assert loaded.messages.select("text", "message_id", "group_id").rows() == [("收到", "90000001", "1@chatroom")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("接龙", "text"),
        ("群公告", "text"),
        ("引用回复", "reply"),
        ("(分享)卡片式链接", "link"),
        ("合并转发的聊天记录", "forward"),
        ("动画表情", "emoji"),
        ("系统通知", "system"),
        ("拍一拍", "poke"),
        ("没见过", "other"),
    ],
)
def test_the_type_words_are_known(text: Load, word: str, kind: str) -> None:
    loaded = text(PYWXDUMP + f"1,1,{word},0,w,1@chatroom,内容,,2026-07-03 21:46:05\n", name="a.csv")
    assert loaded.messages["kind"].to_list() == [kind]


def test_a_room_that_is_a_person_is_private(text: Load) -> None:
    loaded = text(PYWXDUMP + "1,1,文本,0,w,wxid_stranger,在吗,,2026-07-03 21:46:05\n", name="a.csv")
    assert loaded.problems["code"].to_list() == ["private_chat"]


def test_the_dialect_without_rooms_writes_utc_and_needs_a_group(text: Load) -> None:
    content = "id,MsgSvrID,type_name,is_sender,talker,msg,src,CreateTime\n1,1,文本,0,小李,收到,,2026-07-03T13:46:05Z\n"
    assert text(content, name="a.csv").problems["code"].to_list() == ["group_unknown"]
    assert text(content, name="a.csv", default_group="青山").messages["sent_at"].dt.hour().to_list() == [13]


def test_repeated_headers_are_passed_over_and_every_bad_row_is_named(text: Load) -> None:
    good = "1,1,文本,0,w,1@chatroom,收到,,2026-07-03 21:46:05\n"
    bad = (
        "2,2,文本,0,w,1@chatroom,收到,,昨天\n"
        "3,3,文本,0,,1@chatroom,收到,,2026-07-03 21:46:05\n"
        "1,2,3,4,5,6,7,8,9,10,11\n"
        f"4,4,文本,0,w,1@chatroom,{'长' * 140_000},,x\n"
    )
    loaded = text(PYWXDUMP + good + PYWXDUMP + bad + good.replace("1,1,", "5,5,"), name="a.csv")
    assert loaded.problems.select("line", "code").rows() == [(4, "bad_time"), (5, "no_sender"), (6, "bad_row"), (7, "bad_row")]
    assert loaded.messages.height == 2
