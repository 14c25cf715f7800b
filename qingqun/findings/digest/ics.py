"""The deadlines of a digest as an iCalendar file (RFC 5545), written by the icalendar library; no alarms."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from qingqun.findings.digest.claim import Claim
from qingqun.findings.digest.model import Digest, Item
from qingqun.findings.digest.spoken import day_only, harmless, seen
from qingqun.i18n import _, language

SUMMARY = 40


def due_items(digest: Digest) -> Iterator[Item]:
    """Yield what is still to come for the reader, surely or perhaps: what the file holds."""
    for item in (*digest.must_do, *digest.perhaps):
        if item.deadline and not item.overdue:
            yield item


def write(digest: Digest) -> bytes:
    """Return an iCalendar file with one event for each deadline still to come: in UTC, or the whole day where no hour is named.

    What is only perhaps the reader's is tentative. Lines end in CRLF and are folded at 75 octets.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//qingqun//digest//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for item in due_items(digest):
        calendar.add_component(_event(item, digest))
    return bytes(calendar.to_ical())


def _event(item: Item, digest: Digest) -> Event:
    due = item.deadline
    assert due is not None
    sure = item.claim < Claim.PERHAPS
    event = Event()
    # The same notice gets the same id on every run, so that a calendar replaces it instead of doubling it.
    event.add("uid", f"{item.key}@qingqun")
    event.add("dtstamp", digest.until.astimezone(UTC))
    if day_only(due):
        event.add("dtstart", due.date())
        event.add("dtend", due.date() + timedelta(days=1))
    else:
        event.add("dtstart", (due - timedelta(minutes=30)).astimezone(UTC))
        event.add("dtend", due.astimezone(UTC))
    event.add("status", "CONFIRMED" if sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("summary", (_("截止：") if sure else _("可能要办：")) + " ".join(harmless(item.text).split())[:SUMMARY])
    event.add("description", harmless(f"{item.text}\n\n{seen(item)}\n{item.why}"))
    return event
