"""What the tests of the desk say often: write a draft, press a button of its preview, send it."""

from types import SimpleNamespace
from typing import Any

from qingqun.hub.models import (
    Draft,
    Notice,
    Person,
)

PLAIN = {"title": "报送统计表", "text": "请各社区于周五下班前报送一季度统计表。", "importance": "routine", "confirm": "none"}


def begun(desk: SimpleNamespace, **form: Any) -> Draft:
    """Write a draft to the whole street and keep it."""
    desk.author.post("/desk/new/", {**PLAIN, "term": f"unit:{desk.street.pk}:below", **form})
    return Draft.objects.latest("pk")


def more_people(desk: SimpleNamespace, count: int = 6) -> None:
    Person.objects.bulk_create([Person(name=f"组员{number}", unit=desk.street) for number in range(count)])


def preview(desk: SimpleNamespace, draft: Draft, **form: str) -> str:
    """Press a button of the preview, with the mark the page holds; return the page that follows."""
    address = f"/desk/{draft.pk}/preview/"
    page = desk.author.get(address, follow=True).content.decode()
    if not form:
        return str(page)
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    return str(desk.author.post(address, {"mark": mark, **form}, follow=True).content.decode())


def sent(desk: SimpleNamespace, **form: Any) -> Notice:
    preview(desk, begun(desk, **form), act="send", seen="1")
    return Notice.objects.latest("pk")
