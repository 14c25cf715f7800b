"""A program writes, looks, sends, and sees how it stands: as the desk does, and nothing more."""

from types import SimpleNamespace
from typing import Any

import pytest

from qingqun.hub.models import Draft, Entry, Notice, Person, Power, User

ONCE = {"Idempotency_Key": "order-2026-0001"}


def words(house: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    return {
        "unit": house.street.pk,
        "title": "报送统计表",
        "text": "请各社区于周五下班前报送一季度统计表。",
        "audience": {"any": [{"unit": house.street.pk, "below": True}]},
        **changed,
    }


def written(house: SimpleNamespace, **changed: Any) -> str:
    answer = house.program["zhang"]("POST", "/notices", words(house, **changed), **ONCE)
    assert answer.status == 201, answer.said
    return str(answer.said["id"])


def test_a_notice_goes_from_draft_to_delivery_and_is_sent_once(house: SimpleNamespace) -> None:
    call = house.program["zhang"]
    key = written(house)
    said = call("POST", f"/notices/{key}/preflight").said
    assert (said["people"], said["fewer_than"], said["blocks"]) == (6, None, [])
    sending = {"mark": said["mark"], "seen": True}
    first, second = (call("POST", f"/notices/{key}/accept", sending).said for _time in range(2))
    assert (first["people"], first["again"], second["people"], second["again"]) == (6, False, 6, True)
    assert Notice.objects.count() == 1
    stands = call("GET", f"/notices/{key}").said
    assert (stands["state"], stands["counts"]["people"], stands["counts"]["delivered"]) == ("accepted", 6, 6)
    assert [one["id"] for one in call("GET", "/notices").said["items"]] == [key]
    assert "小李" not in str(stands)


def test_the_same_key_makes_one_draft_and_refuses_other_words(house: SimpleNamespace) -> None:
    call, key = house.program["zhang"], written(house)
    again = call("POST", "/notices", words(house), **ONCE)
    assert (again.status, again.said["id"]) == (200, key)
    other = call("POST", "/notices", words(house, title="别的"), **ONCE)
    assert (other.status, other.headers["Content-Type"]) == (409, "application/problem+json")
    assert (other.said["title"], other.said["title_en"] != "") == ("与现在的状态冲突", True)
    assert Draft.objects.count() == 1
    assert call("POST", "/notices", words(house)).status == 422


def test_a_draft_is_changed_and_thrown_away_by_its_author_alone(house: SimpleNamespace) -> None:
    key = written(house)
    for method, way in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/preflight"), ("POST", "/accept")):
        body = words(house) if method == "PUT" else {"mark": "x"} if way == "/accept" else None
        assert house.program["li"](method, f"/notices/{key}{way}", body).status == 403
    other = Person.objects.create(name="钱主任", unit=house.street, user=User.objects.create_user("qian"))
    Power.objects.create(person=other, unit=house.street, right="author")
    assert house.program["zhang"]("PUT", f"/notices/{key}", words(house, title="改过")).said["title"] == "改过"
    assert house.program["zhang"]("DELETE", f"/notices/{key}").status == 204
    assert house.program["zhang"]("GET", f"/notices/{key}").status == 404


def test_what_may_never_be_sent_is_refused_and_not_kept(house: SimpleNamespace) -> None:
    answer = house.program["zhang"]("POST", "/notices", words(house, text="机密★10年 名单"), **ONCE)
    assert (answer.status, Draft.objects.count()) == (422, 0)
    assert "机密★" not in answer.text


@pytest.mark.parametrize("reach", ["unit", "persons", "elsewhere"])
def test_nobody_out_of_reach_is_named(house: SimpleNamespace, reach: str) -> None:
    terms: dict[str, Any] = {"unit": {"unit": house.other.pk}, "persons": {"persons": [house.stranger.pk]}, "elsewhere": {"unit": 999_999}}
    answer = house.program["zhang"]("POST", "/notices", words(house, audience={"any": [terms[reach]]}), **ONCE)
    assert (answer.status, Draft.objects.count()) == (422, 0)
    assert house.program["zhang"]("POST", "/notices", words(house, unit=house.other.pk), **ONCE).status == 422


def test_what_is_against_a_rule_is_sent_only_by_who_has_seen_it(house: SimpleNamespace) -> None:
    call = house.program["zhang"]
    key = written(house, text="请在微信群内接龙回复收到，未回复的通报批评，并将现场照片发到群里。")
    said = call("POST", f"/notices/{key}/preflight").said
    assert said["remarks"]
    if said["broken"]:
        assert call("POST", f"/notices/{key}/accept", {"mark": said["mark"]}).status == 409
        assert call("POST", f"/notices/{key}/accept", {"mark": said["mark"], "seen": True}).status == 200
        assert Entry.objects.filter(act="overrule").exists()


def test_a_text_changed_since_the_preflight_is_not_sent(house: SimpleNamespace) -> None:
    call, key = house.program["zhang"], written(house)
    mark = call("POST", f"/notices/{key}/preflight").said["mark"]
    call("PUT", f"/notices/{key}", words(house, text="改过的正文。"))
    assert call("POST", f"/notices/{key}/accept", {"mark": mark, "seen": True}).status == 409
    assert Notice.objects.count() == 0


def test_an_emergency_waits_for_a_second_person(house: SimpleNamespace) -> None:
    call = house.program["zhang"]
    key = written(house, importance="emergency", ground="CN-WT-04:disaster", text="山洪预警，请立即到岗。")
    mark = call("POST", f"/notices/{key}/preflight").said["mark"]
    answer = call("POST", f"/notices/{key}/accept", {"mark": mark, "seen": True})
    assert (answer.status, answer.said["state"], Notice.objects.count()) == (202, "asked", 0)
    assert call("GET", f"/notices/{key}").said["state"] == "asked"


def test_an_audience_is_a_count_and_never_of_few(house: SimpleNamespace) -> None:
    call = house.program["zhang"]
    assert call("POST", "/audiences/resolve", {"any": [{"unit": house.street.pk, "below": True}]}).said == {"people": 6, "fewer_than": None}
    assert call("POST", "/audiences/resolve", {"any": [{"unit": house.east.pk}]}).said == {"people": None, "fewer_than": 5}
    assert call("POST", "/audiences/resolve", {"any": [{"unit": house.other.pk}]}).status == 422
    assert call("POST", "/audiences/resolve", {"any": [{"unit": 1, "role": 2}]}).status == 422
    assert call("POST", "/audiences/resolve", {}).said["people"] == 0
