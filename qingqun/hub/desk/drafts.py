"""Drafts: kept from their first word on, as their author typed them, unless they bear a secret marking; then nothing of them is kept."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qingqun.hub import preflight, sql
from qingqun.hub.models import Confirm, Draft, Importance, Notice, Template
from qingqun.i18n import joined
from qingqun.words import Refused

LONGEST_TITLE, LONGEST_TEXT, LONGEST_KEY = 200, 20_000, 32
WORDS = ("title", "text", "topic_id", "audience", "importance", "confirm", "ground")


def blank(author: int, unit: int, now: datetime, key: str = "") -> Draft:
    """Return a draft that is kept nowhere yet; `key` is that of the form it is written in."""
    key = key[:LONGEST_KEY] or os.urandom(16).hex()
    if Draft.objects.filter(key=key).exists() or Notice.objects.filter(key=key).exists():
        key = os.urandom(16).hex()
    return Draft(key=key, author_id=author, unit_id=unit, changed_at=now, audience={"any": [], "minus": []})


def begun(author: int, unit: int, now: datetime, like: Template | Notice) -> Draft:
    """Keep a new draft with the words of a template or of a notice sent before."""
    draft = blank(author, unit, now)
    for name in WORDS:
        setattr(draft, name, getattr(like, name))
    draft.save()
    return draft


def passing_on(author: int, unit: int, now: datetime, source: Notice) -> Draft:
    """Keep a new draft that passes a notice on to a unit and all below it; what its author writes stands after the source."""
    draft = blank(author, unit, now)
    draft.source, draft.title, draft.deadline, draft.valid_until = source, source.title, source.deadline, source.valid_until
    draft.audience = {"any": [{"unit": unit, "below": True}], "minus": []}
    draft.save()
    return draft


def of_form(author: int, key: str) -> Draft | None:
    """Return the draft that came out of a form before: who goes back and sends the form again goes on with the same."""
    return Draft.objects.filter(author_id=author, key=key[:LONGEST_KEY]).first() if key else None


def has_words(draft: Draft) -> bool:
    """Tell whether anything is written."""
    return bool(draft.title.strip() or draft.text.strip())


def listed(author: int) -> list[Draft]:
    """Return an author's drafts, the last first; what holds neither word nor file is none."""
    rows = Draft.objects.filter(author_id=author).order_by("-changed_at")
    return list(rows.exclude(title="", text="", attachments=None).distinct())


def filled(draft: Draft, form: Mapping[str, Any], now: datetime) -> Draft:
    """Put what a form holds into a draft, not yet kept; moments are those of the form's fields, already read."""
    for name in ("title", "text", "topic_id", "ground", "unit_id", "deadline", "valid_until", "send_at"):
        setattr(draft, name, form[name])
    draft.title, draft.text = draft.title[:LONGEST_TITLE], draft.text[:LONGEST_TEXT]
    draft.importance, draft.confirm = Importance(form["importance"]), Confirm(form["confirm"])
    draft.changed_at, draft.asked_at = now, None
    return draft


def keep(draft: Draft) -> None:
    """Keep a draft; one without a word only where it was kept before.

    Raises:
        Refused: it bears a secret marking; nothing of it was written anywhere.
    """
    stopped = preflight.refusals(draft.title, draft.text)
    if stopped:
        raise Refused(joined(stopped))
    if draft.pk or has_words(draft):
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
