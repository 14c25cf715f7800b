"""A stranger's name may not turn a page around."""

from jinja2 import Environment
from markupsafe import Markup

from qingqun.office.plainly import plainly


def test_marks_that_turn_or_hide_text_are_left_out() -> None:
    assert plainly("外人\u202e张主任\u2066\U000e0041") == "外人张主任"


def test_markup_stays_markup_and_text_is_still_escaped() -> None:
    page = Environment(autoescape=True, finalize=plainly).from_string("{{ text }}{{ ours }}{{ number }}")
    assert page.render(text="<script>\u202e", ours=Markup("<b>\u202e</b>"), number=5) == "&lt;script&gt;<b></b>5"
