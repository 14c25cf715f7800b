"""What the tests of pages say often."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.test import Client
from hub_help import written

from qingqun.hub import accept, hold, release
from qingqun.hub.models import Delivery, Notice, Person, Revision, User

PASSWORD = "long-enough-82"


def signed_in(person: Person, username: str) -> Client:
    """Give a person an account and return their browser, signed in."""
    person.user = User.objects.create_user(username, password=PASSWORD)
    person.save(update_fields=["user"])
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person.user, backend="qingqun.hub.pages._account.ByName")
    return browser


def sent(office: SimpleNamespace, now: datetime, **changed: Any) -> Notice:
    """Send a notice of 张主任 to the whole street, past the desk, and let go what is due."""
    notice = written(office, **changed)
    accept.accept(notice, lambda groups, importance, at: hold.plan(list(groups), hold.hours_of(groups), importance, at), now)
    release.release(now)
    return notice


def delivery(notice: Notice, person: Person) -> int:
    """Return the number of a person's delivery of a notice."""
    return int(Delivery.objects.values_list("pk", flat=True).get(notice=notice, person=person))


def corrected(notice: Notice, text: str, now: datetime) -> None:
    """Let the author correct a notice."""
    notice.revision, notice.text = notice.revision + 1, text
    notice.save()
    Revision.objects.create(notice=notice, number=notice.revision, title=notice.title, text=text, by=notice.author, at=now)
