"""What an administrator enters for a channel: checked, locked by the vault, tried out. Secrets go in and are never shown again."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from qingqun.hub import ledger, sql, vault
from qingqun.hub.deliver.channels import Opened
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Outcome, Ringing
from qingqun.hub.deliver.spend import pay
from qingqun.hub.models import Credential, Ring
from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 2_000  # characters of one entry


def kept(channel: str) -> Credential | None:
    """Return the row that counts for a channel: the first active one by name, else the first."""
    return Credential.objects.filter(channel=channel).order_by("-active", "name").first()


def opened(row: Credential | None) -> dict[str, object]:
    """Return what a row holds, nothing where there is none or its key is lost."""
    try:
        return dict(json.loads(vault.unlock(bytes(row.locked)))) if row else {}
    except (Refused, ValueError):
        return {}


def shown(fields: Sequence[Field], held: Credentials) -> dict[str, str]:
    """Return what a form may show: never a secret."""
    return {field.name: _text(held.get(field.name, field.default)) for field in fields if not field.secret}


def read(fields: Sequence[Field], form: Mapping[str, str], held: Credentials) -> dict[str, object]:
    """Read a filled form; a secret left empty stays as it was.

    Raises:
        Refused: something is missing or wrong; the reason names the field, never its content.
    """
    found = {field.name: _read(field, str(form.get(field.name, "")).strip(), held) for field in fields}
    given = {name: value for name, value in found.items() if value not in {"", None}}
    _check_place(given)
    return given


def keep(channel: str, values: Mapping[str, object], by: int, now: datetime, *, active: bool = True) -> None:
    """Lock and keep a channel's credential, with an entry in the ledger that says only that it was done."""
    row = kept(channel)
    with sql.act():
        written = {"locked": vault.lock(json.dumps(dict(values), ensure_ascii=False)), "active": active}
        if row:
            Credential.objects.filter(pk=row.pk).update(**written)
        else:
            Credential.objects.create(channel=channel, name="1", **written)
        sql.run("DELETE FROM hub_pass WHERE until < %s", [to_ms(now)])
        ledger.write("credential", now, person=by, data={"kept": 1})


def switch(channel: str, by: int, now: datetime, *, active: bool) -> None:
    """Let a channel ring, or not any more."""
    with sql.act():
        row = kept(channel)
        if row:
            Credential.objects.filter(pk=row.pk).update(active=active)
            ledger.write("credential", now, person=by, data={"active": int(active)})


def try_out(one: Opened, address: str, now: datetime) -> Outcome:
    """Ring once, to see whether it works; counted in the channel's bucket as any other ring.

    Raises:
        Refused: the platform's limit leaves no room now.
    """
    if not pay(one.name, Limits(one.channel.LIMITS.credential), 0, now, urgent=True):
        raise Refused(_("这条通道现在正忙，请稍后再试"))
    title, summary = _("试发：通道已接通"), _("这是管理员试发的一条提醒，不用办理。")
    ringing = Ringing(0, 0, os.urandom(14).hex(), address, title, summary, settings.OWNER or _("轻群"), settings.ADDRESS)
    message = one.channel.render(ringing, one.credentials)
    return next((outcome for _attempt, outcome in one.channel.send([message], one.credentials)), Outcome(Ring.UNKNOWN))


def _read(field: Field, text: str, held: Credentials) -> object:
    if field.kind == "yes":
        return bool(text)
    if field.secret and not text:
        text = _text(held.get(field.name, ""))
    text = text or field.default
    if len(text) > LONGEST:
        raise Refused(_("“{field}”太长").format(field=_(field.label)))
    if field.needed and not text:
        raise Refused(_("请填写“{field}”").format(field=_(field.label)))
    if text and field.kind == "number" and not (text.isascii() and text.isdigit()):
        raise Refused(_("“{field}”应为数字").format(field=_(field.label)))
    if field.choices and text not in field.choices:
        raise Refused(_("“{field}”请从给出的几项里选").format(field=_(field.label)))
    return text.replace(",", " ").replace("，", " ").split() if field.kind == "list" else text


def _check_place(given: Mapping[str, object]) -> None:
    if "base" not in given:
        return
    try:
        parts = urlsplit(str(given["base"]))
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ({"http", "https"} if given.get("private") else {"https"}) or parts.username or parts.query:
        raise Refused(_("接口地址应为 https:// 开头的网址；在内网的可以是 http://"))


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value) if value else ""
