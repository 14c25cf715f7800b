"""Signs that a plain phrase shows: what a text asks for beyond the labels. One file a fact, written as a label is.

Patterns read a text without what it forbids: 严禁公布成绩 publishes none. Where a file says RAW, they read what is forbidden, too.
Learned weights (learned.py) decide with them, as they do for the labels.
"""

import pkgutil
from collections.abc import Sequence
from importlib import import_module

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.enrich.cues._material import material
from qingqun.enrich.cues.learned import model, open_to
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.label import Label
from qingqun.enrich.labels.reading import matched

_FILES = {
    found.name: import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")
}
CUES: dict[str, Label] = {name: file.LABEL for name, file in _FILES.items() if hasattr(file, "LABEL")}
RAW = frozenset(name for name, file in _FILES.items() if getattr(file, "RAW", False))
HALF = 0.5
_KEPT = "不(?:得|能|可|许|准)(晚于|迟于|少于|低于|超过|过夜)"
_DENIED = (
    r"(?:不得|严禁|禁止|不准|请勿|切勿|不要|杜绝|不再|不必|无需|不用|不允许|不许|不(?:排名|公布|公开|发布|看|作|以|把|计入|列入"
    r"|纳入|组织|布置|要求))[^,;。!?\n]*"
)


def cues(plain: pl.Series) -> pl.DataFrame:
    """Return one yes/no column per file and `material`, what is asked for by name, for normalised texts; null where it is none."""
    texts = matched(plain.fill_null(""))
    left = allowed(texts)
    return _flags(texts, left, tuple(CUES)).with_columns(material=material(left))


def cue(name: str, plain: pl.Series) -> pl.Series:
    """Return the one column of a fact."""
    texts = matched(plain.fill_null(""))
    return _flags(texts, allowed(texts), (name,))[name]


def allowed(texts: pl.Series) -> pl.Series:
    """Return texts that are ready without what they forbid."""
    return texts.str.replace_all(_KEPT, "不$1").str.replace_all(_DENIED, "")


def said(texts: pl.Series, left: pl.Series, names: Sequence[str], open_: NDArray[np.bool_]) -> pl.DataFrame:
    """Return what the patterns alone say, `is_<fact>` and `score_<fact>`.

    In: texts that are ready, what is `left` of them without what they forbid; `open_` (texts, facts) tells where a pattern is asked.
    """
    at = {raw: [i for i, name in enumerate(names) if (name in RAW) == raw] for raw in (False, True)}
    asked = {False: left, True: texts}
    parts = [weigh_all(asked[raw], {names[i]: CUES[names[i]] for i in at[raw]}, open_[:, at[raw]]) for raw in (False, True) if at[raw]]
    return pl.concat(parts, how="horizontal")


def _flags(texts: pl.Series, left: pl.Series, names: Sequence[str]) -> pl.DataFrame:
    known = model()
    others = [name for name in names if name not in known.names]
    learned = _learned(texts, left) if len(others) < len(names) else {}
    plain = said(texts, left, others, np.ones((len(texts), len(others)), np.bool_)) if others else pl.DataFrame()
    return pl.DataFrame({name: learned[name] if name in known.names else plain[f"is_{name}"] for name in names})


def _learned(texts: pl.Series, left: pl.Series) -> dict[str, pl.Series]:
    """Weigh n-grams and patterns; what holds with the forbidden part alone does not hold, unless that is what the fact reads."""
    probability = _weighed(texts, left)
    some = (left != texts).arg_true()
    if len(some):
        rest = left.gather(some)
        free = [i for i, name in enumerate(model().names) if name not in RAW]
        at = np.ix_(some.to_numpy(), np.array(free))
        probability[at] = np.minimum(probability[at], _weighed(rest, rest)[:, free])
    return {name: pl.Series(probability[:, i] >= HALF) for i, name in enumerate(model().names)}


def _weighed(texts: pl.Series, left: pl.Series) -> NDArray[np.float32]:
    hinted = model().by_grams(texts)
    return model().probability(hinted, said(texts, left, model().names, open_to(hinted)))
