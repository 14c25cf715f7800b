"""Sign-ins for everybody who was imported: an account each, and a link of one time with which its owner sets the password.

There is no default password: until its link is used, such an account opens to nobody. Of a link only SHA-256 is kept; it lapses after
`LASTS`, when a newer one is made, and with the first sign-in, by whatever way.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from secrets import token_urlsafe
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef, Q, QuerySet

from qingqun.hub import ledger, sql
from qingqun.hub.factor import RIGHTS
from qingqun.hub.models import Identity, Person, Power, Setting, User
from qingqun.hub.moment import to_ms

LASTS = timedelta(days=7)
PATH = "/start/"
SECRET = 24  # bytes behind a link: 192 bits
_ALONE = 0x1A71E  # two at once would give one person two accounts


class Invited(NamedTuple):
    """A row of the list that is handed out. `key` ends the link; nobody can read it again."""

    name: str
    unit: str
    login: str
    key: str


class Waiting(NamedTuple):
    """How many people in reach have no way in, hold a link or a password of one time they never used, are left to the keyboard."""

    without: int
    unused: int
    left_out: int


def waiting(reach: Iterable[str]) -> Waiting:
    """Count the people of some units (paths) and those below."""
    people = _outside(reach)
    return Waiting(*(found.count() for found in (_plain(people).filter(user=None), _plain(people).exclude(user=None), _holders(people))))


def invite(reach: Iterable[str], now: datetime, by: int | None, *, again: bool = False) -> list[Invited]:
    """Give everybody of some units (paths) and below who has no way in an account and a link, in one act; return them by unit and name.

    `again`: also a new link to who has an account and never signed in; their old one is void. Who administers, approves or audits is
    passed over where a person asks (`by`): nobody comes by the rights of a colleague who never signed in.
    """
    with sql.act():
        sql.alone(_ALONE)
        people = _outside(reach) if by is None else _plain(_outside(reach))
        chosen = list(people.filter(Q() if again else Q(user=None)).select_related("unit", "user").order_by("unit__path", "name", "pk"))
        if not chosen:
            return []
        _opened([one for one in chosen if one.user is None])
        keys = {one.pk: f"{one.user_id}-{token_urlsafe(SECRET)}" for one in chosen}
        _kept(keys.values(), now)
        ledger.write("invite", now, person=by, count=len(chosen), data={"of": sorted(keys), "again": int(again)})
    return [Invited(one.name, one.unit.name, one.user.username, keys[one.pk]) for one in chosen if one.user]


def name_of(user: int) -> str:
    """Return where the link of an account is kept among the settings."""
    return f"start:{user}"


def digest(key: str) -> str:
    """Return what is kept of a link."""
    return sha256(key.encode()).hexdigest()


def _outside(reach: Iterable[str]) -> QuerySet[Person]:
    """Return who is there and has never been able to come in: no account, or one never signed in to, and no name on a platform."""
    within = Q(pk__in=())
    for path in filter(None, reach):  # the empty one, of a unit not settled yet, would be everybody
        within |= Q(unit__path__startswith=path)
    joined = Identity.objects.filter(person=OuterRef("pk"), parted_at=None)
    never = Q(user=None) | Q(user__last_login=None, user__is_active=True)
    return Person.objects.filter(within, never, ~Exists(joined), left_at=None, inbox=True)


def _holders(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(Exists(Power.objects.filter(person=OuterRef("pk"), right__in=RIGHTS)))


def _plain(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.exclude(Exists(Power.objects.filter(person=OuterRef("pk"), right__in=RIGHTS)))


def _opened(people: Sequence[Person]) -> None:
    """Make an account for each, whose password is none, and join them: two statements, however many they are."""
    if not people:
        return
    made = User.objects.bulk_create(User(username=login, password=make_password(None)) for login in _logins(people))
    for person, user in zip(people, made, strict=True):
        person.user = user
    given = sql.table({"person": "bigint", "account": "bigint"}, [(person.pk, person.user_id) for person in people])
    sql.run(f"UPDATE hub_person SET user_id = given.account FROM {given.text} WHERE hub_person.id = given.person", given.params)  # noqa: S608  no value


def _logins(people: Iterable[Person]) -> Iterator[str]:
    """Say what each signs in with: the staff number, else the name; where somebody has it, in whatever case, with a number behind."""
    taken = {login.casefold() for login in User.objects.values_list("username", flat=True)}
    numbers = defaultdict[str, Iterator[int]](lambda: count(2))
    for person in people:
        wanted = login = "".join(unicodedata.normalize("NFKC", person.number or person.name).split())
        while login.casefold() in taken:
            login = f"{wanted}-{next(numbers[wanted])}"
        taken.add(login.casefold())
        yield login


def _kept(keys: Iterable[str], now: datetime) -> None:
    until = to_ms(now + LASTS)
    rows = [Setting(key=name_of(int(key.partition("-")[0])), value={"digest": digest(key), "until": until}) for key in keys]
    Setting.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["value"])
