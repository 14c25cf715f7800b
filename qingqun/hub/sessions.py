"""Django's own sessions in the database, read by one plain statement: every request begins with it. Written as Django does."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from qingqun.hub import often

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """What a browser's cookie stands for."""

    def load(self) -> dict[str, Any]:
        """Return what is kept; nothing, and no key, where there is none or it is over."""
        until = connection.ops.adapt_datetimefield_value(timezone.now())
        kept = often.rows(_READ, [self.session_key, until])
        if not kept:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(kept[0][0])
        return found
