"""qingqun repeats FILE.jsonl: is it the same notice again?"""

from pathlib import Path
from typing import Annotated, Any

import typer

from qingqun.cli._show import json_lines, say_json, text_of
from qingqun.enrich import repeats
from qingqun.i18n import _

HELP = _("判断两段文字是否同一通知：same、related 或 different，并指出不同之处。")


def command(file: Annotated[Path, typer.Argument(help=_('每行一个 {"id"?,"a","b"}'))]) -> None:
    """Run the command."""
    for number, record in json_lines(file):
        found = repeats.compare(text_of(file, number, record, "a"), text_of(file, number, record, "b"))
        say_json(_answer(record, found))


def _answer(record: dict[str, Any], found: repeats.Comparison) -> dict[str, Any]:
    differs = [{"a": list(d.a), "b": list(d.b), "kind": d.kind} for d in found.differs]
    named = {"id": record["id"]} if "id" in record else {}
    return {**named, "verdict": found.verdict, "differs": differs}
