from collections.abc import Callable

import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]

RULE = "=" * 64


def _head(target: str, folder: str = "我的QQ群") -> str:
    return f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n{RULE}\n消息分组:{folder}\n{RULE}\n消息对象:{target}\n{RULE}\n\n"


HEAD = _head("青山群")


@pytest.mark.parametrize(
    ("header", "name", "sender"),
    [
        ("2026-07-04 8:01:09 小李(10000001)", "小李", "10000001"),
        ("2026-07-04 08:01:09 【群主】小李(10000001)", "小李", "10000001"),
        ("2026-07-04 8:01:09 AM 小李(10000001)", "小李", "10000001"),
        ("2026-07-04 上午8:01:09 小李(10000001)", "小李", "10000001"),
        ("2026-07-04 8:01:09 小李<li@street.gov.cn>", "小李", "li@street.gov.cn"),
        ("2026-07-04 8:01:09 小李(柳溪)(10000001)", "小李(柳溪)", "10000001"),
        ("2026/07/04 8:01:09 (10000001)", "10000001", "10000001"),
    ],
)
def test_every_header_is_read(text: Load, header: str, name: str, sender: str) -> None:
    loaded = text(f"{HEAD}{header}\n收到\n\n")
    assert loaded.messages.select("sender_name", "sender_id", "text", "group_name").rows() == [(name, sender, "收到", "青山群")]
    assert loaded.messages["sent_at"].dt.strftime("%F %T").to_list() == ["2026-07-04 00:01:09"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_line_end_is_read(text: Load, encoding: str, end: str) -> None:
    content = f"{HEAD}2026-07-04 8:01:09 小李(10000001)\n第一行\n\n第三行\n\n".replace("\n", end)
    assert text(content, encoding=encoding).messages["text"].to_list() == ["第一行\n\n第三行"]


def test_several_chats_in_one_file_are_kept_apart(text: Load) -> None:
    said = "2026-07-04 8:01:09 小李(10000001)\n收到\n\n"
    loaded = text(HEAD + said + _head("柳溪群") + said + _head("外人", "我的好友") + "2026-07-04 8:01:09 外人\n在吗\n\n")
    assert loaded.messages.select("group_name", "text").rows() == [("青山群", "收到"), ("柳溪群", "收到")]
    assert loaded.problems["code"].to_list() == ["private_chat"]
    assert "外人" in loaded.problems["reason"][0]


@pytest.mark.parametrize("line", ["2026-07-05 9:00:00 开会", "消息对象:别的群", "2026-07-05 9:00:00"])
def test_words_that_look_like_a_header_stay_words(text: Load, line: str) -> None:
    loaded = text(f"{HEAD}2026-07-04 8:01:09 小李(10000001)\n通知\n\n{line}\n\n2026-07-04 8:02:00 张主任(10000002)\n收到\n\n")
    assert loaded.messages["text"].to_list() == [f"通知\n\n{line}", "收到"]


def test_without_a_head_the_group_is_unknown(sample: Load) -> None:
    assert sample("qq_without_head.txt").problems["code"].to_list() == ["group_unknown"] * 2
    stated = sample("qq_without_head.txt", default_group="青山")
    assert stated.problems["code"].to_list() == ["bad_time"] * 2, "nobody sent a message in 1883"


def test_a_recall_notice_is_a_recall(sample: Load) -> None:
    assert sample("qq.txt").messages["kind"].to_list()[-1] == "recall"


def test_a_day_that_does_not_exist_is_a_problem(text: Load) -> None:
    loaded = text(f"{HEAD}2026-02-30 8:01:09 小李(10000001)\n收到\n\n2026-07-04 8:02:00 张主任(10000002)\n好\n")
    assert loaded.problems["code"].to_list() == ["bad_time"]
    assert loaded.messages.height == 1
