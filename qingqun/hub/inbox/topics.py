"""Topics a person follows or has muted. A mandatory one rings whatever they said, and says so."""

from datetime import datetime
from typing import NamedTuple

from qingqun.hub import ledger, sql
from qingqun.hub.models import Lane, Stance
from qingqun.i18n import _
from qingqun.words import Refused


class Followed(NamedTuple):
    """A topic as one person sees it; `stance` is empty where they have none."""

    topic: int
    name: str
    mandatory: bool
    stance: str


_TOPICS = """
SELECT t.id, t.name, t.mandatory, COALESCE(m.stance, '') FROM hub_topic t
LEFT JOIN hub_topicmember m ON m.topic_id = t.id AND m.person_id = %s ORDER BY t.mandatory DESC, t.name
"""
_SET = """
INSERT INTO hub_topicmember (topic_id, person_id, stance) SELECT id, %s, %s FROM hub_topic WHERE id = %s AND NOT mandatory
ON CONFLICT (topic_id, person_id) DO UPDATE SET stance = excluded.stance
"""
_SILENCED = f"""
UPDATE hub_delivery SET ring_after = NULL WHERE person_id = %s AND ring_after IS NOT NULL AND lane = '{Lane.ROUTINE}' AND inbox
AND notice_id IN (SELECT id FROM hub_notice WHERE topic_id = %s)
"""  # noqa: S608  a word of states.py
_LEAVE = "DELETE FROM hub_topicmember WHERE person_id = %s AND topic_id IN (SELECT id FROM hub_topic WHERE id = %s AND NOT mandatory)"


def topics(person: int) -> list[Followed]:
    """Return all topics, mandatory ones first."""
    return [Followed(topic, name, bool(mandatory), stance) for topic, name, mandatory, stance in sql.rows(_TOPICS, [person])]


def take_stance(topic: int, person: int, stance: Stance | None, now: datetime) -> None:
    """Follow or mute a topic, or neither.

    Raises:
        Refused: the topic is mandatory, or there is none.
    """
    with sql.act():
        changed = sql.run(_SET, [person, str(stance), topic]) if stance else sql.run(_LEAVE, [person, topic])
        if stance and not changed:
            raise Refused(_("这个话题是必收的，不能改"))
        if stance == Stance.MUTE:
            sql.run(_SILENCED, [person, topic])  # what waits to ring does not any more
        ledger.write("stance", now, person=person, count=changed, data={"topic": topic})
