"""A page at a time: what came last tells where the next begins, whatever is added meanwhile."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from ninja import Query, Schema
from pydantic import Field

from qingqun.hub.api.problems import Problem
from qingqun.i18n import _

FIRST = 2**62
Number = Annotated[int, Field(ge=1, lt=FIRST)]
Row = TypeVar("Row")


class Paging(Schema):
    """Where to begin, and how many."""

    cursor: str = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=100)

    def before(self) -> int:
        """Return the number before which the page begins.

        Raises:
            Problem: the cursor is none of ours.
        """
        if not self.cursor:
            return FIRST
        try:
            found = base64.b64decode(self.cursor.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise Problem(422, _("看不懂的 cursor")) from error
        if not (found.isdigit() and len(found) < 19):
            raise Problem(422, _("看不懂的 cursor"))
        return int(found)


Paged = Query[Paging]


def page(rows: Sequence[Row], asked: Paging, number: Callable[[Row], int], shown: Callable[[Row], Any]) -> dict[str, Any]:
    """Return a page; `rows` are one more than asked for where there are more, the newest first."""
    kept = rows[: asked.limit]
    more = len(rows) > asked.limit
    following = base64.urlsafe_b64encode(str(number(kept[-1])).encode()).decode() if more else None
    return {"items": [shown(row) for row in kept], "next": following}
