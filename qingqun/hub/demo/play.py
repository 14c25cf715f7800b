"""One notice played in Chromium: written on Saturday at 21:00, checked, held, there when work opens, confirmed; a picture of each step."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from qingqun.clock import BEIJING
from qingqun.hub.demo.clock import Clock
from qingqun.hub.demo.office import READER, STREET, Account
from qingqun.i18n import _

EVENING = datetime(2026, 9, 19, 21, 0, tzinfo=BEIJING)  # a Saturday; the Sunday after it is a make-up working day
MORNING = datetime(2026, 9, 20, 8, 30, tzinfo=BEIJING)
TITLE = "报送独居老人秋季走访台账"
TEXT = "各社区、各办公室：\n请于9月22日17:30前报送独居老人秋季走访台账，由民政专干汇总。\n收到请回复。"
DEADLINE = "2026-09-22T17:30"
_PATIENCE = 90_000  # ms; a busy machine is no failure
_TRIES = 60

Say = Callable[[str], None]


class Stage:
    """Takes the pictures, in order."""

    def __init__(self, folder: Path, say: Say) -> None:
        self.folder, self.say, self.pictures = folder, say, list[Path]()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def shot(self, page: Page, name: str, caption: str) -> None:
        """Take a picture and say what is in it."""
        path = self.folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        page.screenshot(path=path, full_page=True)
        self.pictures.append(path)
        self.say(f"  {path.name}  {caption}")


def play(address: str, accounts: Mapping[str, Account], clock: Clock, stage: Stage) -> None:
    """Play it; the clock stands at the evening before."""
    with _chromium() as browser:
        author = _signed_in(browser, address, accounts["fawen"], 1280, 860)
        reader = _signed_in(browser, address, accounts[READER], 390, 844)
        _write(author, address, stage)
        _hold(author, reader, stage)
        clock.move(MORNING)
        _receive(reader, address, stage)
        _look_back(author, address, stage)


def _write(page: Page, address: str, stage: Stage) -> None:
    page.goto(f"{address}desk/")
    page.click("main a.button.wide")
    page.fill("#title", TITLE)
    page.fill("#text", TEXT)
    page.fill("#deadline", DEADLINE)
    page.select_option("#term", page.get_attribute("#term option[value$=':below']", "value"))
    stage.shot(page, "write", _("周六 21:00，写给{unit}全体").format(unit=STREET))
    page.click("button[value=preview]")
    page.wait_for_selector("#send")
    stage.shot(page, "preflight", _("发之前看一看：多少人、何时响、违反哪一条、怎样改"))
    offer = page.locator("button[value^='take:']")
    if offer.count():
        offer.first.click()
        page.wait_for_selector("button[value=back]")
        stage.shot(page, "rewrite", _("一点采用改法：“收到请回复”改为点一下确认"))
    if page.locator("input[name=seen]").count():
        page.check("input[name=seen]")
    page.click("button[value=send]")
    page.wait_for_url("**/desk/sent/**")


def _hold(author: Page, reader: Page, stage: Stage) -> None:
    stage.shot(author, "held", _("已受理：全部等到上班，周六晚上谁也不打扰"))
    reader.reload()
    stage.shot(reader, "evening", _("收件人周六晚上的手机：什么都没有"))


def _receive(page: Page, address: str, stage: Stage) -> None:
    for _try in range(_TRIES):
        page.goto(address)
        if page.get_by_role("link", name=TITLE).count():
            break
        page.wait_for_timeout(500)
    stage.shot(page, "inbox", _("周日是调休上班日，8:30 起在收件箱里"))
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_selector("article.notice")
    stage.shot(page, "notice", _("打开：要做什么、什么时候之前、为什么给我、为什么等到现在"))
    page.click("section.do button.button:not(.plain)")
    page.wait_for_load_state()
    stage.shot(page, "confirmed", _("点一下，确认了"))


def _look_back(page: Page, address: str, stage: Stage) -> None:
    page.goto(f"{address}desk/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url("**/desk/sent/**")
    stage.shot(page, "counts", _("发件人看到的：送达多少、已办多少，没有名次"))


def _signed_in(browser: Browser, address: str, account: Account, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(f"{address}accounts/login/")
    page.fill("#login", account.login)
    page.fill("#password", account.password)
    page.click("form button.wide")
    page.wait_for_selector("nav.bar")
    return page


@contextmanager
def _chromium() -> Iterator[Browser]:
    """Start the system's Chromium; without its own sandbox only for root, for whom it has none."""
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        try:
            yield browser
        finally:
            browser.close()
