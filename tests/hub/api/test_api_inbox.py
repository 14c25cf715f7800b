"""One's own inbox, one's own data, one's own subscriptions: by token, and never anybody else's."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from page_help import corrected, delivery, sent

from qingqun.hub.api import gate, holdings, keys
from qingqun.hub.models import Entry, Hook, Person, Receipt, Token


def test_the_inbox_comes_a_page_at_a_time_whatever_is_added_meanwhile(house: SimpleNamespace) -> None:
    for number in range(5):
        sent(house, house.noon, title=f"第 {number} 条")
    call, found, cursor = house.program["li"], list[str](), ""
    for _page in range(3):
        answer = call("GET", f"/deliveries?limit=2&cursor={cursor}").said
        found += [one["title"] for one in answer["items"]]
        cursor = answer["next"] or ""
        sent(house, house.noon, title="后来的")
    assert found == [f"第 {number} 条" for number in (4, 3, 2, 1, 0)]
    assert cursor == ""
    for odd in ("x", "MTIz!", "LTE=", "9" * 30):
        assert call("GET", f"/deliveries?cursor={odd}").status == 422
    assert call("GET", "/deliveries?limit=0").status == call("GET", "/deliveries?limit=101").status == 422


def test_looking_is_no_receipt_and_confirming_is_of_the_revision_that_was_read(house: SimpleNamespace) -> None:
    notice = sent(house, house.noon, confirm="confirm")
    number, call = delivery(notice, house.li), house.program["li"]
    assert call("GET", f"/deliveries/{number}").said["text"] == notice.text
    assert not Receipt.objects.exists()
    notice.revisions.create(number=2, title=notice.title, text="新", by=house.zhang, at=house.noon, material=True)
    notice.revision = 2
    notice.save()
    assert call("POST", f"/deliveries/{number}/confirm", {"revision": 1}).status == 409
    assert call("POST", f"/deliveries/{number}/confirm", {"revision": 2}).said == {"new": True}
    assert call("POST", f"/deliveries/{number}/confirm", {"revision": 2}).said == {"new": False}
    assert house.program["stranger"]("GET", f"/deliveries/{number}").status == 404
    assert house.program["wang"]("POST", f"/deliveries/{number}/confirm", {"revision": 2}).status == 404


def test_what_is_held_is_not_shown_before_its_time(house: SimpleNamespace) -> None:
    sent(house, house.noon, send_at=house.noon + timedelta(days=1), title="明天的")
    assert house.program["li"]("GET", "/deliveries").said["items"] == []


def test_everything_held_on_a_person_can_be_taken_and_no_secret_with_it(house: SimpleNamespace) -> None:
    corrected(sent(house, house.noon, confirm="confirm"), "改过", house.noon)
    call = house.program["zhang"]
    said = call("GET", "/me").said
    assert said["collections"]["notices"] == said["collections"]["powers"] == 1
    whole = {name: call("GET", f"/me/{name}").said["items"] for name in said["collections"]}
    taken = Entry.objects.filter(act="export", person=house.zhang.pk)
    assert list(taken.order_by("pk").values_list("data", flat=True)) == [f'{{"what":"own {name}"}}' for name in whole]
    said["collections"]["acts"] += len(whole) - 1  # taking each is an act of theirs; the last is taken before it is written
    assert {name: len(rows) for name, rows in whole.items()} == said["collections"]
    assert whole["person"][0]["name"] == "张主任"
    assert not {"password", "locked", "stored"} & {column for rows in whole.values() for row in rows for column in row}
    assert "digest" not in whole["tokens"][0]
    assert house.program["li"]("GET", "/me/notices").said["items"] == []
    assert call("GET", "/me/passwords").status == 404


def test_no_table_that_names_a_person_is_forgotten() -> None:
    """What is left out is another's, or is named here with its reason."""
    others = {
        "hub_person.deputy": "is in the deputy's principal's row",
        "hub_receipt.recorder": "another's receipt",
        "hub_complaint.answerer": "another's complaint",
        "hub_delivery.behalf": "another's delivery",
        "hub_identity.joined_by": "another's name on a platform",
        "hub_identity.parted_by": "same",
    }
    known = {one.model for one in holdings.COLLECTIONS.values()}
    forgotten = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            about = field.related_model in {Person, apps.get_model("hub", "User")}
            if about and model not in known and f"{model._meta.db_table}.{field.name}" not in others:
                forgotten.append(f"{model._meta.db_table}.{field.name}")
    assert forgotten == []


def test_a_token_is_shown_once_kept_as_a_digest_and_taken_back(house: SimpleNamespace) -> None:
    secret = keys.made(house.li.pk, "日程", ["deliveries"], 30, house.noon, proven=False)
    token = Token.objects.latest("pk")
    assert secret not in str(Token.objects.values())
    call = type(house.nobody)(secret)
    assert call("GET", "/deliveries").status == 200
    refused = call("POST", "/deliveries/1/confirm", {"revision": 1})
    assert (refused.status, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert not keys.revoked(house.wang.pk, token.pk, house.noon)
    assert keys.revoked(house.li.pk, token.pk, house.noon)
    assert call("GET", "/deliveries").status == 401


def test_a_token_ends_with_its_time_and_with_its_person(house: SimpleNamespace, noon: SimpleNamespace) -> None:
    noon.at = house.noon + timedelta(days=31)
    assert house.program["li"]("GET", "/deliveries").status == 401
    noon.at = house.noon
    Person.objects.filter(pk=house.li.pk).update(left_at=house.noon)
    assert house.program["li"]("GET", "/deliveries").status == 401
    assert house.nobody("GET", "/deliveries").headers["WWW-Authenticate"] == "Bearer"


def test_a_right_that_needs_a_second_factor_holds_only_for_a_token_made_after_one(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["hook.example.gov.cn"])
    plain = type(house.nobody)(keys.made(house.zhao.pk, "旧", list(keys.scopes()), 30, house.noon, proven=False))
    asked = {"url": "https://hook.example.gov.cn/in", "events": ["accepted"], "unit": house.street.pk}
    assert plain("POST", "/webhooks", asked).status == 201  # the tests' hub asks for none
    monkeypatch.setattr(settings, "SECOND_FACTOR", "rights")
    assert plain("POST", "/webhooks", asked).status == 403
    assert house.program["zhao"]("POST", "/webhooks", asked).status == 201
    monkeypatch.setattr(settings, "SECOND_FACTOR", "all")
    assert plain("GET", "/deliveries").status == 401


def test_a_token_has_a_pace(house: SimpleNamespace, noon: SimpleNamespace) -> None:
    answers = [house.program["li"]("GET", "/me") for _time in range(gate.PACE.number // 2 + 1)]
    assert {one.status for one in answers[:-1]} == {200}
    assert (answers[-1].status, int(answers[-1].headers["Retry-After"]) >= 1) == (429, True)
    assert house.program["wang"]("GET", "/me").status == 200
    noon.at = house.noon + timedelta(seconds=30)
    assert house.program["li"]("GET", "/me").status == 200


def test_errors_are_problem_documents(house: SimpleNamespace) -> None:
    for method, way, status in (
        ("GET", "/nothing", 404),
        ("PUT", "/me", 405),
        ("GET", "/deliveries/x", 422),
        ("GET", "/deliveries/9", 404),
    ):
        answer = house.program["li"](method, way)
        assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json"), way
        assert {"type", "title", "title_en", "status"} <= set(answer.said)
    broken = house.program["li"].client.post("/api/v1/deliveries/1/confirm", "{", content_type="application/json")
    assert (broken.status_code, json.loads(broken.content)["status"]) == (400, 400)


def test_a_subscription_goes_only_where_the_administrator_allows(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["hook.example.gov.cn"])
    call = house.program["zhang"]
    for url in (
        "https://evil.example.com/",
        "http://hook.example.gov.cn/",
        "https://a@hook.example.gov.cn/",
        "https://hook.example.gov.cn:x/",
    ):
        assert call("POST", "/webhooks", {"url": url, "events": ["accepted"]}).status == 422, url
    made = call("POST", "/webhooks", {"url": "https://hook.example.gov.cn/in", "events": ["withdrawn", "accepted"]})
    assert made.said["secret"].startswith("whsec_")
    assert "secret" not in call("GET", "/webhooks").said[0]
    assert made.said["secret"].encode() not in bytes(Hook.objects.get().locked)
    assert house.program["li"]("GET", "/webhooks").status == 403
    assert house.program["zhao"]("DELETE", f"/webhooks/{made.said['id']}").status == 404
    other = {"url": "https://hook.example.gov.cn/in", "events": ["accepted"], "unit": house.other.pk}
    assert house.program["zhao"]("POST", "/webhooks", other).status == 404
    assert call("DELETE", f"/webhooks/{made.said['id']}").status == 204
