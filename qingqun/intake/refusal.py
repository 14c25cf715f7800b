"""Problems in words: one that a person can act on names the file, the line where there is one, and the reason."""

import re

import polars as pl

from qingqun.i18n import _, joined

SHOWN = 3
PRIVATE = "private_chat"
_HEAD = 12  # characters of a reason within which it may name its line itself


def named(file: str, line: int, reason: str) -> str:
    """Return a problem as one sentence; line 0 is the whole file."""
    if line and not re.search(rf"(?<![0-9]){line}(?![0-9])", reason[:_HEAD]):
        return _("{file} 第 {line} 行：{reason}").format(file=file, line=line, reason=reason)
    return _("{file}：{reason}").format(file=file, reason=reason)


def examples(problems: pl.DataFrame, shown: int = SHOWN) -> list[str]:
    """Take PROBLEMS; return a sentence for the first of each kind in each file, at most `shown`.

    One-to-one chats are left out: a refusal as the rules have it is nobody's mistake, and who talks to whom is nobody's business.
    """
    mistakes = problems.filter(pl.col("code") != PRIVATE).unique(["file", "code"], keep="first", maintain_order=True)
    return [named(*row) for row in mistakes.head(shown).select("file", "line", "reason").iter_rows()]


def nothing(problems: pl.DataFrame) -> str:
    """Say why there is nothing to work on, from the problems of reading it."""
    said = examples(problems)
    private = problems.filter(pl.col("code") == PRIVATE).height
    if private:
        said.append(_("一对一聊天 {n} 条，按规定不读入").format(n=private))
    if not said:
        return _("没有读到一条消息")
    more = _("（共 {n} 处没有读入）").format(n=problems.height) if problems.height > len(said) else ""
    return _("没有读到一条消息。{why}{more}").format(why=joined(text.rstrip("。.") for text in said), more=more)
