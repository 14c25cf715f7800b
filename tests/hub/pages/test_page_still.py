"""What is made once and shown to many: texts in a template, the policy, the way around. Each still sees what is theirs."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jinja2 import DictLoader, UndefinedError

from qingqun.hub.models import Power, User
from qingqun.hub.now import now
from qingqun.hub.pages._account import account
from qingqun.hub.pages._visitor import behind, visitor_of
from qingqun.hub.templating import environment
from qingqun.i18n import speaking

TEXTS = {
    "still.html": '{{ _("收件箱") }} {{ url("inbox") }}',
    "moving.html": '{{ _("与“%(title)s”相同", title=title) }} {{ _(label) }} {{ url("notice", kwargs={"delivery": number}) }}',
    "_icons.html": "<i>{{ name }}</i>",
    "drawn.html": '{{ icon("check") }}{{ icon(name) }}',
    "unknown.html": "{{ nobody }}",
}
PAGES = environment(loader=DictLoader(TEXTS))


def test_a_still_text_stands_in_each_language() -> None:
    for _turn in range(2):
        assert PAGES.get_template("still.html").render() == "收件箱 /"
        with speaking("en"):
            assert PAGES.get_template("still.html").render() == "Inbox /"


def test_what_moves_is_asked_each_time_and_escaped() -> None:
    template = PAGES.get_template("moving.html")
    assert template.render(title="<b>", label="收件箱", number=7) == "与“&lt;b&gt;”相同 收件箱 /n/7/"
    assert template.render(title="乙", label="没有译文", number=8) == "与“乙”相同 没有译文 /n/8/"


def test_a_picture_is_drawn_and_not_escaped() -> None:
    assert PAGES.get_template("drawn.html").render(name="inbox") == "<i>check</i><i>inbox</i>"


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        PAGES.get_template("unknown.html").render()


def test_account_and_powers_come_with_one_statement(house: SimpleNamespace) -> None:
    number = house.zhang.user_id
    with CaptureQueriesContext(connection) as asked:
        found = account(number)
        assert found is not None
        assert behind(found) == visitor_of(number)  # the second statement
    assert len(asked) == 2
    assert (found, found.password, found.date_joined) == (house.zhang.user, house.zhang.user.password, house.zhang.user.date_joined)


def test_an_account_come_by_otherwise_is_asked_for_its_person(house: SimpleNamespace) -> None:
    assert behind(User.objects.get(pk=house.li.user_id)) == visitor_of(house.li.user_id)


def test_nobody_stands_behind_the_account_of_who_has_left(house: SimpleNamespace) -> None:
    house.li.left_at = now()
    house.li.save(update_fields=["left_at"])
    found = account(house.li.user_id)
    assert found is not None
    assert behind(found) is None
    assert house.browser["li"].get("/").status_code == 302


def test_an_account_that_is_closed_or_gone_is_none(house: SimpleNamespace) -> None:
    User.objects.filter(pk=house.li.user_id).update(is_active=False)
    assert (account(house.li.user_id), account(10**6)) == (None, None)
    assert house.browser["li"].get("/").status_code == 302


def test_a_right_given_or_taken_shows_in_the_next_page(house: SimpleNamespace) -> None:
    assert "发通知" not in house.browser["li"].get("/").content.decode()
    power = Power.objects.create(person=house.li, unit=house.street, right="author")
    assert "发通知" in house.browser["li"].get("/").content.decode()
    power.delete()
    assert "发通知" not in house.browser["li"].get("/").content.decode()


def test_each_form_of_a_page_carries_the_same_mark_and_a_page_without_forms_none(house: SimpleNamespace) -> None:
    page = house.browser["li"].get("/mine/").content.decode()
    marks = {piece.split('"', 1)[0] for piece in page.split('name="csrfmiddlewaretoken" value="')[1:]}
    assert len(marks) == 1
    assert "csrfmiddlewaretoken" not in house.browser["li"].get("/all/").content.decode()


def test_every_answer_has_the_policy_and_an_error_too(house: SimpleNamespace) -> None:
    policies = {house.browser["li"].get(path).headers["Content-Security-Policy"] for path in ("/", "/mine/", "/n/999/", "/desk/")}
    assert len(policies) == 1
    assert "default-src 'none'" in policies.pop()
