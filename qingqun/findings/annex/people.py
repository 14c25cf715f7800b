"""The joins of accounts, to be confirmed or undone; filled in, the same sheet is the file of decisions that the next audit reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from qingqun.findings.decided import DECISIONS, hidden, spelled
from qingqun.findings.joins import ACCOUNT, CARD, GROUP, NAME, NICK, OWN, PHONE, SAID, SAME, STAFF
from qingqun.findings.payroll import ROW
from qingqun.findings.people import People
from qingqun.findings.report import words
from qingqun.findings.report.table import Row, Table
from qingqun.findings.roster import SEPARATOR
from qingqun.i18n import _
from qingqun.intake.registers import vocabulary
from qingqun.intake.registers.days import read_day
from qingqun.office import OfficeError, Value, read_tables
from qingqun.words import Refused

YES, NO = ("是", "同一人"), ("否", "不是", "不同")
HEAD = ("编号", "是否同一人", "确认人", "确认日期")  # in the file whatever the language: it is read again
ENDS = ("账号甲", "账号乙")  # a pair that no key joined is spelled here
REGISTER = "人员台账"  # stands for a platform where a row of the register of persons is meant


def table(found: People) -> Table:
    """Return every join with its score and ground, whether it holds, and who decided what when."""
    known = {row["id"]: row for row in found.said.iter_rows(named=True)}
    titles = _titles()
    shown = found.joins.with_columns(_shown(end, found.joins) for end in ("a", "b"))
    rows: list[Row] = []
    for join in shown.iter_rows(named=True):
        said = known.get(join["id"])
        decided: Row = [YES[0] if said["joined"] else NO[0], said["by"], said["on"]] if said else [None, None, None]
        now = _("已并") if join["joined"] else _("未并")
        rows.append([join["id"], join["a"], join["b"], titles[join["by"]], join["score"], now, *decided])
    rows += _unfound(found)
    header = [HEAD[0], *ENDS, _("依据"), _("把握"), _("现在"), *HEAD[1:]]
    notes = [
        _("“已并”的按同一人计负担。确认或更正请填“是否同一人”“确认人”“确认日期”，下次用 --people 读入。"),
        _("填“否”即分开，填“是”即合并，删去即恢复。"),
        _("没有列出的两个账号是同一人的，在末尾加一行：编号留空，账号甲、账号乙各写平台、空格、账号或群里的名字。"),
        _("例如“微信 wxid_1”“人员台账 三里社区 李某 A1023”。"),
    ]
    return Table(_("人员合并确认"), header, rows, [12, 28, 28, 26, 8, 8, 12, 10, 12], notes)


def _titles() -> dict[str, str]:
    return {
        OWN: _("人员台账写明这个账号"),
        NICK: _("人员台账写明的名字，本平台只此一个"),
        STAFF: _("工号相同"),
        PHONE: _("手机号相同"),
        ACCOUNT: _("单位平台的账号和姓名相同"),
        CARD: _("群名片上的单位和姓名相同"),
        GROUP: _("单位和姓名相同"),
        NAME: _("姓名相同，各平台只此一人"),
        SAME: _("姓名相同，但不止一个账号，请确认"),
        SAID: _("人工确认"),
    }


def _unfound(found: People) -> Iterator[Row]:
    """Keep what an office wrote, though no such account was read: the sheet is the next audit's file."""
    for row in found.unfound.iter_rows(named=True):
        ends = (_spoken(row[end]) for end in ("a", "b"))
        why = _("账号不在本次导出中，或不止一个")
        yield [row["id"], *ends, why, None, _("未并"), YES[0] if row["joined"] else NO[0], row["by"], row["on"]]


def load(path: Path) -> pl.DataFrame:
    """Read DECISIONS from a workbook or csv with the columns of the sheet; a row without a decision decides nothing.

    Raises:
        Refused: there is no such sheet, or a decision has nobody who made it, no day, names no accounts, or is neither yes nor no.
    """
    try:
        tables = read_tables(path)
    except OfficeError as error:
        raise Refused(_("{file}：{reason}").format(file=path.name, reason=error.reason)) from error
    for page in tables:
        for number, row in enumerate(page.rows[:20]):
            places = {word: next((at for at, cell in enumerate(row) if cell == word), -1) for word in (*HEAD, *ENDS)}
            if all(places[word] >= 0 for word in HEAD):
                return _decisions(page.rows[number + 1 :], places, f"{path.name} ", number + 2)
    raise Refused(_("{file}：没有“编号、是否同一人、确认人、确认日期”这几栏").format(file=path.name))


def _decisions(rows: Iterable[Sequence[Value]], places: Mapping[str, int], file: str, line: int) -> pl.DataFrame:
    found = []
    for number, row in enumerate(rows, line):
        cells = {word: row[at] if 0 <= at < len(row) else None for word, at in places.items()}
        name, said, by, on = (cells[word] for word in HEAD)
        if said is None:
            continue
        day, ends = read_day(on), [_end(cells[word]) for word in ENDS]
        if not by or day is None or str(said) not in (*YES, *NO):
            raise Refused(_("{file}第 {line} 行：决定要写“是”或“否”、确认人和日期").format(file=file, line=number))
        if name is None and None in ends:
            raise Refused(_("{file}第 {line} 行：没有编号的，账号甲、账号乙都要写成“平台 账号”").format(file=file, line=number))
        found.append((None if name is None else str(name), str(said) in YES, str(by), day, *ends))
    return pl.DataFrame(found, schema=DECISIONS, orient="row").unique(["id", "a", "b"], keep="last", maintain_order=True)


def _end(cell: Value) -> str | None:
    """Read “微信 wxid_1”; None where no platform and no account can be told apart."""
    platform, _blank, account = " ".join(str(cell or "").split()).partition(" ")
    code = ROW if platform == REGISTER else vocabulary.platform(platform) or platform
    return spelled(code, account) if code and account else None


def _spoken(end: str | None) -> str | None:
    platform, _blank, account = (end or "").partition(SEPARATOR)
    return f"{REGISTER if platform == ROW else words.platform(platform)} {account}" if end else None


def _shown(column: str, joins: pl.DataFrame) -> pl.Expr:
    """Show an account: platform and name or id, no telephone number in full."""
    parts = pl.col(column).str.splitn(SEPARATOR, 2)
    codes = joins[column].str.splitn(SEPARATOR, 2).struct[0].unique().to_list()
    titles = {code: REGISTER if code == ROW else words.platform(code) for code in codes}
    return pl.concat_str(parts.struct[0].replace(titles), hidden(parts.struct[1]), separator=" ").alias(column)


def told(found: People) -> list[str]:
    """Return the sentences on joins and on the register of persons; none where there is nothing to say."""
    n, wrong, lines = int(found.joins["joined"].sum()), len(found.unfound), []
    if n:
        lines.append(_("{n} 对账号按工号、手机号、单位和姓名视为同一人，依据和把握见工作簿“人员合并确认”，可以改正。").format(n=n))
    if found.listed:
        text = _("人员台账 {n} 人，其中 {met} 人在导出中认出了账号。")
        lines.append(text.format(n=found.listed, met=found.met))
    if wrong:
        lines.append(_("人员确认表中 {n} 条写的账号不在本次导出中，或不止一个，没有采用。").format(n=wrong))
    return lines
