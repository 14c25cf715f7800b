"""The ledger: one entry per act, written in the act's transaction.

Ids and counts only, so that a person can be erased and the sums still hold.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from qingqun.hub import sql
from qingqun.hub.moment import to_ms

GENESIS = "0" * 64
_WRITE = "INSERT INTO hub_entry (act, at, notice, person, count, digest, data) VALUES (%s, %s, %s, %s, %s, %s, %s)"


def write(  # noqa: PLR0913  the columns of an entry
    act: str,
    now: datetime,
    *,
    notice: int | None = None,
    person: int | None = None,
    count: int = 0,
    digest: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append an entry; call it inside the act's transaction. `data` takes ids and counts, never a name or a text."""
    text = json.dumps(data or {}, sort_keys=True, separators=(",", ":"))
    sql.run(_WRITE, [act, to_ms(now), notice, person, count, digest, text])


def exported(what: str, count: int, now: datetime, person: int | None = None) -> None:
    """Note that what the hub holds was taken out of it, an act by itself: one of the house's words for it, how many rows, by whom.

    Nobody is named where an administrator's command did it.
    """
    with sql.act():
        write("export", now, person=person, count=count, data={"what": what})


def digest(pairs: Iterable[tuple[int, str]]) -> str:
    """Return SHA-256 over (delivery id, state), in the order of the ids."""
    return sha256(",".join(f"{number}:{state}" for number, state in sorted(pairs)).encode()).hexdigest()


def digest_of(notice: int) -> str:
    """Return the same over all deliveries of a notice as they stand, gathered by the database."""
    every = (
        f"SELECT {sql.listed('pair')} FROM (SELECT id, id || ':' || state AS pair FROM hub_delivery WHERE notice_id = %s ORDER BY id) AS d"  # noqa: S608  no value
    )
    return sha256((sql.value(every, [notice]) or "").encode()).hexdigest()
