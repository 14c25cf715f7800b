"""What the rules say of a time expression, as signs."""

from qingqun.enrich.deadline.asked import how_asked, how_implied, void
from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.stated import stated
from qingqun.enrich.deadline.tally import by_me

KINDS = ("asked", "implied", "stated", "by-me", "void", "form", "day", "hour", "marked", "mark", "bare")


def verdicts(found: Found) -> list[str]:
    """Return what the rules say of a time expression, as signs, one of each kind."""
    mark, hour, nothing = found.mark, found.time.at, void(found)
    said, hinted = ("", "") if nothing else (how_asked(found), how_implied(found))
    told = (said, hinted, f"{stated(found)}", f"{by_me(found)}", f"{nothing}", f"{mark}|{said}|{hinted}", f"{found.day.on}|{said}|{hinted}")
    more = (f"{hour}|{said}|{hinted}", f"{hour}|{bool(mark)}", mark, f"{found.bare}")
    return [f"{kind} {each}" for kind, each in zip(KINDS, (*told, *more), strict=True)]
