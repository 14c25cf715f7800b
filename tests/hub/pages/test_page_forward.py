"""Passing a notice on, in the browser: a button for who writes for a unit, the source on the page, only the addition to write."""

from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import Clock
from page_help import delivery, sent

from qingqun.hub.models import Draft, Notice, Power

BUTTON = "转给我的单位并补充"


@pytest.fixture
def passed(house: SimpleNamespace, clock: Clock) -> SimpleNamespace:
    """Let 外人 write to 小李 and 小王; 小李 writes for the east community."""
    Power.objects.create(person=house.li, unit=house.east, right="author")
    source = sent(
        house, clock.at, author=house.stranger, unit=house.other, audience={"persons": [house.li.pk]}, title="消防课", text="请组织收看。"
    )
    house.source, house.at = source, f"/n/{delivery(source, house.li)}/"
    return house


def _page(browser: Any, address: str) -> str:
    return str(browser.get(address, follow=True).content.decode())


def test_an_author_passes_it_on_and_the_reader_sees_source_and_addition(passed: SimpleNamespace) -> None:
    li = passed.browser["li"]
    assert BUTTON in _page(li, passed.at)
    wrote = li.post(f"{passed.at}forward/", follow=True).content.decode()
    draft = Draft.objects.latest("pk")
    assert (draft.source_id, draft.title, draft.text) == (passed.source.pk, "消防课", "")
    assert "请组织收看。" in wrote
    Draft.objects.filter(pk=draft.pk).update(text="走东门。")
    preview = _page(li, f"/desk/{draft.pk}/preview/")
    assert "请组织收看。" in preview
    mark = preview.partition('name="mark" value="')[2].partition('"')[0]
    li.post(f"/desk/{draft.pk}/preview/", {"mark": mark, "act": "send", "seen": "1"})
    notice = Notice.objects.latest("pk")
    assert (notice.source_id, notice.root_id) == (passed.source.pk, passed.source.pk)
    read = _page(passed.browser["wang"], f"/n/{delivery(notice, passed.wang)}/")
    assert 0 < read.index("请组织收看。") < read.index("走东门。")


def test_who_writes_for_nobody_and_whose_it_is_not_cannot(passed: SimpleNamespace) -> None:
    assert passed.browser["wang"].post(f"{passed.at}forward/").status_code == 403
    assert passed.browser["zhang"].post(f"{passed.at}forward/").status_code == 404
    assert not Draft.objects.exists()


def test_what_was_taken_back_is_not_passed_on(passed: SimpleNamespace, clock: Clock) -> None:
    Notice.objects.filter(pk=passed.source.pk).update(withdrawn_at=clock.at)
    li = passed.browser["li"]
    assert BUTTON not in _page(li, passed.at)
    assert "不能再转" in li.post(f"{passed.at}forward/", follow=True).content.decode()
    assert not Draft.objects.exists()
