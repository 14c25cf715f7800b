"""The inbox: the row is the delivery, so there is nothing to ring."""

from collections.abc import Iterable, Iterator

from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("收件箱")
LIMITS = Limits()
KEYED = True
FIELDS: tuple[Field, ...] = ()


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    return Message(ringing.attempt, ringing.mark, ringing.address, b"")


def send(messages: Iterable[Message], _credentials: Credentials) -> Iterator[Sent]:
    return ((message.attempt, classify(None)) for message in messages)


def classify(_response: object) -> Outcome:
    return Outcome(Ring.DELIVERED)
