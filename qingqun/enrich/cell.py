"""Does a cell of a register say anything?"""

import polars as pl

_NONE = "未|没有|无|否|正在|待|申请中|办理中|[-—/]*$"


def known(name: str) -> pl.Expr:
    """Say whether a cell says something: not empty, not 无 or 待定; null where the register has no such column."""
    text = pl.col(name).str.strip_chars()
    return (text != "") & ~text.str.contains(f"^(?:{_NONE})")
