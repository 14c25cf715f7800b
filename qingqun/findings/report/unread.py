"""What did not enter the audit, by why: a private chat that is refused is no error, and an error in the register is no lost message."""

from collections.abc import Iterator

import polars as pl

from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _

PRIVATE, NOWHERE = "private_chat", "group_unknown"
REGISTER = (
    "bad_count",
    "bad_date",
    "bad_percent",
    "bad_phone",
    "circle",
    "duplicate",
    "end_before_start",
    "no_name",
    "own_parent",
    "rounded_id",
    "shared_account",
    "shared_phone",
    "unknown_audience",
    "unknown_kind",
    "unknown_level",
    "unknown_platform",
)  # fmt: skip  the codes of intake/registers


def told(problems: pl.DataFrame) -> list[str]:
    """Take PROBLEMS; return one phrase for each kind of reason, with its count."""
    kinds = problems.select(kind=_kind()).group_by("kind").len()
    counted = dict(kinds.iter_rows())
    return [text.format(n=counted[kind]) for kind, text in _phrases() if kind in counted]


def _kind() -> pl.Expr:
    code = pl.col("code")
    return pl.when(code.is_in([PRIVATE, NOWHERE])).then(code).when(code.is_in(REGISTER)).then(pl.lit("register")).otherwise(pl.lit("other"))


def _phrases() -> Iterator[tuple[str, str]]:
    yield PRIVATE, _("一对一聊天 {n} 条，按规定不读入")
    yield NOWHERE, _("看不出在哪个群的消息 {n} 条，可用 --group 说明群名")
    yield "register", _("台账填写有误 {n} 处，请改正台账")
    yield "other", _("格式有误 {n} 处")


def problems(found: pl.DataFrame) -> Table:
    """Return what was not read, and why. One-to-one chats are only counted: who talks to whom is nobody's business here."""
    private = found.filter(pl.col("code") == PRIVATE).group_by("file", maintain_order=True).agg(pl.len(), pl.col("line").first())
    rest = found.filter(pl.col("code") != PRIVATE).select("file", "line", "reason").iter_rows()
    folded: list[Row] = [
        [file, line, _("一对一聊天 {n} 条，按规定不读入（从这一行起）").format(n=count)] for file, count, line in private.iter_rows()
    ]
    rows = [*([file, line or _("整个文件"), reason] for file, line, reason in rest), *folded]
    return Table(
        _("未读入的内容"), [_("文件"), _("行"), _("原因")], rows, [40, 10, 80], [*told(found), _("以上各项未计入统计，其余已正常读入。")]
    )
