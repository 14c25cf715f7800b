"""The joins of accounts, to be confirmed or undone; filled in, the same sheet is the file of decisions that the next audit reads."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from qingqun.findings.people import ACCOUNT, CARD, DECISIONS, GROUP, NAME, PHONE, STAFF, People
from qingqun.findings.report import words
from qingqun.findings.report.table import Row, Table
from qingqun.findings.roster import SEPARATOR
from qingqun.i18n import _
from qingqun.intake.registers.days import read_day
from qingqun.office import OfficeError, Value, read_tables
from qingqun.words import Refused

YES, NO = ("是", "同一人"), ("否", "不是", "不同")
HEAD = ("编号", "是否同一人", "确认人", "确认日期")  # in the file whatever the language: it is read again


def table(found: People, decisions: pl.DataFrame | None = None) -> Table:
    """Return every join with its score and ground, and who decided what when."""
    known = {row["id"]: row for row in (DECISIONS.to_frame() if decisions is None else decisions).iter_rows(named=True)}
    titles = {
        STAFF: _("工号相同"),
        PHONE: _("手机号相同"),
        ACCOUNT: _("单位平台的账号和姓名相同"),
        CARD: _("群名片上的单位和姓名相同"),
        GROUP: _("单位和姓名相同"),
        NAME: _("姓名相同，各平台只此一人"),
    }
    rows: list[Row] = []
    for join in found.joins.iter_rows(named=True):
        said = known.get(join["id"])
        decided: Row = [YES[0] if said["joined"] else NO[0], said["by"], said["on"]] if said else [None, None, None]
        rows.append([join["id"], _shown(join["a"]), _shown(join["b"]), titles[join["by"]], join["score"], *decided])
    header = [HEAD[0], _("账号甲"), _("账号乙"), _("依据"), _("把握"), *HEAD[1:]]
    note = _("按这些依据当作同一人计负担。确认或更正请填“是否同一人”“确认人”“确认日期”，下次用 --people 读入；填“否”即分开，删去即恢复。")
    return Table(_("人员合并确认"), header, rows, [12, 28, 28, 26, 8, 12, 10, 12], [note])


def load(path: Path) -> pl.DataFrame:
    """Read DECISIONS from a workbook or csv with the columns of the sheet; a row without a decision decides nothing.

    Raises:
        Refused: there is no such sheet, or a decision has nobody who made it, no day, or is neither yes nor no.
    """
    try:
        tables = read_tables(path)
    except OfficeError as error:
        raise Refused(_("{file}：{reason}").format(file=path.name, reason=error.reason)) from error
    for page in tables:
        for number, row in enumerate(page.rows[:20]):
            places = [next((at for at, cell in enumerate(row) if cell == word), -1) for word in HEAD]
            if min(places) >= 0:
                return _decisions(page.rows[number + 1 :], places, f"{path.name} ", number + 2)
    raise Refused(_("{file}：没有“编号、是否同一人、确认人、确认日期”这几栏").format(file=path.name))


def _decisions(rows: Iterable[Sequence[Value]], places: list[int], file: str, line: int) -> pl.DataFrame:
    found = []
    for number, row in enumerate(rows, line):
        name, said, by, on = (row[at] if at < len(row) else None for at in places)
        if name is None or said is None:
            continue
        day = read_day(on)
        if not by or day is None or str(said) not in (*YES, *NO):
            raise Refused(_("{file}第 {line} 行：决定要写“是”或“否”、确认人和日期").format(file=file, line=number))
        found.append((str(name), str(said) in YES, str(by), day))
    return pl.DataFrame(found, schema=DECISIONS, orient="row").unique("id", keep="last", maintain_order=True)


def _shown(node: str) -> str:
    """Show an account: platform and name or id, no telephone number in full."""
    platform, account = node.split(SEPARATOR, 1)
    hidden = f"{account[:3]}****{account[-2:]}" if account.isdecimal() and len(account) == len("13800000000") else account
    return f"{words.platform(platform)} {hidden}"


def told(found: People) -> list[str]:
    """Return the sentence on joins; none where nobody was joined."""
    n = int(found.joins["joined"].sum())
    return [_("{n} 对账号按工号、手机号、单位和姓名视为同一人，依据和把握见工作簿“人员合并确认”，可以改正。").format(n=n)] if n else []
