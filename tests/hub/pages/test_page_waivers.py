"""The page of waivers: what is granted, what covers nothing, and a file that cannot be read."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from qingqun.hub import waivers

FILE = """
[[waivers]]
id = "L-1"
rule = "offhours"
unit = "没有的单位"
reason = "汛期值班"
owner = "小李"
approver = "张主任"
since = 2026-03-01
until = 2026-03-31
"""


def _page(house: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    (tmp_path / waivers.FILE).write_text(text, encoding="utf-8")
    seen = [browser.get(reverse("waivers")) for browser in house.browser.values()]
    return next(str(answer.content.decode()) for answer in seen if answer.status_code == 200)


def test_it_shows_reason_owner_end_and_what_covers_nothing(
    house: SimpleNamespace, clock: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(house, tmp_path, monkeypatch, FILE)
    assert all(word in page for word in ("汛期值班", "张主任", "2026-03-31", "没有名为“没有的单位”的单位"))


def test_an_unreadable_file_is_said_aloud(house: SimpleNamespace, clock: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _page(house, tmp_path, monkeypatch, "[[waivers]")
    assert 'role="alert"' in page
    assert "一项例外也不算数" in page
