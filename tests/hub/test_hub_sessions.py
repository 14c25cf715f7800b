"""A session is read with one statement, and is nothing once it is over or gone."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingqun.hub import sql
from qingqun.hub.sessions import SessionStore


def _kept() -> str:
    session = SessionStore()
    session["name"] = "小李"
    session.save()
    return str(session.session_key)


def test_what_was_kept_is_read_with_one_statement(hub: Any) -> None:
    key = _kept()
    with CaptureQueriesContext(connection) as asked:
        assert SessionStore(key)["name"] == "小李"
    assert len(asked) == (0 if sql.postgres() else 1)  # PostgreSQL's is prepared, past Django's log: see often.py


def test_a_session_that_is_over_or_unknown_is_empty_and_loses_its_key(hub: Any) -> None:
    key = _kept()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for gone in (key, "nobody" * 5):
        session = SessionStore(gone)
        assert (session.get("name"), session.session_key) == (None, None)
