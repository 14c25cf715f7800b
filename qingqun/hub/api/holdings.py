"""What the hub holds on a person, table by table: every column but secrets and bytes. A test finds the table that is forgotten here."""

from datetime import date, datetime
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import BinaryField, Model

from qingqun.hub import models, sql

_DELIVERIES = "t.delivery_id IN (SELECT id FROM hub_delivery WHERE person_id = %s)"
_COUNT = "SELECT count(*) FROM {table} t WHERE {mine}"
_USER = "t.user_id IN (SELECT user_id FROM hub_person WHERE id = %s)"


class Holding(NamedTuple):
    """A table, which of its rows are a person's (one %s), and the columns that are secrets, or others' business."""

    model: type[Model]
    mine: str = "t.person_id = %s"
    less: frozenset[str] = frozenset()


COLLECTIONS: dict[str, Holding] = {
    "person": Holding(models.Person, "t.id = %s"),
    "account": Holding(models.User, "t.id IN (SELECT user_id FROM hub_person WHERE id = %s)", frozenset({"password"})),
    "mail-addresses": Holding(EmailAddress, _USER),
    "second-factors": Holding(Authenticator, _USER, frozenset({"data"})),
    "sign-in-providers": Holding(SocialAccount, _USER, frozenset({"extra_data"})),
    "identities": Holding(models.Identity),
    "powers": Holding(models.Power),
    "contacts": Holding(models.Contact),
    "digests": Holding(models.Digest),
    "pace": Holding(models.Pace),
    "leaves": Holding(models.Leave),
    "shifts": Holding(models.Shift),
    "stand-ins": Holding(models.Standin, "%s IN (t.person_id, t.deputy_id)"),
    "duty-turns": Holding(models.DutyTurn),
    "roles": Holding(models.RoleMember),
    "topics": Holding(models.TopicMember),
    "projects": Holding(models.ProjectMember),
    "deliveries": Holding(models.Delivery),
    "rings": Holding(models.Attempt, _DELIVERIES, frozenset({"key"})),
    "digest-rings": Holding(models.Told, _DELIVERIES),
    "receipts": Holding(models.Receipt, _DELIVERIES),
    "answer-files": Holding(
        models.Attachment,
        f"t.receipt_id IN (SELECT r.id FROM hub_receipt r WHERE {_DELIVERIES.replace('t.', 'r.')})",  # noqa: S608  the text above
        frozenset({"stored"}),
    ),
    "doors": Holding(models.Door, _DELIVERIES, frozenset({"browser"})),
    "drafts": Holding(models.Draft, "t.author_id = %s"),
    "notices": Holding(models.Notice, "t.author_id = %s"),
    "approvals": Holding(models.Notice, "t.approver_id = %s", frozenset({"text"})),
    "revisions": Holding(models.Revision, "t.by_id = %s"),
    "complaints": Holding(models.Complaint, less=frozenset({"answerer_id"})),
    "messages-judged": Holding(models.Heard),
    "tokens": Holding(models.Token, less=frozenset({"digest"})),
    "calendar": Holding(models.Feed, less=frozenset({"digest"})),
    "webhooks": Holding(models.Hook),
    "directories-read": Holding(models.Reading, "t.by_id = %s"),
    "acts": Holding(models.Entry, "t.person = %s"),
}


def counts(person: int) -> dict[str, int]:
    """Return how many rows there are of each."""
    return {name: int(sql.value(_COUNT.format(table=_table(one), mine=one.mine), [person])) for name, one in COLLECTIONS.items()}


def rows(collection: str, person: int, before: int, limit: int) -> list[dict[str, Any]]:
    """Return rows of a collection, the newest first; each with an `id`."""
    one = COLLECTIONS[collection]
    fields = {str(field.column): field for field in one.model._meta.concrete_fields}  # noqa: SLF001  Django's own, documented
    wanted = [name for name, field in fields.items() if name not in one.less and not isinstance(field, BinaryField)]
    key = str(one.model._meta.pk.column)  # noqa: SLF001  same
    columns = ", ".join(f't."{name}"' for name in wanted)
    text = f"SELECT t.{key}, {columns} FROM {_table(one)} t WHERE {one.mine} AND t.{key} < %s ORDER BY t.{key} DESC LIMIT %s"  # noqa: S608  names of columns
    found = sql.rows(text, [person, before, limit])
    return [{"id": row[0]} | {name: _said(fields[name], value) for name, value in zip(wanted, row[1:], strict=True)} for row in found]


def _table(one: Holding) -> str:
    return one.model._meta.db_table  # noqa: SLF001  same


def _said(field: Any, value: Any) -> Any:
    """Return a value as JSON has it; moments in UTC."""
    if value is not None and hasattr(field, "from_db_value") and isinstance(value, int):
        value = field.from_db_value(value, None, None)
    return value.isoformat() if isinstance(value, datetime | date) else value
