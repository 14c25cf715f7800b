"""Whatever readers do, in whatever order: no page of anybody but the author says afterwards anything else than before."""

import re
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hub_help import Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_help import delivery, sent

from qingqun.hub import story
from qingqun.hub.inbox import receive
from qingqun.hub.models import Complaint, Confirm, Draft, Notice, Power

NAMED = re.compile(r"<(?:\w+:)?(\w+)>")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|name="key" value="|nonce-)[^"]+"')
OTHERS = ("anonymous", "stranger", "chen", "zhao", "ji")  # neither the author nor who acts
LEAVING = {"signout", "account_logout"}
SUMS = {"metrics"}  # numbers of the whole hub: they change with every act, and name nobody
NAME = "小李"
MINUTE = timedelta(minutes=1)
ACTS = st.lists(
    st.tuples(st.sampled_from(["li", "wang"]), st.sampled_from([Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER]), st.integers(1, 3_000)),
    min_size=1,
    max_size=4,
)


def _routes() -> list[tuple[str, str]]:
    """Return every named address of the hub with its route, from the table that answers requests."""
    found: list[tuple[str, str]] = []

    def walk(patterns: list[Any], before: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, before + str(one.pattern))
            elif isinstance(one, URLPattern) and one.name:
                found.append((one.name, f"/{before}{one.pattern}"))

    walk(get_resolver().url_patterns, "")
    return [(name, route) for name, route in found if name not in LEAVING and not re.search(r"[(^\\]", route)]


@pytest.fixture
def asked(house: SimpleNamespace, clock: Clock, settings_attachments: None) -> SimpleNamespace:
    house.clock = clock
    Power.objects.create(person=house.chen, unit=house.street, right="supervisor")
    number = Draft.objects.create(key="d" * 32, author=house.zhang, unit=house.street, changed_at=clock.at).pk
    complaint = Complaint.objects.create(code="C1", text="太多", at=clock.at)
    house.named = {"draft": number, "complaint": complaint.pk, "code": complaint.code, "person": house.li.pk, "unit": house.street.pk}
    return house


def _seen(house: SimpleNamespace, named: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Ask every address as everybody else; give what came back, without what changes with every request."""
    found = {}
    for (name, route), key in product(_routes(), OTHERS):
        wanted = NAMED.findall(route)
        if not all(word in named for word in wanted):
            continue
        browser = house.anonymous if key == "anonymous" else house.browser[key]
        browser.raise_request_exception = False
        answer = browser.get(NAMED.sub(lambda word: str(named[word[1]]), route))
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        found[name, key] = f"{answer.status_code} {TOKEN.sub('', text)}"
    return found


@given(acts=ACTS, level=st.sampled_from([Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER]), tells=st.booleans())
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_tells_anybody_else_what_a_reader_did(
    asked: SimpleNamespace, acts: list[tuple[str, Confirm, int]], level: Confirm, tells: bool
) -> None:
    start = asked.clock.at
    type(asked.li).objects.filter(pk=asked.li.pk).update(tells_reading=tells)
    notice = sent(asked, start, confirm=str(level), deadline=start + timedelta(days=1), author=asked.zhang)
    own = delivery(notice, asked.li)
    named = asked.named | {"notice": notice.pk, "delivery": own}  # not a link: it is a reader's own door, and opening it an act
    later = start + timedelta(days=3)
    asked.clock.at = later
    before = _seen(asked, named)
    asked.clock.at = start
    for who, kind, minutes in acts:
        person = getattr(asked, who)
        receive(delivery(notice, person), person.pk, kind, start + minutes * MINUTE, answer="好" if kind == Confirm.ANSWER else "")
    asked.clock.at = later
    after = _seen(asked, named)
    changed = {where for where in before if before[where] != after[where]}
    assert {where for where in changed if where[0] not in SUMS or NAME in after[where]} == set()
    assert len({name for name, _key in before}) > 30
    asked.clock.at = start


def test_after_the_end_not_even_the_author_is_given_a_name(asked: SimpleNamespace) -> None:
    start, end = asked.clock.at, asked.clock.at + timedelta(days=1)
    notice = sent(asked, start, confirm="confirm", deadline=end, author=asked.zhang)
    page = f"/desk/sent/{notice.pk}/"
    assert NAME in asked.browser["zhang"].get(page).content.decode()
    story.forget(end)
    asked.clock.at = end
    assert NAME not in asked.browser["zhang"].get(page).content.decode()
    assert Notice.objects.get(pk=notice.pk).forgotten_at == end


def test_the_switches_are_ones_own_and_the_numbers_the_administrators(asked: SimpleNamespace) -> None:
    li, zhao = asked.browser["li"], asked.browser["zhao"]
    assert "恢复告知" in li.post("/mine/rhythm/", {"act": "reading", "tells": "0"}, follow=True).content.decode()
    assert "不再告知" in asked.browser["wang"].get("/mine/rhythm/").content.decode()
    assert "联系不到您" in li.post("/mine/rhythm/", {"act": "digest", "channel": "smtp", "way": "digest"}, follow=True).content.decode()
    assert "已保存" in zhao.post("/pace/", {"rings": "4", "window": "20", "reminders": "1"}, follow=True).content.decode()
    for wrong in ({"rings": "四"}, {"rings": "99", "window": "20", "reminders": "1"}):
        assert "已保存" not in zhao.post("/pace/", wrong, follow=True).content.decode()
    assert 'value="4"' in zhao.get("/pace/").content.decode()
