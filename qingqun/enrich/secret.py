"""Secret markings: a level with a star or a term, alone in brackets, on a line of its own above the text, or after 密级.

The form is that of national secrets (保守国家秘密法 and its marking rules: 密级★保密期限). The bare word in a sentence is no marking.
"""

import polars as pl

_LEVEL = "(?:绝密|机密|秘密)"
_TERM = "[ ★☆⭐*·::]{0,3}(?:保密期限)?[ ::]{0,2}(?:[0-9]{1,3}|[一二三五十]{1,3}) ?(?:年|个月)"
_PATTERN = "|".join(
    (
        f"{_LEVEL}(?:级)? ?[★☆⭐✯✩]",
        f"{_LEVEL}{_TERM}",
        rf"[【\[(〔「『]{_LEVEL}(?:级|件|文件)?[】\])〕」』]",
        rf"(?m:^[ \t]*{_LEVEL}(?:级)?[ \t]*\n)",
        f"密 ?级 ?[::] ?{_LEVEL}",
    )
)


def has_secret_mark(texts: pl.Series) -> pl.Series:
    """Return yes or no for each normalised text; null counts as no. The dialect is RE2's."""
    return texts.str.contains(_PATTERN).fill_null(value=False).rename("has_secret_mark")
