"""What an administrator may set about reminders and rings, and what counts where nothing is set."""

from datetime import datetime, timedelta
from typing import NamedTuple

from qingqun.hub import ledger, sql
from qingqun.hub.models import Setting
from qingqun.i18n import _
from qingqun.words import Refused

PACING = "pacing"  # the setting


class Pacing(NamedTuple):
    """`reminders` of one notice, routine `rings` for one person and day across all senders, `window` in minutes between two of them."""

    reminders: int = 2
    rings: int = 6
    window: int = 30

    @property
    def apart(self) -> timedelta:
        """Return how long after a ring the next one comes at the earliest."""
        return timedelta(minutes=self.window)


LEAST, MOST = Pacing(0, 1, 0), Pacing(5, 30, 240)


def pacing() -> Pacing:
    """Return what counts now."""
    kept = Setting.objects.filter(key=PACING).values_list("value", flat=True).first() or {}
    return Pacing(**{name: int(kept[name]) for name in Pacing._fields if name in kept})


def set_pacing(wanted: Pacing, by: int, now: datetime) -> None:
    """Keep what an administrator chose.

    Raises:
        Refused: a number lies outside what the product allows.
    """
    for low, value, high in zip(LEAST, wanted, MOST, strict=True):
        if not low <= value <= high:
            raise Refused(_("应在 {low} 到 {high} 之间").format(low=low, high=high))
    with sql.act():
        Setting.objects.update_or_create(key=PACING, defaults={"value": wanted._asdict()})
        ledger.write("pacing", now, person=by, count=1, data=wanted._asdict())
