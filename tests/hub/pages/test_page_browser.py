"""The pages in Chromium, as somebody holds them: with and without scripts, on a phone and at a desk."""

from types import SimpleNamespace
from typing import Any

import pytest
from browser_help import DESK, PHONE, SMALL

from qingqun.hub.models import Receipt

PLACES = (
    "",
    "topics/",
    "mine/",
    "catchup/",
    "all/",
    "complaint/",
    "hours/",
    "people/",
    "invite/",
    "better/",
    "accounts/2fa/",
    "accounts/password/change/",
)
WRITING = ("desk/", "desk/new/", "desk/{draft}/", "desk/{draft}/preview/", "desk/sent/{notice}/", "desk/sent/{notice}/correct/")


def test_one_tap_confirms_in_place(chromium: Any) -> None:
    page = chromium("li", viewport=PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.click("main button:has-text('确认')")
    page.wait_for_selector("text=已确认")
    assert page.url.endswith("/")
    assert page.inner_text("#left") == "0"
    assert Receipt.objects.filter(kind="confirm").count() == 1
    assert said == []  # neither an error nor a refusal of the policy


def test_without_scripts_the_same_is_done_by_forms(chromium: Any) -> None:
    page = chromium("li", viewport=PHONE, java_script_enabled=False)
    page.click("main button:has-text('确认')")
    assert "已确认：周五开会" in page.content()
    assert Receipt.objects.filter(kind="confirm").count() == 1


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_sticks_out_and_a_finger_hits_everything(chromium: Any, served: str, size: dict[str, int]) -> None:
    page = chromium("zhao", viewport=size)
    page.context.add_cookies([{"name": "large", "value": "1", "url": served}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for place in PLACES:
        page.goto(f"{served}/{place}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        assert page.evaluate(SMALL) == [], place
    assert said == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_desk_fits_too(chromium: Any, served: str, house: SimpleNamespace, size: dict[str, int]) -> None:
    page = chromium("zhang", viewport=size)
    page.goto(f"{served}/desk/new/")
    page.fill("#title", "报送统计表")
    page.fill("#text", "请各社区今晚十点前报送入户走访表，收到请在群里回复。")
    page.select_option("#term", f"unit:{house.street.pk}:below")  # and nothing else is tapped
    page.click("button[value=preview]")
    page.wait_for_selector("#send")
    assert page.inner_text(".glance .big").startswith("发给")
    named = {"draft": page.url.split("/")[-3], "notice": 1}
    for place in WRITING:
        page.goto(f"{served}/{place.format(**named)}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        assert page.evaluate(SMALL) == [], place


@pytest.mark.parametrize(
    ("text", "rule", "after"),
    [
        ("请各社区于下周五下班前报送统计表，收到请在群里回复。", "replychain", ("请各社区于下周五下班前报送统计表。", "请点一下确认")),
        ("请各社区每天上传巡查照片到群。下周五前完成整治。", "photoproof", ("请直接答复本通知", "请答复，只有您看得到")),
        ("请全体干部职工下载反诈APP并注册，每个社区不少于50人。", "forcedpromotion", ("有需要的可以", "知道就好，不用回")),
    ],
)
def test_one_tap_takes_a_lawful_wording(chromium: Any, served: str, text: str, rule: str, after: tuple[str, str]) -> None:
    page = chromium("zhang", viewport=PHONE)
    page.goto(f"{served}/desk/new/")
    page.fill("#title", "工作安排")
    page.fill("#text", text)
    page.select_option("#term", index=1)
    page.click("button[value=preview]")
    page.click(f"button[value='take:{rule}']")
    page.wait_for_selector("button[value=back]")
    assert page.locator(f"button[value='take:{rule}']").count() == 0
    shown = page.inner_text("section .notice")
    assert all(words in shown for words in after)
    page.click("button[value=back]")
    page.wait_for_selector(f"button[value='take:{rule}']")
    assert text in page.inner_text("section .notice")
