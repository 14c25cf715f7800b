"""qingqun packs: which measures can be judged by, and what a place's pack holds."""

from datetime import date
from typing import Annotated

import typer

from qingqun import packs
from qingqun.cli._options import Json, day_of
from qingqun.cli._show import say, say_json
from qingqun.i18n import _
from qingqun.words import Clause, Level, Pack

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
    _print(pack)


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


def _print(pack: Pack) -> None:
    say(f"{pack.title}  {pack.revision[:12]}")
    titles = {Level.VIOLATION: _("违反即为问题"), Level.WARNING: _("提醒（原则上、一般）"), Level.HINT: _("仅作线索（待核）")}
    for level, title in titles.items():
        clauses = [c for c in pack.clauses if c.level is level]
        if clauses:
            say(f"\n== {title} ==")
        for clause in clauses:
            number = f" {clause.number}" if clause.number else ""
            said = _("{document}：{text}（{id}）").format(document=clause.document + number, text=clause.text, id=clause.id)
            say(f"{clause.rule:<18}{said}")
