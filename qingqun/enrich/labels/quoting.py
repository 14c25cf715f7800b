"""Quoted parts are masked before labelling: the sender's own words decide. Masking keeps the length."""

import re

import polars as pl

MASK = "□"
# 微信引用：「张三:……」换行 - - - 换行 自己的话；飞书、企业微信：> 引用行；[引用]……
_QUOTES = (
    r"^[ \n]*「[^」]*」?[ \n]*(?:[-—_][ ]?){3,}",
    r"^[ \n]*\[?引用[^\n]{0,3}[:\]][^\n]*\n",
    r"^[ \n]*>[^\n]*\n",
    r"\n>[^\n]*",
    r"^[ \n]*「[^」]{4,}」",
)
_ANY = "|".join(f"(?:{quote})" for quote in _QUOTES)


def _masked(text: str) -> str:
    return re.sub(_ANY, lambda found: MASK * (found.end() - found.start()), text)


def mask(texts: pl.Series) -> pl.Series:
    """Put MASK over quoted parts; only the few texts that quote are touched."""
    quoting = texts.str.contains(_ANY).fill_null(value=False)
    if not quoting.any():
        return texts
    return texts.scatter(quoting.arg_true(), pl.Series([_masked(t) for t in texts.filter(quoting).to_list()], dtype=pl.String))


def mask_one(text: str) -> str:
    """Mask one text, as `mask` does."""
    return _masked(text)
