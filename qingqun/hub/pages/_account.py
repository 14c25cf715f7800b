"""Who has signed in: account, person and powers by one plain statement, since every page begins with it. Checked as Django does."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from qingqun.hub import often
from qingqun.hub.models import User
from qingqun.hub.pages._visitor import FROM_PERSON, WHO, keep

# What an account has beyond these Django loads when it is asked for.
_COLUMNS = ["id", "password", "is_superuser", "username", "first_name", "last_name", "email", "is_staff", "is_active"]
_ACCOUNT = f"""
SELECT {", ".join(f"a.{name}" for name in _COLUMNS)}, {WHO}
FROM hub_user a LEFT JOIN hub_person p ON p.user_id = a.id AND p.left_at IS NULL {FROM_PERSON} WHERE a.id = %s
"""  # noqa: S608  names of columns


class ByName(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's way in, by name and password."""

    def get_user(self, user_id: int) -> User | None:
        """Return an active account by its number; None where there is none."""
        return account(user_id)


def account(number: Any) -> User | None:
    """Return an active account, with the visitor behind it kept on it."""
    found = often.rows(_ACCOUNT, [number])
    if not found:
        return None
    user = User.from_db("default", _COLUMNS, found[0][: len(_COLUMNS)])
    keep(user, [row[len(_COLUMNS) :] for row in found])
    return user if user.is_active else None
