"""The check of a draft. A block stops it; nothing here changes the author's text or stores any of it."""

from dataclasses import dataclass
from datetime import datetime

from qingqun.enrich.secrets import secret_span
from qingqun.hub import audience, sql
from qingqun.hub.models.notice import Written
from qingqun.i18n import _


@dataclass(frozen=True, slots=True)
class Preflight:
    """The verdict: reasons that stop it, and how many people it is for."""

    blocks: tuple[str, ...]
    people: int


def check(draft: Written, expression: audience.Expression, now: datetime) -> Preflight:
    """Judge a draft for an audience at a moment.

    Raises:
        Refused: the audience is none.
    """
    found = audience.present(expression, now)
    people = sql.value(f"SELECT count(*) FROM ({found.text}) AS a", found.params)  # noqa: S608  no value in the text
    blocks = (_("文中有国家秘密标志，不能发送，也不会保存"),) if secret_span(f"{draft.title}\n{draft.text}") else ()
    return Preflight(blocks, people)
