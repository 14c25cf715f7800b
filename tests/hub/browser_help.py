"""What the tests in Chromium say often."""

from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

from page_help import PASSWORD
from playwright.sync_api import BrowserContext, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 860}
# What a finger must hit: links in running text are read, not aimed at (WCAG 2.5.8 excepts them).
SMALL = """() => [...document.querySelectorAll('button:not(.hidden), nav a, .line, summary, select, input:not([type=hidden], .hidden)')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < (e.matches('[type=checkbox], [type=radio]') ? 20 : 43.5))
  .map(e => e.outerHTML.slice(0, 80))"""


class Quiet(WSGIRequestHandler):
    """Serves without a word."""

    def log_message(self, *_anything: Any) -> None:
        pass


def entered(context: BrowserContext, served: str, name: str) -> Page:
    """Sign in with the form, as somebody of the office."""
    page = context.new_page()
    page.goto(f"{served}/accounts/login/")
    page.fill("#login", name)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("nav.bar")
    page.wait_for_load_state()
    return page
