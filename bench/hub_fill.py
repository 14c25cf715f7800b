"""Ten million deliveries, made as fast as the database can: row by row of no index, and the indexes afterwards."""

from datetime import timedelta

from django.db import connection
from hub_house import House, spent

from qingqun.hub import sql
from qingqun.hub.models import Delivery, Hold, Revision
from qingqun.hub.moment import to_ms

NOTICES = 200  # of about nine months; a person opens nine in ten
_DAY = timedelta(days=1)
_TITLES = ("关于做好第{}季度基层减负工作的通知", "请各社区报送第{}批统计表", "防汛工作安排（第{}号）")
_CONFIRM = ("none", "confirm", "none", "read")
# The rows lie in the order in which notices came, so that a person's are scattered over the whole table.
_FILL = """
INSERT INTO hub_delivery (notice_id, person_id, hold_id, state, lane, inbox, not_before, delivered_at, read_at, done_at)
SELECT n.id, p.id, h.id, 'delivered', 'routine', p.inbox, h.not_before, h.not_before, CASE WHEN {seen} THEN h.not_before + 3600000 END,
       CASE WHEN {seen} THEN h.not_before + 3600000 END
FROM hub_notice n JOIN hub_hold h ON h.notice_id = n.id CROSS JOIN hub_person p WHERE n.id = %s AND p.id <= %s ORDER BY p.id
"""
_ACCOUNTS = """
INSERT INTO hub_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
SELECT id, 'u' || id, '!', '', '', '', 1 = 0, 1 = 0, 1 = 1, CURRENT_TIMESTAMP FROM hub_person WHERE id <= %s
"""
_SEEN = "n.accepted_at < %s AND (p.id * 7919 + n.id * 104729) %% 10 > 0"


def fill(house: House, rows: int) -> None:
    """Make accounts, notices and so many deliveries of them. What a database does by itself within a day (VACUUM, ANALYZE) is done."""
    last = house.approver.pk + rows // NOTICES - 2
    sql.run(_ACCOUNTS, [last])
    sql.run("UPDATE hub_person SET user_id = id WHERE id <= %s", [last])
    with spent() as took:
        indexes = Delivery._meta.indexes  # noqa: SLF001  Django's own name for it
        with connection.schema_editor(atomic=False) as editor:
            for one in indexes:
                editor.remove_index(Delivery, one)
        at = to_ms(house.morning - 2 * _DAY)
        for number in range(NOTICES):
            sql.run(_FILL.format(seen=_SEEN), [at, at, _notice(house, number), last])
        with connection.schema_editor(atomic=False) as editor:
            for one in indexes:
                editor.add_index(Delivery, one)
        sql.run("VACUUM ANALYZE" if sql.postgres() else "ANALYZE")
    print(f"  filled in {took}", flush=True)
    connection.close()


def _notice(house: House, number: int) -> int:
    came = house.morning - (NOTICES - number) * 1.4 * _DAY
    asked = house.morning + (number - NOTICES) * 1.4 * _DAY + 5 * _DAY if number % 4 == 1 else None
    title = _TITLES[number % 3].format(number + 1)
    notice = house.notice(1, title=title, text="请知悉。" * 20, confirm=_CONFIRM[number % 4], deadline=asked, accepted_at=came)
    notice.audience = {"unit": house.units[0].pk, "below": True}
    notice.save()
    Revision.objects.create(notice=notice, number=1, title=title, text=notice.text, by=house.author, at=came)
    reason = {"code": "night", "opens": came.isoformat()} if number % 3 == 0 else {"code": "working"}
    Hold.objects.create(notice=notice, not_before=came, ring_from=came, reason=reason)
    return int(notice.pk)
