"""The search page: marked hits, only one's own, without scripts."""

from types import SimpleNamespace
from typing import Any

from hub_help import Clock
from page_help import sent


def test_a_reader_finds_by_one_sign_and_sees_it_marked(house: SimpleNamespace, noon: Clock) -> None:
    notice = sent(house, noon.at, title="报送统计表", text="请于周五前报送。")
    page = house.browser["li"].get("/search/?q=统 送").content.decode()
    assert "<mark>统</mark>" in page
    assert "报<mark>送</mark>" in page
    assert f'href="/n/{notice.deliveries.get(person=house.li).pk}/"' in page
    assert "没有找到" in house.browser["stranger"].get("/search/?q=统").content.decode()


def test_an_author_finds_what_they_sent_without_having_received_it(house: SimpleNamespace, noon: Clock) -> None:
    notice = sent(house, noon.at, audience={"persons": [house.li.pk]}, title="只给小李")
    assert f"/desk/sent/{notice.pk}/" in house.browser["zhang"].get("/search/?q=只给").content.decode()
    assert "只给" not in house.browser["zhao"].get("/search/?q=小李").content.decode()


def test_what_is_typed_is_shown_as_it_is_and_never_run(house: SimpleNamespace, noon: Clock) -> None:
    sent(house, noon.at, title="<script>alert(1)</script>", text="甲")
    page = house.browser["li"].get("/search/", {"q": "<script>"}).content.decode()
    assert "<script>alert" not in page
    assert "<mark>&lt;script&gt;</mark>" in page


def test_a_query_too_long_is_refused_kindly(house: SimpleNamespace) -> None:
    answer: Any = house.browser["li"].get("/search/", {"q": "表" * 70})
    assert answer.status_code == 422
    assert "最长 64 字" in answer.content.decode()
    assert house.browser["li"].get("/search/").status_code == 200
