"""The street office of the audit's demo as a hub: the same 120 people in the same units, and six accounts. All invented."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from qingqun.demo import people as street
from qingqun.demo.office import SEED
from qingqun.demo.repertoire import SHIPPED
from qingqun.hub import config, factor, sql, tree
from qingqun.hub.demo.clock import MARK, Clock, only_the_demos
from qingqun.hub.models import DutyList, DutyTurn, Leave, Person, Power, Right, Role, RoleMember, Setting, Unit, User
from qingqun.hub.upkeep import first, keys
from qingqun.i18n import _

STREET = SHIPPED.name("office")
_ACCOUNTS = (
    ("fawen", 0, Right.AUTHOR),
    ("pizhun", 1, Right.APPROVER),
    ("guanli", 3, Right.ADMINISTRATOR),
    ("shenji", 4, Right.AUDITOR),
    ("fenguan", 5, Right.SUPERVISOR),
)
READER = "lin"
_AWAY = range(40, 46)
_ON_DUTY = (2, 12, 62)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as."""

    login: str
    password: str
    name: str
    task: str


def furnish(at: datetime) -> dict[str, Account]:
    """Make the office anew in the demo's folder, the clock standing at a moment; return its accounts by login.

    Raises:
        Refused: the folder holds a hub that the demo did not make.
    """
    folder: Path = settings.DATA
    _clear(folder)
    keys.make(folder)
    keys.private(folder / "config.toml", _config().encode())
    settings.SECRET_KEY, settings.VAULT_KEY = (config.secret(folder, name) for name in keys.NAMES)
    call_command("migrate", verbosity=0)
    with sql.act():
        Setting.objects.create(key=MARK, value=True)
        people = _people(street.staff(Random(SEED), SHIPPED))  # noqa: S311  a seeded generator is not cryptography
        _absent_and_on_duty(people, at)
        accounts = _accounts(people)
    Clock(folder).move(at)
    connection.close()
    return accounts


def _config() -> str:
    """Return the demo's own settings: nobody who tries it needs a phone, and the file says so."""
    why = _("演示不要求第二重验证，试用不必带手机；真正使用时去掉这一行，管理员、批准人、审计员就要设置")
    return f'# {why}\nsecond_factor = "{factor.OFF}"\n'


def _clear(folder: Path) -> None:
    own = folder / "config.toml"
    if (folder / "qingqun.sqlite3").exists() or (own.exists() and own.read_text(encoding="utf-8") != _config()):
        only_the_demos()
        connection.close()
    for path in [*folder.glob("qingqun.sqlite3*"), *folder.glob("ledger.head"), *folder.glob("clock.json"), *folder.glob("config.toml")]:
        path.unlink()
    for name in ("keys", "attachments"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _people(staff: list[street.Person]) -> list[Person]:
    whole = Unit.objects.create(name=STREET)
    units = [Unit.objects.create(name=SHIPPED.unit(number, full=True), parent=whole) for number in range(street.UNITS)]
    tree.settle()
    made = Person.objects.bulk_create([Person(name=one.name, unit=units[one.unit or 0], number=f"{one.number:04d}") for one in staff])
    posts = {post: Role.objects.create(name=post) for post in sorted(set(SHIPPED.words("posts")))}
    links = [RoleMember(role=posts[one.post], person=person) for one, person in zip(staff, made, strict=True)]
    RoleMember.objects.bulk_create(links)
    return made


def _absent_and_on_duty(people: list[Person], at: datetime) -> None:
    away = [Leave(person=people[number], starts=at - timedelta(days=2), ends=at + timedelta(days=3)) for number in _AWAY]
    Leave.objects.bulk_create(away)
    duty = DutyList.objects.create(name=_("防汛值守"), unit=Unit.objects.get(parent=None))
    turns = [
        DutyTurn(duty_list=duty, person=people[number], starts=at - timedelta(days=1), ends=at + timedelta(days=7)) for number in _ON_DUTY
    ]
    DutyTurn.objects.bulk_create(turns)


def _accounts(people: list[Person]) -> dict[str, Account]:
    tasks = {
        Right.AUTHOR: _("发通知"),
        Right.APPROVER: _("批准紧急通知"),
        Right.ADMINISTRATOR: _("管理单位与人员"),
        Right.AUDITOR: _("查看审计结果与投诉"),
        Right.SUPERVISOR: _("查看送达与办理人数"),
    }
    whole = Unit.objects.get(parent=None)
    made = {}
    for login, number, right in _ACCOUNTS:
        Power.objects.create(person=people[number], unit=whole, right=right)
        made[login] = _account(login, people[number], tasks[right])
    made[READER] = _account(READER, people[street.CLERKS_NUMBER], _("收通知"))
    return made


def _account(login: str, person: Person, task: str) -> Account:
    password = first.word()
    person.user = User.objects.create_user(login, password=password)
    person.save(update_fields=["user"])
    return Account(login, password, person.name, task)
