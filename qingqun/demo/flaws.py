"""The truth about groups and accounts: what is planted in the register, and what only looks like it."""

from typing import Any

import qingqun.demo.groups as g
from qingqun.demo.groups import Place

Row = dict[str, Any]
CUT = 12  # the special-task groups stand last


def group_rows(places: list[Place]) -> list[Row]:
    """Return one line for every planted group problem and every look-alike."""
    special = {place.number for place in places[-CUT:] if place.ends and place.ends < g.INSPECTED}
    closed = {place.number for place in places[-CUT:] if place.disbanded}
    running = {place.number for place in places[-CUT:]} - special
    twins = {second for _first, second in g.OVERLAPS}
    planted = (
        ("secondmain", set(g.SECOND_MAIN)), ("outlived", special - closed), ("dormant", set(g.DORMANT)),
        ("overlap", twins | set(g.SECOND_MAIN)), ("ownerless", set(g.OWNERLESS)),
    )  # fmt: skip
    alike = (
        ("secondmain", set(g.RETIRED_MAIN)), ("outlived", closed | running), ("dormant", set(g.NEVER_USED)),
        ("overlap", {number for pair in g.SAME_KIND_OTHER_PEOPLE for number in pair}), ("ownerless", {g.RETIRED_MAIN[0]}),
    )  # fmt: skip
    return [_row(rule, places[number], planted=True) for rule, numbers in planted for number in sorted(numbers)] + [
        _row(rule, places[number], planted=False) for rule, numbers in alike for number in sorted(numbers)
    ]


def _row(rule: str, place: Place, *, planted: bool) -> Row:
    return {"rule": rule, "planted": planted, "subject": "group", "platform": place.platform, "group": place.name}
