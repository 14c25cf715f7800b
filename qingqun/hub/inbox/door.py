"""The door of a signed link: it opens for the first browser that came in, and for no other."""

from datetime import datetime
from hashlib import sha256

from qingqun.hub import sql
from qingqun.hub.moment import to_ms

_BIND = "INSERT INTO hub_door (delivery_id, browser, at) VALUES (%s, %s, %s) ON CONFLICT (delivery_id) DO NOTHING"
_OF = """
SELECT d.person_id, p.name FROM hub_delivery d JOIN hub_person p ON p.id = d.person_id WHERE d.id = %s AND p.left_at IS NULL
"""


def bind(delivery: int, browser: str, now: datetime) -> bool:
    """Bind a delivery's door to a browser, by the secret its cookie holds; False where another browser was first."""
    with sql.act():
        sql.run(_BIND, [delivery, _kept(browser), to_ms(now)])
    return bound(delivery, browser) is True


def bound(delivery: int, browser: str) -> bool | None:
    """Tell whether the door is bound to this browser; None while it is bound to none."""
    kept = sql.value("SELECT browser FROM hub_door WHERE delivery_id = %s", [delivery])
    return None if kept is None else bool(browser) and kept == _kept(browser)


def whose(delivery: int) -> tuple[int, str] | None:
    """Return id and name of the person a delivery is for; None where they have left."""
    found = sql.rows(_OF, [delivery])
    return (found[0][0], found[0][1]) if found else None


def _kept(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()
