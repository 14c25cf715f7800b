"""Whose name on a platform this is: only what an administrator joined opens an account, and only until it is parted."""

from django.db.models import Q

from qingqun.hub import ledger, sql
from qingqun.hub.models import Identity, Person, User
from qingqun.hub.now import now


def user_of(platform: str, uid: str, union: str = "") -> User | None:
    """Return the account behind a platform's names; None where nobody joined them, they are parted, or their person has left.

    A person whom the directory brought has no account before the first sign-in: it is made here, without a password.
    """
    every = [one for one in (uid, union) if one]
    names = Q(uid__in=every) | (Q(union=union) if union else Q(pk__in=[]))
    here = Identity.objects.filter(platform=platform, parted_at__isnull=True, person__left_at__isnull=True)
    found = list(here.filter(names).select_related("person__user"))
    if len({one.person_id for one in found}) != 1:
        return None
    user = found[0].person.user or _opened(found[0])
    return user if user.is_active else None


def refused(platform: str) -> None:
    """Write into the ledger that somebody was not let in; who it was is kept nowhere."""
    with sql.act():
        ledger.write("sign in refused", now(), count=1, data={"platform": platform})


def _opened(identity: Identity) -> User:
    with sql.act():
        user, new = User.objects.get_or_create(username=f"{identity.platform}-{identity.pk}")
        if new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        Person.objects.filter(pk=identity.person_id, user__isnull=True).update(user=user)
        ledger.write("account", now(), person=identity.person_id, count=1, data={"identity": identity.pk})
    return user
