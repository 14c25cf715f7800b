"""Who has muted a topic: the notice comes, and does not ring. A mandatory topic is muted by nobody."""

from qingqun.hub.models import Stance
from qingqun.hub.sql import Sql

_MUTED = f"""SELECT m.person_id FROM hub_topicmember m JOIN hub_topic t ON t.id = m.topic_id
             WHERE t.id = %s AND NOT t.mandatory AND m.stance = '{Stance.MUTE}'"""  # noqa: S608  a word of states.py
_NOBODY = "SELECT CAST(NULL AS BIGINT) AS person_id WHERE 1 = 0"  # no table: joining it costs nothing a row


def muted(topic: int | None) -> Sql:
    """Return the statement that gives, as `person_id`, who has muted a topic; nobody where there is none."""
    return Sql(_MUTED, (topic,)) if topic else Sql(_NOBODY)
