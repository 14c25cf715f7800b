"""What an emergency does without: it fails open. The secrecy check, a legal ground, a second person and somebody on duty stay."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import polars as pl
from django.db import transaction

from qingqun.enrich.secrets import secret_span
from qingqun.hub.accept import Planner
from qingqun.hub.hold import Group, Planned
from qingqun.hub.models import Notice
from qingqun.i18n import _
from qingqun.words import Refused

_log = logging.getLogger(__name__)
# Whatever fails in the judge or the calendar, an emergency does not wait for its repair: a list of what may fail would leave something out.
# A panic inside Polars is no Exception.
ANYTHING = (Exception, pl.exceptions.PanicException)
UNTIL_JUDGED = timedelta(minutes=1)  # those not on duty wait for the release, which asks the calendar again


def blocks(check: Callable[[], tuple[str, ...]], notice: Notice) -> tuple[str, ...]:
    """Return what the preflight blocks; where it fails, what may never be sent."""
    try:
        return check()
    except Refused:
        raise
    except ANYTHING:
        _log.exception("an emergency is sent without its preflight")
        return (_("文中有国家秘密标志，不能发送，也不会保存"),) if secret_span(f"{notice.title}\n{notice.text}") else ()


def planner(plan: Planner) -> Planner:
    """Return a planner that does not fail: without a calendar everybody off duty is held until there is one again."""

    def planned(groups: Iterable[Group], importance: str, now: datetime) -> list[Planned]:
        every = list(groups)
        try:
            with transaction.atomic():  # a failed statement must not take the whole act with it
                return plan(every, importance, now)
        except ANYTHING:
            _log.exception("an emergency is held for those off duty without a calendar")
            later = now + UNTIL_JUDGED
            return [Planned(one, later, later, 0, {"code": "unjudged"}) for one in every]

    return planned
