"""The office of `reach_synapse.py`: an author and members, signed in, on this hub's own database."""

import os

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

from qingqun.hub import sql, tree
from qingqun.hub.models import Confirm, Draft, Importance, Person, Power, Right, Unit, User
from qingqun.hub.now import now
from qingqun.hub.sessions import SessionStore


class Office:
    """A unit with so many members; `author` and `members` are what their browsers hold."""

    def __init__(self, members: int) -> None:
        call_command("migrate", verbosity=0)
        self.unit, self.count = Unit.objects.create(name="和平街道"), members
        tree.settle()
        self.writer, self.author = self._person("张主任")
        Power.objects.create(person=self.writer, unit=self.unit, right=Right.AUTHOR)
        self.members = [self._person(f"人员{number}")[1] for number in range(members)]
        self.sent = 0

    def drafted(self) -> int:
        """Return a draft to everybody that asks for confirmation."""
        self.sent += 1
        where = {"any": [{"unit": self.unit.pk, "below": True}], "minus": [{"persons": [self.writer.pk]}]}
        made = Draft.objects.create(
            key=os.urandom(16).hex(),
            author=self.writer,
            unit=self.unit,
            title=f"报送第 {self.sent} 季度统计表",
            text=f"请各社区于第 {self.sent} 周周五前报送统计表。",
            audience=where,
            importance=Importance.IMPORTANT,
            confirm=Confirm.CONFIRM,
            changed_at=now(),
        )
        return int(made.pk)

    def check(self) -> None:
        """See that each member has each notice and has confirmed it."""
        receipts = sql.value("SELECT count(*) FROM hub_receipt WHERE kind = %s", [str(Confirm.CONFIRM)])
        assert receipts == self.sent * self.count, receipts

    def _person(self, name: str) -> tuple[Person, str]:
        user = User.objects.create(username=name)
        person = Person.objects.create(name=name, unit=self.unit, user=user)
        session = SessionStore()
        backend = "qingqun.hub.pages._account.ByName"
        session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()})
        session.save()
        return person, str(session.session_key)
