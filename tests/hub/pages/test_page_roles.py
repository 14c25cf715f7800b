"""Every route, every role, own and other unit: what happens is what the page declares. A new page is asked without being listed."""

import re
from itertools import product
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hub_help import beijing
from page_help import delivery, sent

from qingqun.hub import invite, links
from qingqun.hub.models import Attachment, Complaint, Draft, Person, Right, Unit
from qingqun.hub.pages import modules
from qingqun.hub.pages._gate import ANYONE, EVERY_ROLE, READER

ROLES = {"anonymous": frozenset[str](), "li": frozenset({READER}), "stranger": frozenset({READER})}
ROLES |= {key: frozenset({READER, right}) for key, right in zip(("zhang", "chen", "zhao", "ji", "wang"), Right, strict=True)}
HOLDERS = frozenset(ROLES) - {"anonymous", "stranger"}
PAGES = {page.NAME: page for page in modules()}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
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
        "once": _invited(house, person.unit, number),
    }


def _invited(house: SimpleNamespace, unit: Unit, number: int) -> str:
    """Let one more be imported into a unit, and return what their link of one time ends with."""
    unit.refresh_from_db()  # where it stands in the tree
    Person.objects.create(name=f"新人{number}", unit=unit)
    (made,) = invite.invite([unit.path], house.noon, None)
    return made.key


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


def _browsers(routes: SimpleNamespace) -> dict[str, Client]:
    return {key: routes.anonymous if key == "anonymous" else routes.browser[key] for key in ROLES}


def test_every_role_finds_its_own_open_and_the_rest_shut(routes: SimpleNamespace) -> None:
    wrong = []
    for (name, page), (key, browser) in product(PAGES.items(), _browsers(routes).items()):
        found = _ask(browser, page, routes.own[key])
        if found not in _expected(page, key, own=True):
            wrong.append((name, key, found))
    assert wrong == []


def test_what_is_anothers_is_not_found(routes: SimpleNamespace) -> None:
    """Each role asks for the stranger's, the stranger for 小李's: another unit's, another person's."""
    wrong = []
    closed = {name: page for name, page in PAGES.items() if NAMED.findall(page.URL) and ANYONE not in page.ROLES}
    for (name, page), (key, browser) in product(closed.items(), _browsers(routes).items()):
        named = routes.own["li" if key == "stranger" else "stranger"]
        found = {_ask(browser, page, named), _send(browser, page, named)}
        if not found <= _expected(page, key, own=False) | {405}:
            wrong.append((name, key, found))
    assert wrong == []


def test_a_right_reaches_down_not_up_and_not_aside(routes: SimpleNamespace) -> None:
    wrong = []
    for (name, page), key in product(PAGES.items(), sorted(HOLDERS)):
        if "<int:unit>" not in page.URL or not frozenset(page.ROLES) & ROLES[key] & set(Right):
            continue
        units = {"below": routes.east.pk, "aside": routes.other.pk, "nowhere": 999_999}
        found = {where: _ask(routes.browser[key], page, routes.own[key] | {"unit": unit}) for where, unit in units.items()}
        if found.pop("below") not in {200, 303} or set(found.values()) != {404}:
            wrong.append((name, key))
    assert wrong == []


def test_a_method_not_declared_is_refused(routes: SimpleNamespace) -> None:
    wrong = []
    for name, page in PAGES.items():
        refused = {"GET", "POST", "PUT", "DELETE"} - set(getattr(page, "METHODS", ("GET", "HEAD", "POST")))
        found = {routes.browser["zhao"].generic(method, _address(page, routes.own["zhao"])).status_code for method in refused}
        if found != {405}:
            wrong.append((name, found))
    assert wrong == []


def test_every_page_declares_known_roles_and_an_address_of_its_own() -> None:
    assert all(frozenset(page.ROLES) <= EVERY_ROLE for page in PAGES.values())
    assert len({page.URL for page in PAGES.values()}) == len(PAGES)


def test_what_somebody_did_changes_nothing_that_anybody_but_the_author_sees(routes: SimpleNamespace) -> None:
    """小李 reads, confirms and puts off: every page of every other role says afterwards what it said before."""
    number = sent(routes, routes.noon, confirm="confirm", author=routes.zhang).deliveries.get(person=routes.li).pk
    _seen(routes)  # their own opening is a receipt too
    before = _seen(routes)
    for name in ("notice", "confirm", "snooze"):
        _ask(routes.browser["li"], PAGES[name], {"delivery": number})
    after = _seen(routes)
    assert [where for where in before if before[where] != after[where]] == []


def _seen(routes: SimpleNamespace) -> dict[tuple[str, str], object]:
    """Return what each role but 小李 and the author sees: a reader's page as it is, of others how often they name 小李."""
    found: dict[tuple[str, str], object] = {}
    for (name, page), (key, browser) in product(PAGES.items(), _browsers(routes).items()):
        if key in {"li", "zhang"} or name in {"file", "signin", "signout"} or "GET" not in getattr(page, "METHODS", ("GET",)):
            continue
        text = TOKEN.sub("", browser.get(_address(page, routes.own[key])).content.decode())
        found[name, key] = text if frozenset(page.ROLES) & {READER, ANYONE} else text.count("小李")
    return found
