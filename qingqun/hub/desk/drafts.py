"""Drafts: kept as their author typed them, unless they bear a secret marking; then nothing of them is kept."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qingqun.hub import preflight, sql
from qingqun.hub.models import Confirm, Draft, Importance, Notice, Template
from qingqun.i18n import joined
from qingqun.words import Refused

LONGEST_TITLE, LONGEST_TEXT = 200, 20_000
WORDS = ("title", "text", "topic_id", "audience", "importance", "confirm", "ground")


def begun(author: int, unit: int, now: datetime, like: Template | Notice | None = None) -> Draft:
    """Keep a new draft: empty, or with the words of a template or of a notice sent before."""
    words: dict[str, Any] = {name: getattr(like, name) for name in WORDS} if like else {"audience": {"any": [], "minus": []}}
    return Draft.objects.create(key=os.urandom(16).hex(), author_id=author, unit_id=unit, changed_at=now, **words)


def filled(draft: Draft, form: Mapping[str, Any], now: datetime) -> Draft:
    """Put what a form holds into a draft, not yet kept; moments are those of the form's fields, already read."""
    for name in ("title", "text", "topic_id", "ground", "unit_id", "deadline", "valid_until", "send_at"):
        setattr(draft, name, form[name])
    draft.title, draft.text = draft.title[:LONGEST_TITLE], draft.text[:LONGEST_TEXT]
    draft.importance, draft.confirm = Importance(form["importance"]), Confirm(form["confirm"])
    draft.changed_at, draft.asked_at = now, None
    return draft


def keep(draft: Draft) -> None:
    """Keep a draft.

    Raises:
        Refused: it bears a secret marking; nothing of it was written anywhere.
    """
    stopped = preflight.refusals(draft.title, draft.text)
    if stopped:
        raise Refused(joined(stopped))
    draft.save()


def as_template(draft: Draft, name: str) -> Template:
    """Keep a draft's words for the next time, for everybody who writes for the unit.

    Raises:
        Refused: it bears a secret marking.
    """
    keep(draft)
    words = {one: getattr(draft, one) for one in WORDS}
    return Template.objects.create(name=name[:80] or draft.title[:80], unit_id=draft.unit_id, **words)


def thrown_away(draft: Draft) -> None:
    """Forget a draft and its files."""
    with sql.act():
        draft.attachments.all().delete()
        draft.delete()
