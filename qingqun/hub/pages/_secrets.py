"""Forms made of FIELDS: what an administrator of the whole hub enters for a platform; what is secret is never shown again."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest

from qingqun.hub import ledger, sql, vault
from qingqun.hub.deliver.ringing import Field
from qingqun.hub.models import Credential, Right
from qingqun.hub.pages._visitor import Visitor
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 500


class Shown(NamedTuple):
    """A field as a form has it; of a secret only whether there is one."""

    field: Field
    label: str
    value: str
    there: bool


def whole(visitor: Visitor) -> bool:
    """Tell whether somebody administers from the top: what counts for all units is theirs alone."""
    return any(right == Right.ADMINISTRATOR and path.count("/") == 2 for right, path in visitor.powers)


def shown(fields: Iterable[Field], kept: Mapping[str, Any] | None) -> list[Shown]:
    """Return the fields of a form."""
    found = kept or {}
    return [
        Shown(one, _(one.label), "" if one.secret else str(found.get(one.name, one.default) or ""), bool(found.get(one.name)))
        for one in fields
    ]


def entered(request: HttpRequest, fields: Iterable[Field], kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a form says; an empty secret stays as it was.

    Raises:
        Refused: something needed is missing, or too long.
    """
    found: dict[str, Any] = {}
    for one in fields:
        text = request.POST.get(one.name, "").strip()
        if one.kind == "yes":
            found[one.name] = text == "1"
            continue
        text = text or (str((kept or {}).get(one.name, "")) if one.secret else one.default)
        if len(text) > LONGEST or (one.kind == "number" and text and not (text.isascii() and text.isdigit())):
            raise Refused(_("“{field}”填得不对").format(field=_(one.label)))
        if one.needed and not text:
            raise Refused(_("“{field}”没有填").format(field=_(one.label)))
        found[one.name] = text
    return {name: value for name, value in found.items() if value != ""}


def keep(channel: str, values: Mapping[str, Any], now: datetime, by: int, *, active: bool, name: str = "default") -> None:  # noqa: PLR0913  a row
    """Lock what was entered; the ledger says that it was, not what."""
    with sql.act():
        row, _new = Credential.objects.update_or_create(
            channel=channel, name=name, defaults={"locked": vault.lock(json.dumps(dict(values), ensure_ascii=False)), "active": active}
        )
        ledger.write("credential", now, person=by, count=int(active), data={"credential": row.pk})
