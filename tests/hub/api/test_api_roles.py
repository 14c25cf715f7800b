"""Every call, every role, as for pages: what happens is what the call declares. A new call is asked without being listed."""

import re
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from hub_help import beijing
from page_help import delivery, sent

from qingqun.hub.api import gate, keys, site
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.models import Draft, Hook

RIGHTS = {"li": set[str](), "stranger": set[str](), "zhang": {"author"}, "chen": {"approver"}, "zhao": {"administrator"}, "ji": {"auditor"}}
NAMED = re.compile(r"\{(\w+)\}")


def _calls() -> list[tuple[str, str, gate.Bearer]]:
    """Return every call as method, address below /api/v1, and its gate."""
    found = []
    for name, router in site.routers().items():
        for address, view in router.path_operations.items():
            for operation in view.operations:
                (bearer,) = operation.auth_callbacks
                assert isinstance(bearer, gate.Bearer)
                found += [(method, f"/{name}{address}", bearer) for method in operation.methods]
    return found


def _own(house: SimpleNamespace, key: str) -> dict[str, Any]:
    person = getattr(house, key)
    notice = sent(house, house.noon, audience={"persons": [person.pk]}, confirm="confirm")
    draft = Draft.objects.create(key=f"{person.pk:032x}", author=person, unit=person.unit, title="草稿", changed_at=house.noon)
    hook = Hook.objects.create(person=person, url="https://hook.example.gov.cn/", events="accepted", locked=b"", made_at=house.noon)
    return {"delivery": delivery(notice, person), "key": draft.key, "hook": hook.pk, "collection": "powers"}


@pytest.fixture
def calls(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(gate, "PACE", Rate(100_000, 60))
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["hook.example.gov.cn"])
    house.own = {key: _own(house, key) for key in RIGHTS}
    return house


def _body(method: str, address: str, house: SimpleNamespace) -> Any:
    """Return something that is understood, so that what answers is the call and not its reading."""
    bodies = {
        "/notices": {"unit": house.street.pk, "title": "表", "text": "请报表。"},
        "/notices/{key}": {"unit": house.street.pk, "title": "表", "text": "请报表。"},
        "/notices/{key}/accept": {"mark": "x"},
        "/deliveries/{delivery}/confirm": {"revision": 1},
        "/audiences/resolve": {"any": [{"unit": house.street.pk}]},
        "/webhooks/{hook}/secret": {"overlap_hours": 24},
        "/webhooks": {"url": "https://hook.example.gov.cn/", "events": ["accepted"]},
    }
    return bodies.get(address) if method in {"POST", "PUT"} else None


def _ask(program: Any, method: str, address: str, named: dict[str, Any], house: SimpleNamespace) -> Any:
    unknown = [word for word in NAMED.findall(address) if word not in named]
    assert not unknown, f"say in test_api_roles.py what {unknown} is"
    return program(method, address.format(**named), _body(method, address, house), Idempotency_Key=f"once-{id(program)}-{method}")


def test_every_role_is_let_in_where_it_is_declared_and_nowhere_else(calls: SimpleNamespace) -> None:
    wrong = []
    for (method, address, bearer), key in product(_calls(), RIGHTS):
        if method == "DELETE":
            continue  # asked below: it would take away what the next call names
        status = _ask(calls.program[key], method, address, calls.own[key], calls).status
        let_in = not bearer.rights or bool(bearer.rights & RIGHTS[key])
        if (status == 403) == let_in or status in {401, 500} or (let_in and status == 429):
            wrong.append((method, address, key, status))
    assert wrong == []


def test_without_a_token_or_its_scope_nothing_opens(calls: SimpleNamespace) -> None:
    wrong = []
    for method, address, bearer in _calls():
        others = [scope for scope in keys.scopes() if scope != bearer.scope]
        narrow = type(calls.nobody)(keys.made(calls.zhang.pk, "窄", others, 30, calls.noon, proven=True))
        found = [_ask(one, method, address, calls.own["zhang"], calls) for one in (calls.nobody, narrow)]
        if [one.status for one in found] != [401, 403] or {one.headers["Content-Type"] for one in found} != {"application/problem+json"}:
            wrong.append((method, address, [one.status for one in found]))
        for token in keys.alive(calls.zhang.pk, calls.noon)[:1]:
            keys.revoked(calls.zhang.pk, token.pk, calls.noon)
    assert wrong == []


def test_a_browsers_cookie_opens_nothing_here(calls: SimpleNamespace) -> None:
    assert {calls.browser["zhang"].get(f"/api/v1{way}").status_code for way in ("/notices", "/me", "/deliveries", "/webhooks")} == {401}


def test_what_is_anothers_is_not_found(calls: SimpleNamespace) -> None:
    wrong = []
    for (method, address, bearer), key in product(_calls(), RIGHTS):
        if not {"delivery", "key", "hook"} & set(NAMED.findall(address)) or (bearer.rights and not bearer.rights & RIGHTS[key]):
            continue
        other = calls.own["stranger" if key != "stranger" else "li"]
        status = _ask(calls.program[key], method, address, other, calls).status
        if status != 404:
            wrong.append((method, address, key, status))
    assert wrong == []
    assert (
        Draft.objects.filter(author__in=[calls.li, calls.stranger]).count()
        == Hook.objects.filter(person__in=[calls.li, calls.stranger], active=True).count()
        == 2
    )


def test_no_call_says_who_read_or_confirmed(calls: SimpleNamespace) -> None:
    """小李 confirms; whatever anybody else may fetch, their author too, names nobody who did."""
    notice = sent(calls, beijing("2026-03-11 09:00"), audience={"persons": [calls.li.pk]}, confirm="confirm")
    calls.program["li"]("POST", f"/deliveries/{delivery(notice, calls.li)}/confirm", {"revision": 1})
    named = {key: calls.own[key] | {"key": notice.key} for key in RIGHTS}
    texts = [
        (method, address, key, _ask(calls.program[key], method, address, named[key], calls).text)
        for (method, address, _bearer), key in product(_calls(), RIGHTS)
        if method == "GET" and key != "li"
    ]
    assert [(address, key) for _method, address, key, text in texts if "小李" in text] == []
