"""The interface against its own description: schemathesis sends what fits it and what does not, to every call, with a token."""

from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django
from hypothesis import HealthCheck, Phase, given, settings
from page_help import sent
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from qingqun.hub.api import gate, keys, site
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.wsgi import application

CHECKS = [content_type_conformance, not_a_server_error, response_schema_conformance, status_code_conformance]


@pytest.fixture
def described(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(gate, "PACE", Rate(1_000_000, 60))
    monkeypatch.setattr(django, "WEBHOOK_HOSTS", ["hook.example.gov.cn"])
    sent(house, house.noon, confirm="confirm", author=house.zhang)
    secret = keys.made(house.zhang.pk, "schema", list(keys.scopes()), 30, house.noon, proven=True)
    house.secret = secret
    return house


def test_every_call_does_what_its_description_says(described: SimpleNamespace) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers={"Host": "localhost"})
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        asked.add((operation.method, operation.path))
        _tried(operation, described.secret)
    assert len(asked) == sum(len(view.operations) for router in site.routers().values() for view in router.path_operations.values())


def _tried(operation: Any, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Host": "localhost", "Accept-Encoding": "identity"}
    found = set[int]()
    for mode in schemathesis.GenerationMode:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=8, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
        def sent_and_read(case: Any) -> None:
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            found.add(answer.status_code)

        sent_and_read()
    assert found != {401}  # what is sent wrong on purpose may lack the token
