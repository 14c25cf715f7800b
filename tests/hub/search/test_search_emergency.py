"""An emergency goes out though nothing can be searched; and nothing is called accepted that was rolled back."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from hub_help import beijing, written
from page_help import sent

from qingqun.hub import accept, hold, sql
from qingqun.hub.models import DutyList, DutyTurn, Notice

NOON = beijing("2026-03-11 10:00")


def urgent(office: SimpleNamespace) -> dict[str, Any]:
    duty = DutyList.objects.create(name="值班", unit=office.street)
    DutyTurn.objects.create(duty_list=duty, person=office.li, starts=NOON, ends=beijing("2026-03-12 10:00"))
    return {"importance": "emergency", "ground": "CN-WT-04:disaster", "approver": office.wang}


def test_an_emergency_does_without_the_index(office: SimpleNamespace) -> None:
    changed = urgent(office)
    sql.run("ALTER TABLE hub_sought RENAME TO hub_sought_away")
    assert sent(office, NOON, **changed).deliveries.filter(state="delivered").exists()
    with pytest.raises(Exception, match="hub_sought"):
        sent(office, NOON)
    assert Notice.objects.count() == 1


def test_what_a_full_disk_rolled_back_was_not_accepted(office_lite: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object) -> None:
        with connection.cursor() as cursor:
            cursor.cursor.connection.execute("ROLLBACK")  # as SQLite does by itself
        raise OperationalError("database or disk is full")

    changed = urgent(office_lite)
    monkeypatch.setattr("qingqun.hub.search.keep", full)
    with pytest.raises(OperationalError):
        accept.accept(
            written(office_lite, **changed),
            lambda groups, importance, at: hold.plan(list(groups), hold.hours_of(groups), importance, at),
            NOON,
        )
    assert Notice.objects.count() == 0
