"""Joining and parting by hand: who is whose name on a platform, since when, by whom; undone at any time."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from qingqun.hub import ledger, sql
from qingqun.hub.models import Identity, Person, Right
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 120


def providers() -> list[tuple[str, str]]:
    """Return the identity providers of config.toml: id and name."""
    return [(str(one["provider_id"]), str(one.get("name") or one["provider_id"])) for one in settings.GIVEN.get("oidc", [])]


def joined(reach: tuple[str, ...], limit: int, sought: str = "") -> list[Identity]:
    """Return the identities of people within reach (paths of units), the latest first."""
    found = Identity.objects.select_related("person", "person__unit", "joined_by", "parted_by").order_by("-pk")
    if sought:
        found = found.filter(person__name__contains=sought)
    return [one for one in found if one.person.unit.path.startswith(reach)][:limit]


def join(platform: str, uid: str, person: int, now: datetime, by: int) -> Identity:
    """Join a name on a platform with a person.

    Raises:
        Refused: it is another's; the person has left; or they administer or audit, and somebody else joins them.
    """
    uid = uid.strip()
    if not uid or len(uid) > LONGEST:
        raise Refused(_("请写平台上的账号"))
    with sql.act():
        who = Person.objects.filter(pk=person, left_at__isnull=True).first()
        if who is None:
            raise Refused(_("没有这个人，或者已经离职"))
        if person != by and who.powers.filter(right__in=[Right.ADMINISTRATOR, Right.AUDITOR]).exists():
            raise Refused(_("管理员和审计人员的账号由本人关联"))
        kept = Identity.objects.filter(platform=platform, uid=uid).first()
        if kept and kept.person_id != person and kept.parted_at is None:
            raise Refused(_("这个账号已经是别人的"))
        values: dict[str, Any] = {"person": who, "joined_at": now, "joined_by_id": by, "parted_at": None, "parted_by": None}
        found, _new = Identity.objects.update_or_create(platform=platform, uid=uid, defaults=values)
        ledger.write("join", now, person=by, count=1, data={"person": person, "identity": found.pk})
    return found


def part(identity: int, now: datetime, by: int) -> None:
    """Part them again: from now on the platform's name opens nothing, and whoever came in by it is signed out."""
    with sql.act():
        found = Identity.objects.select_related("person").filter(pk=identity, parted_at__isnull=True).first()
        if found is None:
            return
        Identity.objects.filter(pk=identity).update(parted_at=now, parted_by_id=by)
        ledger.write("part", now, person=by, count=1, data={"person": found.person_id, "identity": identity})
        if found.person.user_id:
            _sign_out(found.person.user_id)


def _sign_out(user: int) -> None:
    """End every session of an account."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user):
            session.delete()
