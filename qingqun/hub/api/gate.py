"""The gate before every call, declared beside it: a token, its pace, its scope, its person's rights. The same powers as on the pages."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.security import HttpBearer

from qingqun.hub import sql
from qingqun.hub.api.keys import Caller, caller
from qingqun.hub.api.problems import Problem
from qingqun.hub.deliver.bucket import take, tokens, wait
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.now import now
from qingqun.i18n import _

PACE = Rate(240, 60)  # calls a token: half of them at once

if TYPE_CHECKING:

    class Called(HttpRequest):
        """A request that came through the gate."""

        auth: Caller
else:
    Called = HttpRequest


class Bearer(HttpBearer):
    """What a call needs: a scope, and one of the rights where any are named."""

    def __init__(self, scope: str, *rights: str) -> None:
        super().__init__()
        self.scope, self.rights = scope, frozenset(rights)

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:  # noqa: ARG002  ninja's signature
        """Return who is calling; None where nobody is known.

        Raises:
            Problem: too many calls (429), or not allowed (403).
        """
        found = _paced(token)
        if found and (self.scope not in found.scopes or (self.rights and not self.rights & found.visitor.rights)):
            raise Problem(403, _("需要权限范围“{scope}”，以及本人相应的角色").format(scope=self.scope))
        return found


def _paced(token: str) -> Caller | None:
    at = now()
    with sql.act():
        found = caller(token, at)
        if found is None:
            return None
        key = f"api:{found.token}"
        left = tokens([key], PACE, at)[key]
        if left >= 1:
            take({key: 1})
    if left < 1:
        raise Problem(429, Retry_After=str(wait(PACE) // 1_000 + 1))
    return found
