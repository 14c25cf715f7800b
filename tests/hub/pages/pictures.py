"""Look at every page: serves a furnished office on a free port and takes pictures at 390 and 1280 px.

.venv/bin/python tests/hub/pages/pictures.py FOLDER
"""

import shutil
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parents[1]))
import conftest
from django.core.management import call_command
from hub_help import beijing, furnish
from page_help import PASSWORD, corrected, delivery, sent, signed_in
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from qingqun.hub import config, links
from qingqun.hub.models import Leave, Person, Power, Role, RoleMember, Topic, TopicMember, Unit
from qingqun.hub.now import kept_by
from qingqun.hub.wsgi import application

NOW = beijing("2026-03-11 10:20")
SIZES = {"phone": (390, 844), "desk": (1280, 860)}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_anything: Any) -> None:
        pass


def furnished() -> SimpleNamespace:
    """Give 小李, the grid worker, a Wednesday morning as they are."""
    office = furnish()
    Unit.objects.filter(pk=office.street.pk).update(name="和平街道办事处")
    grid, floods = Role.objects.create(name="网格员"), Topic.objects.create(name="防汛抗旱", mandatory=True)
    sport = Topic.objects.create(name="文体活动")
    TopicMember.objects.create(topic=sport, person=office.li, stance="follow")
    RoleMember.objects.create(role=grid, person=office.li)
    Power.objects.create(person=office.zhang, unit=office.street, right="administrator")
    Power.objects.create(person=office.zhang, unit=office.street, right="author")
    Person.objects.create(name="老周", unit=office.street, inbox=False)
    Leave.objects.create(person=office.li, starts=NOW - timedelta(days=6), ends=NOW - timedelta(hours=2, minutes=50))
    _send(office, grid, floods, sport)
    return office


def _send(office: SimpleNamespace, grid: Role, floods: Topic, sport: Topic) -> None:
    everybody = {"unit": office.street.pk, "below": True}
    late = {
        "title": "报送一季度独居老人走访台账",
        "confirm": "answer",
        "deadline": beijing("2026-03-10 17:30"),
        "audience": {"role": grid.pk},
    }
    text = "请各网格员把一季度独居老人走访情况填入台账后回复。\n\n没有新增的也请说明。只需报一次，不用再发群里。"
    office.answer = sent(office, NOW - timedelta(days=4), text=text, **late)
    text = "接市防指通知，今晚到明晨有中到大雨。请值守人员于 3月11日 17:30 前检查辖区易积水点，详见 https://www.example.gov.cn/fx/2026/0311.html。\n\n有险情打值班电话 0000-1234567。"
    flood = {"title": "关于做好今晚强降雨防范的通知", "importance": "important", "confirm": "confirm", "topic": floods}
    office.flood = sent(office, beijing("2026-03-11 07:10"), text=text, deadline=beijing("2026-03-11 17:30"), audience=everybody, **flood)
    meeting = {"title": "周五上午基层减负座谈会", "confirm": "confirm", "deadline": beijing("2026-03-12 12:00")}
    office.meeting = sent(
        office, beijing("2026-03-10 15:00"), text="周五（3月13日）上午 9:00 在三楼会议室召开座谈会，请准时参加。", **meeting
    )
    corrected(office.meeting, "周五（3月13日）上午 9:30 在二楼会议室召开座谈会，请准时参加。", beijing("2026-03-11 09:40"))
    sent(office, beijing("2026-03-10 21:30"), title="办公楼周四停水两小时", text="3月12日 14:00–16:00 停水。", audience=everybody)
    sent(office, beijing("2026-03-11 09:10"), title="春季健步走报名开始了", text="自愿参加。", topic=sport, audience={"topic": sport.pk})
    gone = sent(office, beijing("2026-03-11 08:40"), title="收集车辆信息", text="请报车牌。", confirm="confirm")
    gone.withdrawn_at = beijing("2026-03-11 09:00")
    gone.save()


Visits = dict[str, str]


def addresses(office: SimpleNamespace) -> tuple[Visits, Visits, Visits]:
    """Return what is looked at by anybody, by 小李 and by 张主任; each picture's name with its address."""
    token = links.sign(delivery(office.flood, office.wang), NOW + timedelta(hours=5))
    one, two = (f"n/{delivery(notice, office.li)}/" for notice in (office.answer, office.meeting))
    mine = {"inbox": "", "mine": "mine/", "topics": "topics/", "catchup": "catchup/", "all": "all/", "answer": one, "changed": two}
    mine |= {"record": f"{two}record/", "complain": "complaint/", "missing": "nowhere/", "mfa": "accounts/2fa/"}
    theirs = {"hours": "hours/", "unit": f"units/{office.street.pk}/hours/", "complaints": "complaints/", "admin": "mine/"}
    return {"signin": "accounts/login/", "door": f"go/{token}"}, mine, theirs


def look(browser: Browser, root: str, visits: tuple[Visits, Visits, Visits], folder: Path) -> None:
    """Take every picture."""
    anybodys, mine, theirs = visits
    _visit(browser, root, anybodys, folder, "")
    _visit(browser, root, mine, folder, "li")
    _visit(browser, root, mine, folder / "dark", "li", color_scheme="dark")
    _visit(browser, root, mine, folder / "large", "li", storage_state={"cookies": [_large(root)], "origins": []})
    _visit(browser, root, theirs, folder, "zhang")


def _tell(said: ConsoleMessage) -> None:
    sys.stderr.write(f"{said.text}\n")


def _large(root: str) -> dict[str, Any]:
    return {"name": "large", "value": "1", "url": root, "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}


def _visit(browser: Browser, root: str, pages: dict[str, str], folder: Path, name: str, **how: Any) -> None:
    large = how.pop("storage_state", None)
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=1.5 if width < 500 else 1, locale="zh-CN", **how
        )
        if large:
            context.add_cookies(large["cookies"])
        page = context.new_page()
        page.on("console", _tell)
        if name:
            page.goto(f"{root}/accounts/login/")
            page.fill("#login", name)
            page.fill("#password", PASSWORD)
            page.click("main button[type=submit]")
        for title, address in pages.items():
            page.goto(f"{root}/{address}")
            page.screenshot(path=str(folder / f"{title}-{size}.png"), full_page=True)
        context.close()


def main(folder: Path) -> None:
    """Serve, look, stop."""
    data = Path(mkdtemp(prefix="qingqun-look-"))
    with conftest._on(config.database("", data)), kept_by(lambda: NOW):
        call_command("migrate", verbosity=0)
        office = furnished()
        for key in ("li", "zhang"):
            signed_in(getattr(office, key), key)
        visits = addresses(office)
        server = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            look(browser, f"http://localhost:{server.server_port}", visits, folder)
            browser.close()
        server.shutdown()
    shutil.rmtree(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
