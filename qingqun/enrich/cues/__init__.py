"""Signs that a plain phrase shows: what a text asks for beyond the labels. One file a fact, written as a label is; its cues alone decide.

What a text forbids is left out first: 严禁公布成绩 publishes none. Where a file says RAW, it reads what is forbidden, too.
"""

import pkgutil
from importlib import import_module

import numpy as np
import polars as pl

from qingqun.enrich.cues._material import material
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.label import Label

_FILES = {
    found.name: import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")
}
CUES: dict[str, Label] = {name: file.LABEL for name, file in _FILES.items()}
RAW = frozenset(name for name, file in _FILES.items() if getattr(file, "RAW", False))
_KEPT = "不(?:得|能|可|许|准)(晚于|迟于|少于|低于|超过|过夜)"
_DENIED = (
    r"(?:不得|严禁|禁止|不准|请勿|切勿|不要|杜绝|不再|不必|无需|不用|不允许|不许|不(?:排名|公布|公开|发布|看|作|以|把|计入|列入"
    r"|纳入|组织|布置|要求))[^,;。!?\n]*"
)


def cues(plain: pl.Series) -> pl.DataFrame:
    """Return one yes/no column per file and `material`, what is asked for by name, for normalised texts; null where it is none."""
    texts = _read(plain)
    said = _allowed(texts)
    found = pl.concat([_flags(said, [name for name in CUES if name not in RAW]), _flags(texts, sorted(RAW))], how="horizontal")
    return found.select(*CUES, material=material(said))


def cue(name: str, plain: pl.Series) -> pl.Series:
    """Return the one column of a fact."""
    texts = _read(plain)
    return _flags(texts if name in RAW else _allowed(texts), [name])[name]


def _read(plain: pl.Series) -> pl.Series:
    return plain.fill_null("").str.to_lowercase()


def _allowed(texts: pl.Series) -> pl.Series:
    """Leave out what a text forbids."""
    return texts.str.replace_all(_KEPT, "不$1").str.replace_all(_DENIED, "")


def _flags(texts: pl.Series, names: list[str]) -> pl.DataFrame:
    open_ = np.ones((len(texts), len(names)), np.bool_)
    weighed = weigh_all(texts, {name: CUES[name] for name in names}, open_)
    return weighed.select(pl.col(f"is_{name}").alias(name) for name in names)
