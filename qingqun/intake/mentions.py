"""Who is called with @ in a text: whole columns, and only the texts that hold an @."""

import polars as pl

EVERYBODY = r"@(?:所有人|全体成员|全体人员|全员|(?i:all|everyone|everybody)(?:[^0-9A-Za-z_]|$))"
_ADDRESS = r"[0-9A-Za-z._%+-]@"  # the @ inside an address (a@b.cn) calls nobody
# WeChat ends a name with U+2005, and only there may a name hold a space
_CALL = r"@(?:[^@\n\x{2005}]{1,40}\x{2005}|[^\s@\x{2005},，。:：;；!！?？、()（）\[\]]{1,40})"
_NAME = r"@([^@]*)$"


def mention(messages: pl.DataFrame) -> pl.DataFrame:
    """Return MESSAGES with mentions and mention_all read from the text where the source gave none."""
    rows = messages.with_row_index("_row")
    calling = rows.lazy().filter(pl.col("text").str.contains("@", literal=True)).select("_row", "text").collect()
    if calling.is_empty():
        return messages
    everybody = pl.col("text").str.contains(EVERYBODY)
    called = calling.select("_row", everybody.alias("_all"), _names().alias("_called"))
    joined = rows.join(called, on="_row", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when((pl.col("mentions").list.len() == 0) & pl.col("_called").is_not_null())
        .then("_called")
        .otherwise("mentions")
        .alias("mentions"),
        (pl.col("mention_all") | pl.col("_all").fill_null(value=False)).alias("mention_all"),
    ).select(messages.columns)


def _names() -> pl.Expr:
    name = pl.element().str.extract(_NAME).str.strip_chars()
    everybody = (pl.lit("@") + name).str.contains(f"^{EVERYBODY}")
    return (
        pl.col("text")
        .str.replace_all(_ADDRESS, "")
        .str.extract_all(_CALL)
        .list.eval(name.filter(name.is_not_null() & (name != "") & ~everybody))
    )
