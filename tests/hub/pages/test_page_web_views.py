"""The inbox as WeCom's and DingTalk's web views on older phones hold it: by link and by sign-in, with and without scripts.

Today's Chromium, calling itself as the apps do, is given the style sheet and the script as far as their engines know them; there is no
window.open, and whatever goes to another host fails the test, so that cookies of third parties cannot matter.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_help import PHONE, SMALL, entered
from django.contrib.staticfiles.finders import find
from engine_help import SCRIPT, Sheet, newer
from hub_help import Clock
from playwright.sync_api import Browser, BrowserContext, Page, Route

from qingqun.hub import links
from qingqun.hub.models import Delivery, Receipt

_PHONE = "Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONORHLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
_WECOM = "Chrome/86.0.4240.99 XWEB/4313 MMWEBSDK/20220903 Mobile Safari/537.36 wxwork/4.1.0 MicroMessenger/7.0.1 NetType/WIFI Language/zh Lang/zh"
_DINGTALK = (
    "Chrome/69.0.3497.100 UWS/3.22.1.227 Mobile Safari/537.36 AliApp(DingTalk/7.0.0) com.alibaba.android.rimet/22119536 language/zh-CN"
)
# The app, and the release whose style sheets and scripts it is given: 78 is the oldest that is promised, whatever it calls itself.
APPS = {"wecom": (_PHONE + _WECOM, 86), "dingtalk": (_PHONE + _DINGTALK, 78)}
PLACES = ("", "topics/", "search/?q=开会", "mine/", "catchup/", "all/", "complaint/", "accounts/password/change/")

View = Callable[..., BrowserContext]


@pytest.fixture
def view(browser: Browser, served: str) -> View:
    """Give a web view of an app: view(app, scripts=...)."""

    def opened(app: str, *, scripts: bool) -> BrowserContext:
        agent, release = APPS[app]
        context = browser.new_context(
            user_agent=agent, java_script_enabled=scripts, locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True
        )
        context.route("**/*", lambda route: _given(route, served, release))
        if scripts:
            context.add_init_script("Object.defineProperty(window, 'open', {value: undefined})")
        return context

    return opened


def _given(route: Route, served: str, release: int) -> None:
    """Answer as the engine would read it: what it does not know of the sheet is gone, a script it cannot read breaks off at once."""
    path = urlsplit(route.request.url).path
    if not route.request.url.startswith(f"{served}/"):
        route.abort()
    elif path.endswith(".css"):
        route.fulfill(body=Sheet(_file(path), release).reduced(), content_type="text/css; charset=utf-8")
    elif path.endswith(".js") and newer(_file(path), SCRIPT[:3], release):
        route.fulfill(body="(", content_type="text/javascript")
    else:
        route.continue_()


def _file(path: str) -> str:
    return Path(str(find(path.removeprefix("/static/")))).read_text(encoding="utf-8")


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth")) and page.evaluate(SMALL) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("app", APPS)
def test_signed_in_the_list_is_shown_and_one_tap_confirms(view: View, served: str, app: str, *, scripts: bool) -> None:
    context = view(app, scripts=scripts)
    foreign: list[str] = []
    context.on("request", lambda request: None if request.url.startswith(f"{served}/") else foreign.append(request.url))
    page = entered(context, served, "li")
    assert page.locator("main .card:has-text('周五开会')").is_visible()
    page.tap("main button:has-text('确认')")
    page.wait_for_selector("text=已确认")
    assert Receipt.objects.filter(kind="confirm").count() == 1
    assert foreign == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("app", APPS)
def test_by_the_link_of_a_ring_it_is_opened_and_confirmed(view: View, served: str, clock: Clock, app: str, *, scripts: bool) -> None:
    number = Delivery.objects.get(notice__title="周五开会", person__name="小李").pk
    page = view(app, scripts=scripts).new_page()
    page.goto(f"{served}{links.PATH}{links.sign(number, clock.at + timedelta(days=1))}")
    page.tap("main button:has-text('打开通知')")
    page.wait_for_selector("main h1:has-text('周五开会')")
    assert _fits(page)
    page.tap("main button:has-text('确认')")
    page.wait_for_selector("text=已确认（通过链接）")
    assert set(Receipt.objects.values_list("kind", "means")) == {("read", "link"), ("confirm", "link")}


@pytest.mark.parametrize("app", APPS)
def test_nothing_sticks_out_and_a_finger_hits_everything(view: View, served: str, app: str) -> None:
    page = entered(view(app, scripts=True), served, "li")
    for place in PLACES:
        page.goto(f"{served}/{place}")
        assert _fits(page), place
        icons = page.evaluate("[...document.querySelectorAll('.bar a')].map(e => e.getBoundingClientRect().bottom <= innerHeight)")
        assert all(icons), place


def test_an_engine_that_cannot_read_the_script_is_given_none(view: View, served: str) -> None:
    page = entered(view("dingtalk", scripts=True), served, "li")
    assert page.evaluate("[typeof window.htmx, typeof window.open]") == ["undefined", "undefined"]
    assert entered(view("wecom", scripts=True), served, "li").evaluate("typeof window.htmx") == "object"
