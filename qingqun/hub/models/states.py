"""The words a row may hold in its text columns, each with its meaning. Kept as text, so that a table can be read as it is."""

from enum import StrEnum


class State(StrEnum):
    """Where a delivery stands. Every delivery is in exactly one; their sum is what was accepted."""

    HELD = "held"  # waits for the person's working time
    QUEUED = "queued"  # released for a person without an inbox: only a channel can bring it
    SENT = "sent"  # a channel took it, without proof
    DELIVERED = "delivered"  # durable in the inbox, or proven by the platform
    FOLDED = "folded"  # the person has the same from elsewhere; in the inbox, folded
    WITHDRAWN = "withdrawn"  # taken back by its author
    EXPIRED = "expired"  # its validity ended before it was released
    REFUSED = "refused"  # by the channel, for good
    UNKNOWN = "unknown"  # a channel's outcome nobody knows


class Ring(StrEnum):
    """Where an attempt to ring stands."""

    QUEUED = "queued"
    SENDING = "sending"  # leased by a worker
    SENT = "sent"  # the channel said ok, which proves nothing
    DELIVERED = "delivered"  # proven by the platform
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"
    NEEDLESS = "needless"  # read, withdrawn or expired before it rang


class Job(StrEnum):
    """Where the reading of a directory stands."""

    ASKED = "asked"
    READING = "reading"
    READ = "read"  # it can be looked at
    TAKEN = "taken"
    REFUSED = "refused"


class Posting(StrEnum):
    """Where an event for a subscription stands."""

    QUEUED = "queued"
    SENDING = "sending"  # leased; a lease that is lost is sent again
    SENT = "sent"  # the receiver took it
    FAILED = "failed"  # given up after days
    DROPPED = "dropped"  # its subscription ended first, or there is nothing to tell any more


class Lane(StrEnum):
    """Emergencies have their own worker and never wait behind anything."""

    ROUTINE = "routine"
    EMERGENCY = "emergency"


class Importance(StrEnum):
    ROUTINE = "routine"  # in the inbox when the person's work opens
    IMPORTANT = "important"  # in the inbox at once, rings when work opens
    EMERGENCY = "emergency"  # rings at once, for those on duty only


class Confirm(StrEnum):
    """What is asked of the reader."""

    NONE = "none"
    READ = "read"  # opening it is enough
    CONFIRM = "confirm"  # one tap
    ANSWER = "answer"  # a text or a file, seen by the author alone


class Means(StrEnum):
    """How a receipt came in."""

    INBOX = "inbox"
    LINK = "link"
    CHANNEL = "channel"
    PAPER = "paper"
    TELEPHONE = "telephone"
    DEPUTY = "deputy"  # by who stood in for somebody on leave


class Stance(StrEnum):
    FOLLOW = "follow"
    MUTE = "mute"  # in the inbox, never rings


class Right(StrEnum):
    """What somebody may do in a unit and below. Administrator and auditor are never one person."""

    AUTHOR = "author"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SUPERVISOR = "supervisor"  # sees how notices stand, in steps of people, never who


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return an enumeration as Django's choices."""
    return [(word.value, word.value) for word in words]
