"""qingqun policy FILE: which sentences of a unit's own group rules break the measures, and what to write in their place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from qingqun import packs
from qingqun.cli._options import Json, day_of, existing
from qingqun.cli._show import say, say_json
from qingqun.enrich.policies import policies, sentences
from qingqun.i18n import _
from qingqun.judge import Binding, Judged, judge
from qingqun.judge.catalogue import level_title
from qingqun.office.paper import paragraphs
from qingqun.words import Clause, Level

if TYPE_CHECKING:
    import polars as pl

HELP = _("查一份群管理制度（docx、txt）：哪些句子本身违反规定，应当怎样写。")


class Broken(NamedTuple):
    """A sentence that breaks a rule: its paragraph, the rule, how strictly, the clauses, the lawful wording."""

    line: int
    text: str
    rule: str
    title: str
    level: Level
    clauses: tuple[Clause, ...]
    instead: str


def command(
    file: Annotated[Path, typer.Argument(help=_("制度文件：docx 或纯文本"))],
    pack: Annotated[list[str] | None, typer.Option(help=_("规则包，如 湖北；可多次；默认 全国"))] = None,
    on: Annotated[str | None, typer.Option(help=_("哪一天有效；默认今天"))] = None,
    json: Json = False,
) -> None:
    """Run the command."""
    existing([file])
    day = day_of(on) if on else date.today()  # noqa: DTZ011  the office's own day
    table = policies(sentences(paragraphs(file)))
    found = list(_broken(judge(table, "policies", packs.load(pack or ["全国"], day))))
    if json:
        say_json([one._asdict() | {"clauses": [clause.id for clause in one.clauses]} for one in found])
        return
    say(_("共 {n} 句，{found} 处与规定不符。").format(n=table.height, found=len(found)))
    for one in found:
        _print(one)


def _broken(judged: Judged) -> Iterator[Broken]:
    frame = cast("pl.DataFrame", judged.frame)
    hits = [(binding, row) for binding in judged.bindings for row in frame.filter(binding.column).iter_rows(named=True)]
    for binding, row in sorted(hits, key=lambda hit: hit[1]["line"]):
        yield _named(binding, row["line"], row["text"])


def _named(binding: Binding, line: int, text: str) -> Broken:
    rule = binding.rule
    return Broken(line, text, rule.name, rule.title, binding.level, binding.clauses, rule.instead)


def _print(one: Broken) -> None:
    say(_("\n第 {line} 段  {title}（{level}）").format(line=one.line, title=one.title, level=level_title(one.level)))
    say(_("  原文：{text}").format(text=one.text))
    say(_("  可写：{text}").format(text=one.instead))
    for clause in one.clauses:
        number = f" {clause.number}" if clause.number else ""
        say(_("  依据：{document}：{text}（{id}）").format(document=clause.document + number, text=clause.text, id=clause.id))
