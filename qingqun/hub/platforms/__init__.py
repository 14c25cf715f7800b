"""Where an office's people already are. One platform = one file with TITLE, FIELDS, DOORS, `listed`, `door` and `who`.

`listed(credentials) -> Listed` reads departments and members; `door(credentials, back, state, agent) -> address` is where a browser goes to
sign in; `who(credentials, code, back) -> Who` tells who came back. All raise `Refused` with a sentence that holds no secret.
"""

import importlib
import json
import pkgutil
from collections.abc import Iterable
from contextlib import suppress
from types import ModuleType

from qingqun.hub import vault
from qingqun.hub.deliver.ringing import Credentials
from qingqun.hub.models import Credential
from qingqun.hub.platforms._asking import following
from qingqun.hub.platforms._records import DepartmentRow, Listed, MemberRow, Who
from qingqun.words import Refused

CHANNEL = "app."  # what stands before a platform's name in the table of credentials
NAME = "default"
PLATFORMS: dict[str, ModuleType] = {
    found.name: importlib.import_module(f"{__name__}.{found.name}")
    for found in pkgutil.iter_modules(__path__)
    if not found.name.startswith("_")
}


def kept(platform: str) -> Credentials | None:
    """Return a platform's credentials as they were entered; None where there are none.

    Raises:
        Refused: the vault's key does not open them.
    """
    return next((_opened(row) for row in _rows() if row.channel == f"{CHANNEL}{platform}"), None)


def signing_in() -> dict[str, Credentials]:
    """Return the platforms that people may sign in by; one whose credentials do not open is none."""
    found: dict[str, Credentials] = {}
    for row in _rows():
        with suppress(Refused):
            one = _opened(row)
            if one["active"] and one.get("signin"):
                found[row.channel.removeprefix(CHANNEL)] = one
    return found


def _rows() -> Iterable[Credential]:
    return Credential.objects.filter(channel__in=[f"{CHANNEL}{one}" for one in PLATFORMS], name=NAME)


def _opened(row: Credential) -> Credentials:
    return dict(json.loads(vault.unlock(bytes(row.locked))), active=row.active)


__all__ = ["CHANNEL", "NAME", "PLATFORMS", "DepartmentRow", "Listed", "MemberRow", "Who", "following", "kept", "signing_in"]
