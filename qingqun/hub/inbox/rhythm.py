"""What a person chose about being rung and about telling that they read."""

import re
from datetime import datetime
from typing import NamedTuple

from qingqun.hub import ledger, sql
from qingqun.hub.models import Digest, Person
from qingqun.hub.moment import from_ms
from qingqun.i18n import _
from qingqun.words import Refused

MOST_TIMES = 4
UNSETTLED = from_ms(0)  # nothing is gathered for it yet; the next look says when it comes
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


class Reached(NamedTuple):
    """A channel that reaches a person; `digest` with its times, empty for when work opens, where they chose one."""

    channel: str
    digest: bool
    times: str


_CHANNELS = """
SELECT c.channel, d.times FROM hub_contact c LEFT JOIN hub_digest d ON d.person_id = c.person_id AND d.channel = c.channel
WHERE c.person_id = %s ORDER BY c.rank, c.channel
"""


def tells(person: int) -> bool:
    """Tell whether others learn that somebody read what asks only to be read."""
    return bool(Person.objects.values_list("tells_reading", flat=True).get(pk=person))


def tell_reading(person: int, *, tells: bool, now: datetime) -> None:
    """Choose whether they do. Confirmations, answers and emergencies are not concerned."""
    with sql.act():
        Person.objects.filter(pk=person).update(tells_reading=tells)
        ledger.write("tell reading", now, person=person, count=1)


def channels(person: int) -> list[Reached]:
    """Return where somebody is reached, and how they want it there."""
    return [Reached(channel, times is not None, times or "") for channel, times in sql.rows(_CHANNELS, [person])]


def choose(person: int, channel: str, way: str, times: str, now: datetime) -> None:
    """Choose single rings (`each`) or a digest (`digest`) on a channel; the worker settles when the first digest comes.

    Raises:
        Refused: the channel does not reach them, or a time is none.
    """
    if channel not in {one.channel for one in channels(person)}:
        raise Refused(_("这个渠道联系不到您"))
    kept = read_times(times)
    with sql.act():
        if way == "digest":
            Digest.objects.update_or_create(person_id=person, channel=channel, defaults={"times": kept, "next_at": UNSETTLED})
        else:
            Digest.objects.filter(person_id=person, channel=channel).delete()
        ledger.write("digest", now, person=person, count=1, data={"digest": int(way == "digest")})


def read_times(text: str) -> str:
    """Return times of day as they are kept, earliest first: 09:00 15:30.

    Raises:
        Refused: something else stands there, or too many.
    """
    words = re.split(r"[\s,，、;；]+", text.strip()) if text.strip() else []
    found = [_TIME.fullmatch(word) for word in words]
    if not all(found) or len(found) > MOST_TIMES:
        raise Refused(_("时间请写成 09:00 15:30，最多 {n} 个").format(n=MOST_TIMES))
    return " ".join(sorted({f"{int(one[1]):02}:{one[2]}" for one in found if one}))
