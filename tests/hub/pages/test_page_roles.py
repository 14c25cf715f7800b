"""Every route, every role, own and other unit: what happens is what the page declares. A new page is asked without being listed."""

import re
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hub_help import beijing
from page_help import delivery, sent

from qingqun.hub import links
from qingqun.hub.models import Attachment, Complaint, Draft, Notice, Person, Right
from qingqun.hub.pages import modules
from qingqun.hub.pages._gate import ANYONE, EVERY_ROLE, READER

ROLES = {"anonymous": frozenset[str](), "li": frozenset({READER}), "stranger": frozenset({READER})}
ROLES |= {key: frozenset({READER, right}) for key, right in zip(("zhang", "chen", "zhao", "ji"), Right, strict=True)}
HOLDERS = frozenset(ROLES) - {"anonymous", "stranger"}
PAGES = {page.NAME: page for page in modules()}
NAMED = re.compile(r"<(?:\w+:)?(\w+)>")
DEADLINE = beijing("2026-03-12 17:30")


def _own(house: SimpleNamespace, key: str) -> dict[str, Any]:
    """Return what a route may name so that it is the visitor's own, or in their unit."""
    person = getattr(house, "li" if key == "anonymous" else key)
    author = house.zhang if key in HOLDERS else person
    audience = {"persons": [person.pk]}
    notice = sent(house, house.noon, audience=audience, confirm="confirm", deadline=DEADLINE, author=author, unit=person.unit)
    number = delivery(notice, person)
    file = Attachment.objects.create(notice=notice, name="a.pdf", stored=f"{number:032}", kind="application/pdf", size=1, sha256="0")
    complaint = Complaint.objects.create(code=f"C{number}", text="太多", at=house.noon)
    draft = Draft.objects.create(key=f"{number:032}", author=person, unit=person.unit, changed_at=house.noon)
    return {
        "unit": person.unit_id,
        "delivery": number,
        "notice": notice.pk,
        "person": person.pk,
        "attachment": file.pk,
        "draft": draft.pk,
        "complaint": complaint.pk,
        "code": complaint.code,
        "token": links.sign(number, DEADLINE),
    }


@pytest.fixture
def routes(house: SimpleNamespace, noon: Any, tmp_path: Any, settings_attachments: None) -> SimpleNamespace:
    house.noon = noon.at
    house.own = {key: _own(house, key) for key in ROLES}
    return house


def _address(page: ModuleType, named: dict[str, Any]) -> str:
    wanted = NAMED.findall(page.URL)
    unknown = [word for word in wanted if word not in named]
    assert not unknown, f"{page.__name__}: say in test_page_roles.py what <{unknown}> is"
    return reverse(page.NAME, kwargs={word: named[word] for word in wanted})


def _ask(browser: Client, page: ModuleType, named: dict[str, Any]) -> int:
    """Open the page, or send an empty form to one that takes only forms."""
    way = browser.get if "GET" in getattr(page, "METHODS", ("GET",)) else browser.post
    answer = way(_address(page, named))
    answer.close()
    return int(answer.status_code)


def _send(browser: Client, page: ModuleType, named: dict[str, Any]) -> int:
    """Send an empty form, whether or not the page takes any."""
    return int(browser.post(_address(page, named)).status_code)


def _expected(page: ModuleType, key: str, *, own: bool) -> set[int]:
    """Say what a page's own declaration means for a role."""
    roles, fine = frozenset(page.ROLES), {200, 302, 303, 304, 422}
    if ANYONE in roles:
        return fine | {410} if own else fine | {403, 404, 410}
    if key == "anonymous":
        return {302}
    if not roles & ROLES[key]:
        return {403}
    if own or not NAMED.findall(page.URL):
        return fine
    return {403, 404}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_role_finds_its_own_open_and_the_rest_shut(routes: SimpleNamespace, name: str) -> None:
    page = PAGES[name]
    for key in ROLES:
        browser = routes.anonymous if key == "anonymous" else routes.browser[key]
        found = _ask(browser, page, routes.own[key])
        assert found in _expected(page, key, own=True), (name, key, found)


@pytest.mark.parametrize("name", sorted(name for name, page in PAGES.items() if NAMED.findall(page.URL) and ANYONE not in page.ROLES))
def test_what_is_anothers_is_not_found(routes: SimpleNamespace, name: str) -> None:
    """Each role asks for the stranger's, the stranger for 小李's: another unit's, another person's."""
    page = PAGES[name]
    for key in ROLES:
        browser = routes.anonymous if key == "anonymous" else routes.browser[key]
        named = routes.own["li" if key == "stranger" else "stranger"]
        found = {_ask(browser, page, named), _send(browser, page, named)}
        assert found <= _expected(page, key, own=False) | {405}, (name, key, found)


@pytest.mark.parametrize("name", sorted(name for name, page in PAGES.items() if "<int:unit>" in page.URL))
def test_a_right_reaches_down_not_up_and_not_aside(routes: SimpleNamespace, name: str) -> None:
    page = PAGES[name]
    below, aside = {"unit": routes.east.pk}, {"unit": routes.other.pk}
    keys = [key for key in HOLDERS if frozenset(page.ROLES) & ROLES[key] & set(Right)]
    for key in keys:
        named = routes.own[key]
        assert _ask(routes.browser[key], page, named | below) in {200, 303}, key
        assert _ask(routes.browser[key], page, named | aside) == 404, key
        assert _ask(routes.browser[key], page, named | {"unit": 999_999}) == 404, key


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_method_not_declared_is_refused(routes: SimpleNamespace, name: str) -> None:
    methods = set(getattr(PAGES[name], "METHODS", ("GET", "HEAD", "POST")))
    ways: dict[str, Any] = {"PUT": routes.browser["zhao"].put, "DELETE": routes.browser["zhao"].delete}
    if "POST" not in methods:
        ways["POST"] = routes.browser["zhao"].post
    if "GET" not in methods:
        ways["GET"] = routes.browser["zhao"].get
    for method, way in ways.items():
        assert way(_address(PAGES[name], routes.own["zhao"])).status_code == 405, method


def test_every_page_declares_known_roles_and_every_right_is_used() -> None:
    assert all(frozenset(page.ROLES) <= EVERY_ROLE for page in PAGES.values())
    assert len({page.URL for page in PAGES.values()}) == len(PAGES)


def test_nothing_but_an_author_sees_a_name_beside_what_was_done(routes: SimpleNamespace) -> None:
    """小李 confirmed; no page anybody else can open without being its author says so."""
    own = routes.own["li"]
    routes.browser["li"].post(reverse("confirm", kwargs={"delivery": own["delivery"]}))
    mark = "小李的确认"
    Notice.objects.filter(pk=own["notice"]).update(title=mark)
    for key in HOLDERS - {"zhang", "li"}:
        for page in PAGES.values():
            if "GET" in getattr(page, "METHODS", ("GET",)) and not NAMED.findall(page.URL):
                answer = routes.browser[key].get(reverse(page.NAME))
                assert mark not in getattr(answer, "content", b"").decode("utf-8", "replace"), (page.NAME, key)
    assert Person.objects.get(pk=routes.li.pk).name == "小李"
