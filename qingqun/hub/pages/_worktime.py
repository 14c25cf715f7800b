"""A person's own working time, asked for one person."""

from datetime import datetime

from qingqun.clock.moment import answer
from qingqun.hub import hold, sql
from qingqun.hub.moment import from_ms
from qingqun.hub.pages._words import next_day
from qingqun.hub.sql import Sql


def next_open(person: int, now: datetime) -> datetime | None:
    """Return when a person works next, after the day's work where they are at work now; None where they never do again."""
    every = hold.grouped(Sql("SELECT id FROM hub_person WHERE id = %s", (person,)), now)
    group = hold.Group(*sql.rows(every.text, every.params)[0][2:])
    hours = hold.hours_of([group])[group.worktime]
    back = max(now, from_ms(group.back_at)) if group.back_at else now
    if group.shift_from and from_ms(group.shift_from) > back:
        return from_ms(group.shift_from)
    found = answer(back, hours)
    return answer(next_day(back), hours).next_open if found.working else found.next_open
