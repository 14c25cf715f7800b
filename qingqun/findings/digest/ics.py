"""The deadlines of a digest as an iCalendar file (RFC 5545), written by the icalendar library."""

import hashlib
from datetime import timedelta

from icalendar import Calendar, Event

from qingqun.findings.digest.model import Digest, Item
from qingqun.i18n import _

SUMMARY = 40


def write(digest: Digest) -> bytes:
    """Return an iCalendar file with one event for each deadline still to come. Times are UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//qingqun//digest//ZH")
    calendar.add("version", "2.0")
    for item in digest.must_do:
        if item.deadline and not item.overdue:
            calendar.add_component(_event(item, digest))
    return bytes(calendar.to_ical())


def _event(item: Item, digest: Digest) -> Event:
    due = item.deadline
    assert due is not None
    event = Event()
    # The same notice gets the same id on every run, so that a calendar replaces it instead of doubling it.
    event.add("uid", hashlib.sha256(f"{due.isoformat()} {item.text}".encode()).hexdigest()[:32] + "@qingqun")
    event.add("dtstamp", digest.until)
    event.add("dtstart", due - timedelta(minutes=30))
    event.add("dtend", due)
    event.add("summary", _("截止：") + " ".join(item.text.split())[:SUMMARY])
    event.add("description", item.text)
    return event
