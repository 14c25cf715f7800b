"""One page that needs nothing else: no script, no outside address, charts drawn here, each with its table."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import polars as pl
from jinja2 import Environment
from markupsafe import Markup

from qingqun.findings.metrics import metrics
from qingqun.findings.report import charts, lists, savings, since, tables, told, unread, words
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary, summarise
from qingqun.i18n import _, language
from qingqun.office.atomic import replacing
from qingqun.office.plainly import plainly

SHOWN = 100  # findings per rule and unit on the page, ALL on the whole page; the workbook has every one
ALL = 4000
ROWS = 500  # of a table
UNITS = 40  # in a chart
ACTS = 12  # proposals shown without a click
HINTS = 5  # messages of each kind of hint: the workbook has every one
TILES = ("groups", "messages", "peak", "notices", "repeats", "off", "demands", "minutes")
POLICY = "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'"


def write(report: Report, path: Path) -> None:
    """Write the report as one HTML page, whole or not at all. Raises OSError if the folder cannot be written."""
    with replacing(path) as part:
        part.write_text(page(report), encoding="utf-8", errors="replace", newline="\n")  # a name typed in another coding


def page(report: Report) -> str:
    """Return the page. Every text is escaped; the only style it may use is its own, by its hash."""
    style = _read("page.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    environment = Environment(autoescape=True, finalize=plainly, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {
        "_": _,
        "words": words,
        "told": told,
        "tables": tables,
        "lists": lists,
        "charts": charts,
        "savings": savings,
        "since": since,
        "unread": unread,
        "language": language(),
    }
    template = environment.from_string(_read("page.html.j2"))
    summary = summarise(report)
    return template.render(
        r=report,
        s=summary,
        style=Markup(style),  # noqa: S704  our own file beside this one
        policy=POLICY.format(style=f"sha256-{digest}"),
        tiles=_tiles(report),
        rules=_by_rule(report, summary),
        shown=_shown(report),
        most=ROWS,
        units=UNITS,
        acts=ACTS,
        hints=_hints(report, summary, min(HINTS, _shown(report))),
    )


def _shown(report: Report) -> int:
    folds = report.gathered.findings.select(pl.struct("rule", "unit").n_unique()).item()
    return min(SHOWN, ALL // max(int(folds), 1))


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _tiles(report: Report) -> list[dict[str, str]]:
    everybody = {row["metric"]: row for row in report.burden.table.filter(pl.col("unit").is_null()).iter_rows(named=True)}
    return [
        {"title": m.title, "unit": m.unit, "median": words.figure(row["median"]), "p90": words.figure(row["p90"])}
        for m in metrics()
        if m.name in TILES and (row := everybody.get(m.name))
    ]


def _by_rule(report: Report, summary: Summary) -> list[dict[str, object]]:
    """Findings by rule and unit, in the order of the summary."""
    table = report.gathered.findings
    return [row | _rule(table.filter(pl.col("rule") == row["rule"])) for row in summary.by_rule.iter_rows(named=True)]


def _hints(report: Report, summary: Summary, most: int) -> list[dict[str, object]]:
    """Hints by rule, in the order of the summary: the clauses they rest on and the first messages."""
    table = report.gathered.hints
    parts = ((row, table.filter(pl.col("rule") == row["rule"])) for row in summary.hinted.iter_rows(named=True))
    return [row | {"clauses": _cited(mine), "first": mine.sort("at", nulls_last=True).head(most).to_dicts()} for row, mine in parts]


def _cited(mine: pl.DataFrame) -> list[dict[str, object]]:
    return mine.select(c="clauses").explode("c").drop_nulls().unique(maintain_order=True)["c"].to_list()


def _rule(mine: pl.DataFrame) -> dict[str, object]:
    units = [(unit[0], found.to_dicts()) for unit, found in mine.sort("unit", "at", nulls_last=True).group_by("unit", maintain_order=True)]
    numbers = mine.filter(pl.col("numbers").list.len() > 0)["numbers"].unique().to_list()
    return {"clauses": _cited(mine), "units": units, "numbers": numbers}
