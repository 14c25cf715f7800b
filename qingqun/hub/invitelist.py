"""The list that is handed out, a row for each: name, unit, login, link. Whoever has a row can set that person's password."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from qingqun.clock import BEIJING
from qingqun.hub.invite import LASTS, PATH, Invited
from qingqun.i18n import _
from qingqun.office import Sheet, write_book, write_delimited

CSV = ".csv"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def local(address: str) -> bool:
    """Tell whether only this machine opens an address."""
    return urlsplit(address).hostname in _HERE


def root(asked: str) -> str:
    """Return what the links begin with: the hub's address, or the one a page was asked for at where `address` was never set."""
    known = settings.ADDRESS.rstrip("/")
    return asked if not known or (local(known) and not local(asked)) else known


def write(path: Path, made: Sequence[Invited], root: str, now: datetime) -> None:
    """Write it as CSV where the path ends so, else as a workbook. `root` is the hub's address, as people open it."""
    header = [_("姓名"), _("单位"), _("登录名"), _("设密码的链接")]
    rows = [[one.name, one.unit, one.login, f"{root}{PATH}{one.key}/"] for one in made]
    if path.suffix.lower() == CSV:
        write_delimited(path, header, rows)
        return
    notes = [
        _("每人只给本人那一行：打开链接，自己设密码，就登录了。链接只能用一次，{when} 前有效。").format(
            when=f"{(now + LASTS).astimezone(BEIJING):%Y-%m-%d %H:%M}"
        ),
        _("谁拿到链接，谁就能设这个人的密码：不要发到群里，发完请删除本表。"),
    ]
    write_book(path, [Sheet(_("登录表"), header, rows, title=_("登录表"), notes=notes, widths=(12, 24, 16, 62), exact={2})])
