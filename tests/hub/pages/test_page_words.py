"""Words are kept once they were said: each reader still gets those of their own language and day, and nothing unescaped."""

from datetime import timedelta

from hub_help import beijing
from markupsafe import Markup

from qingqun.hub.moment import to_ms
from qingqun.hub.pages._words import at_word, due_word, held_word
from qingqun.hub.templating import address, said
from qingqun.i18n import speaking

WEDNESDAY = beijing("2026-03-11 10:00")
SATURDAY = beijing("2026-03-14 17:30")


def test_a_day_is_said_in_each_readers_language_one_after_the_other() -> None:
    for _turn in range(2):
        with speaking("zh"):
            assert at_word(SATURDAY, WEDNESDAY) == "周六 17:30"
        with speaking("en"):
            assert at_word(SATURDAY, WEDNESDAY) == "Saturday 17:30"


def test_the_same_day_is_called_otherwise_as_time_goes_on() -> None:
    words = [at_word(SATURDAY, SATURDAY + timedelta(days=days)) for days in (-2, -1, 0, 1, 7)]
    assert words == ["后天 17:30", "明天 17:30", "今天 17:30", "昨天 17:30", "3月14日（周六） 17:30"]
    assert due_word(to_ms(SATURDAY), WEDNESDAY) == "周六 17:30 前"


def test_why_it_was_held_is_said_for_its_own_day_and_language() -> None:
    reason = {"code": "rest_day", "opens": "2026-03-16T08:30:00+08:00"}
    saturday, sunday = beijing("2026-03-14 09:00"), beijing("2026-03-15 09:00")
    assert "3月14日（周六）是休息日" in held_word(reason, saturday, sunday)
    assert "3月15日（周日）是休息日" in held_word(reason, sunday, sunday)
    with speaking("en"):
        assert "休息日" not in held_word(reason, saturday, sunday)


def test_a_templates_words_keep_their_language_and_escape_what_is_put_in() -> None:
    with speaking("en"):
        english = said("收件箱")
    assert (english, said("收件箱")) == ("Inbox", "收件箱")
    assert said("与“%(title)s”相同", title="<b>") == Markup("与“&lt;b&gt;”相同")


def test_an_address_with_and_without_a_number() -> None:
    assert (address("inbox"), address("notice", kwargs={"delivery": 7}), address("inbox")) == ("/", "/n/7/", "/")
