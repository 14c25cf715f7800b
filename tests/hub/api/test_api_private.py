"""Whatever a reader does: no call, search, calendar, subscription or measurement tells anybody else, and nothing exports a name to anybody."""

import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from hub_help import beijing
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from page_help import delivery, sent

from qingqun.hub import hooks
from qingqun.hub.api import feed, gate, holdings, keys, site
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.inbox import receive
from qingqun.hub.models import Confirm, Posting, Power

OTHERS = ("stranger", "wang", "chen", "zhao", "ji")  # neither the author nor who acts
NAME, ANSWER = "小李", "本社区三户"
MINUTE = timedelta(minutes=1)
ACTS = st.lists(st.tuples(st.sampled_from([Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER]), st.integers(1, 600)), min_size=1, max_size=3)


@pytest.fixture
def asked(house: SimpleNamespace, noon: Any, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Let everybody have what could tell them: every scope, a calendar with titles, a subscription, the supervisor's right."""
    monkeypatch.setattr(gate, "PACE", Rate(1_000_000, 60))
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["hook.example.gov.cn"])
    house.clock, house.posted = noon, list[bytes]()
    sending = import_module("qingqun.hub.hooks.send")

    def posted(_one: Any, body: bytes, *_more: Any) -> Any:
        house.posted.append(body)
        return sending.Ended(Posting.SENT, "200")

    monkeypatch.setattr(sending, "_posted", posted)
    Power.objects.create(person=house.wang, unit=house.street, right="supervisor")
    house.feeds = {key: feed.made(getattr(house, key).pk, house.noon, titles=True) for key in OTHERS}
    for key in ("zhang", "zhao"):
        unit = house.street.pk if key == "zhao" else None
        hooks.subscribed(getattr(house, key).pk, "https://hook.example.gov.cn/", hooks.EVENTS, house.noon, unit)
    return house


def _gets() -> list[str]:
    """Return the address of every call that only reads, from the table that answers."""
    found = [
        f"/{name}{address}"
        for name, router in site.routers().items()
        for address, view in router.path_operations.items()
        for operation in view.operations
        if "GET" in operation.methods
    ]
    return [one.replace("{collection}", part) for one in found for part in (holdings.COLLECTIONS if "{collection}" in one else ("",))]


def _seen(house: SimpleNamespace, named: dict[str, Any], people: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Return what each of them is told, by whatever way there is beside the pages; that they asked, which is entered too, is undone."""
    with transaction.atomic():
        found = {where: text for key in people for where, text in _told(house, named, key)}
        transaction.set_rollback(True)
    return found


def _told(house: SimpleNamespace, named: dict[str, Any], key: str) -> Iterator[tuple[tuple[str, str], str]]:
    for address in _gets():
        yield (address, key), house.program[key]("GET", address.format(**named)).text
    for query in (NAME, "报送", ANSWER):
        text = house.browser[key].get("/search/", {"q": query}).content.decode()
        yield (f"search {query}", key), re.sub(r'(value="|nonce-)[^"]+"', "", text)
    if key in house.feeds:
        yield ("calendar", key), Client(headers={"host": "hub.example.gov.cn"}).get(house.feeds[key]).content.decode()


@given(acts=ACTS, level=st.sampled_from([Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER]))
@how(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_reader_does_changes_nothing_that_others_can_fetch(
    asked: SimpleNamespace, acts: list[tuple[Confirm, int]], level: Confirm
) -> None:
    start, later = beijing("2026-03-11 10:00"), beijing("2026-03-13 10:00")
    asked.clock.at = start
    notice = sent(asked, start, confirm=str(level), deadline=start + timedelta(days=1))
    number = delivery(notice, asked.li)
    named = {"delivery": number, "key": notice.key, "hook": 1}
    asked.clock.at = later
    before = _seen(asked, named, OTHERS)
    for kind, minutes in acts:
        receive(number, asked.li.pk, kind, start + minutes * MINUTE, answer=ANSWER if kind == Confirm.ANSWER else "")
    after = _seen(asked, named, OTHERS)
    assert [where for where in before if before[where] != after[where]] == []
    given_out = {where: text for where, text in _seen(asked, named, ("zhang",)).items() if NAME in text or ANSWER in text}
    assert set(given_out) <= {(f"search {NAME}", "zhang"), (f"search {ANSWER}", "zhang")}  # the words that were typed stand in the form
    while hooks.send(asked.clock):
        pass
    assert asked.posted
    assert not [body for body in asked.posted if NAME.encode() in body]
    assert NAME not in asked.program["zhao"].client.get("/metrics").content.decode()


def test_the_way_asked_is_the_whole_way() -> None:
    assert len(_gets()) > 20
    assert keys.scopes()
