"""Look at every page: fills the demo's street office, serves it, takes pictures at 390 and 1280 px, and says what a ruler finds.

.venv/bin/python tests/hub/pages/pictures.py FOLDER [NAME …]
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

HOME = Path(mkdtemp(prefix="qingqun-look-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "qingqun.hub.settings", "QINGQUN_DATA": str(HOME / "hub"), "QINGQUN_HTTPS": "no"}
(HOME / "hub").mkdir()
sys.path.insert(0, str(Path(__file__).parents[1]))

import django  # noqa: E402  it reads the environment
from django.conf import settings  # noqa: E402  same

django.setup()
settings.SECOND_FACTOR = "off"  # whoever looks has no phone

from pictures_list import BROKEN, visits  # noqa: E402  same
from pictures_office import NOW, furnished  # noqa: E402  same
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402  same
from playwright.sync_api import TimeoutError as Missing  # noqa: E402  same

from qingqun.hub import search  # noqa: E402  same
from qingqun.hub.now import kept_by  # noqa: E402  same
from qingqun.hub.wsgi import application  # noqa: E402  same

SIZES = {"phone": (390, 844), "desk": (1280, 860)}
RULER = (Path(__file__).parent / "ruler.js").read_text(encoding="utf-8")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_anything: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages meanwhile; give their address."""
    server = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


def sign_in(context: BrowserContext, root: str, login: str, password: str) -> Page:
    """Open a page as somebody; as nobody where no name is given."""
    page = context.new_page()
    page.set_default_timeout(8_000)
    if login:
        page.goto(f"{root}/accounts/login/")
        page.fill("#login", login)
        page.fill("#password", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def look(browser: Browser, root: str, house: Any, listed: Any, folder: Path, names: set[str]) -> None:  # noqa: PLR0913, PLR0917  a script
    """Take every picture, or those of some names, and print what is wide, small, pale or in the wrong language."""
    for size, (width, height) in SIZES.items():
        for login, pages in listed.items():
            wanted = [one for one in pages if not names or one.name in names]
            if not wanted:
                continue
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=1)
            account = house.accounts.get(login)
            page = sign_in(context, root, account.login if account else "", account.password if account else "")
            for one in wanted:
                try:
                    one.act(page, root)
                except Missing as error:
                    sys.stdout.write(f"{one.name}-{size}: not reached: {str(error).splitlines()[0]}\n")
                page.screenshot(path=str(folder / f"{one.name}-{size}.png"), full_page=True)
                for word in page.evaluate(RULER):
                    sys.stdout.write(f"{one.name}-{size}: {word}\n")
            context.close()


def _break_a_search() -> None:
    """Let one word end in an error of the house."""
    found = search.find

    def find(query: Any, *given: Any, **named: Any) -> Any:
        if BROKEN in query.words:
            raise RuntimeError(BROKEN)
        return found(query, *given, **named)

    search.find = find


def main(folder: Path, names: set[str]) -> None:
    """Fill, serve, look, stop."""
    folder.mkdir(parents=True, exist_ok=True)
    with kept_by(lambda: NOW):
        house = furnished()
        listed = visits(house)
        _break_a_search()
        with serving() as root, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--lang=zh-CN"])
            look(browser, root, house, listed, folder, names)
            browser.close()
    house.fake.__exit__(None, None, None)
    rmtree(HOME)


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
