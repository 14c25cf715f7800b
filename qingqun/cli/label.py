"""qingqun label FILE.jsonl: what each message is, asks for, and by when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from qingqun.cli._show import json_lines, say_json, text_of
from qingqun.clock import moment
from qingqun.clock.hours import Hours
from qingqun.enrich import labels
from qingqun.enrich.deadline import deadlines
from qingqun.i18n import _
from qingqun.words import MOMENT, Refused

BATCH = 50_000

HELP = _("给每条消息标注类别、完成时限、理由所在的文字和得分。")


def command(file: Annotated[Path, typer.Argument(help=_('每行一个 {"id","text","sent_at"}'))]) -> None:
    """Run the command."""
    records = json_lines(file)
    while batch := list(islice(records, BATCH)):
        for answer in _answers(file, batch):
            say_json(answer)


def _answers(file: Path, batch: list[tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    texts = pl.Series("text", [text_of(file, n, r, "text") for n, r in batch], dtype=pl.String)
    sent_at = pl.Series("sent_at", [_moment(file, n, r) for n, r in batch], dtype=pl.Datetime("us", "UTC")).cast(MOMENT)
    due = deadlines(texts, sent_at, Hours.default()).dt.convert_time_zone("Asia/Shanghai")
    labelled = labels.label_texts(texts).iter_rows(named=True)
    for (_number, record), spans, row, at in zip(batch, labels.spans(texts), labelled, due, strict=True):
        yield _answer(record.get("id"), spans, row, at)


def _answer(name: object, spans: Mapping[str, tuple[int, int]], row: dict[str, Any], due: datetime | None) -> dict[str, Any]:
    found = [label for label in labels.labels() if row[f"is_{label}"]]
    return {
        "id": name,
        "labels": found,
        "deadline": due.isoformat(timespec="seconds") if due else None,
        "spans": {label: list(spans[label]) for label in found if label in spans},
        "scores": _scores(row, found),
    }


def _scores(row: dict[str, Any], found: Iterable[str]) -> dict[str, float]:
    return {label: round(row[f"score_{label}"], 3) for label in found}


def _moment(file: Path, number: int, record: dict[str, Any]) -> datetime:
    text = text_of(file, number, record, "sent_at")
    try:
        return moment.parse(text)
    except Refused as wrong:
        raise Refused(_("{path} 第 {line} 行：{why}").format(path=file.name, line=number, why=wrong)) from wrong
