"""A unit's working hours: read from what somebody typed, kept as the text of docs/working-time.md."""

import json
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from qingqun.clock import region
from qingqun.clock import unit as clock_unit
from qingqun.clock.errors import ClockFileError
from qingqun.clock.hours import Hours
from qingqun.hub import ledger, sql, tree
from qingqun.hub.models import Unit, WorkTime
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 8_000  # characters


def read(text: str) -> Hours:
    """Read hours.

    Raises:
        Refused: they are wrong; the reason is for people.
    """
    if len(text) > LONGEST:
        raise Refused(_("作息写得太长"))
    _check_names_no_file(text)
    with TemporaryDirectory() as folder:
        path = Path(folder, "hours.toml")
        path.write_text(text, encoding="utf-8")
        try:
            return clock_unit.load(path)
        except ClockFileError as error:
            raise Refused(str(error)) from error


def _check_names_no_file(text: str) -> None:
    """A unit's file may name others beside it; what is typed into a page must not make the server read any."""
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(_("作息的写法不对：{error}").format(error=error)) from error
    if "calendars" in given or str(given.get("region", "")) not in {"", *region.names()}:
        raise Refused(_("这里不能引用文件：地方假日只能选自带的"))


def composed(name: str, spans: Sequence[str], region: str) -> str:
    """Return the text of hours that are the same all year."""
    quoted = json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON takes it as it is, TOML does not
    parts = [f"name = {quoted}"]
    parts += [f"region = {json.dumps(region)}"] if region else []
    parts += ["", "[[season]]", f"hours = {json.dumps([span for span in spans if span], ensure_ascii=False)}"]
    return "\n".join(parts) + "\n"


def plain(text: str) -> tuple[str, str, str] | None:
    """Return the two spans and the region of a text that `composed` could have written; None of any other."""
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    match given:
        case {"name": str(), "season": [{"hours": [str() as morning, *rest], **more}], **others} if len(rest) < 2 and not more:
            region = others.pop("region", "")
            return None if others else (morning, str(rest[0]) if rest else "", str(region))
    return None


def set_hours(unit: int, text: str, person: int, now: datetime) -> None:
    """Give a unit hours of its own; with an empty text it goes by the unit above again.

    Raises:
        Refused: the hours are wrong.
    """
    if text:
        read(text)
    with sql.act():
        row = Unit.objects.get(pk=unit)
        row.worktime = WorkTime.objects.update_or_create(name=f"单位 {unit}", defaults={"text": text})[0] if text else None
        row.save(update_fields=["worktime"])
        tree.settle()
        ledger.write("hours", now, person=person, count=1, data={"unit": unit})
