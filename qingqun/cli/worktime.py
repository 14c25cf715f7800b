"""qingqun worktime MOMENT: is it working time?"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from qingqun.cli._options import Json, Unit, hours_of
from qingqun.cli._show import say, say_json
from qingqun.clock import moment as moments
from qingqun.i18n import _

HELP = _("判断某一时刻是否工作时间，以及下一次上班的时刻。")


def command(
    moment: Annotated[str, typer.Argument(help=_("时刻，如 2026-01-04 09:00；now 表示此刻"))],
    unit: Unit = None,
    json: Json = False,
) -> None:
    """Run the command."""
    hours = hours_of(unit)
    at = datetime.now(UTC) if moment == "now" else moments.parse(moment)
    answer = moments.answer(at, hours)
    if json:
        say_json(answer.as_json())
        return
    for key, value in answer.as_json().items():
        say(f"{key}: {value}")
    if unit is None:
        say(_("（按产品默认工作时间 08:30—12:00、14:30—17:30）"))
