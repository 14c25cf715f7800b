"""qingqun packs: which measures can be judged by, and what a place's pack holds on a day: words, numbers, source, first and last day."""

from datetime import date
from typing import Annotated

import typer

from qingqun import packs
from qingqun.cli._clauses import told
from qingqun.cli._options import Json, day_of
from qingqun.cli._show import say, say_json
from qingqun.i18n import _
from qingqun.words import Clause

HELP = _("列出规则包；写出包名则列出其中的条款：问题、提醒和线索。")


def command(
    places: Annotated[list[str] | None, typer.Argument(help=_("规则包名；不写则列出全部"))] = None,
    on: Annotated[str | None, typer.Option(help=_("哪一天有效；默认今天"))] = None,
    json: Json = False,
) -> None:
    """Run the command."""
    if not places:
        _list(json)
        return
    pack = packs.load(places, day_of(on) if on else date.today())  # noqa: DTZ011  the office's own day
    if json:
        say_json({"name": pack.name, "title": pack.title, "revision": pack.revision, "clauses": [_clause(c) for c in pack.clauses]})
        return
    for line in told(pack):
        say(line)


def _list(json: bool) -> None:
    for known in packs.listing():
        if json:
            say_json({"name": known.name, "title": known.title, "clauses": known.clauses, "names": known.names, "note": known.note})
        else:
            say(f"{known.name:<16}" + _("{title}（{n}）").format(title=known.title, n=known.clauses))


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "id": clause.id,
        "rule": clause.rule,
        "document": clause.document,
        "place": clause.place,
        "level": clause.level,
        "strength": clause.strength,
        "confidence": clause.confidence,
        "source": clause.source,
        "number": clause.number,
        "text": clause.text,
        "numbers": clause.numbers,
        "since": clause.since and clause.since.isoformat(),
        "until": clause.until and clause.until.isoformat(),
    }
