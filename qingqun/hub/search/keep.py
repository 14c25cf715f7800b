"""The index: a row a notice with its present words as they are searched; the grams beside it (FTS5 on SQLite, tsvector on PostgreSQL)."""

from collections.abc import Iterator

from qingqun.hub import sql
from qingqun.hub.search.grams import grams, key

BATCH = 500

_GONE = "DELETE FROM hub_sought WHERE notice_id = %s RETURNING title, text"
_NEW = "INSERT INTO hub_sought (notice_id, title, text) VALUES (%s, %s, %s)"
_NEW_POSTGRES = """
INSERT INTO hub_sought (notice_id, title, text, heads, grams)
VALUES (%s, %s, %s, array_to_tsvector(string_to_array(%s, ' ')), array_to_tsvector(string_to_array(%s, ' ')))
"""
_GRAMS = "INSERT INTO hub_gram (rowid, title, text) VALUES (%s, %s, %s)"
_UNGRAM = "INSERT INTO hub_gram (hub_gram, rowid, title, text) VALUES ('delete', %s, %s, %s)"
_EMPTY = "INSERT INTO hub_gram (hub_gram) VALUES ('delete-all')"
_NEXT = "SELECT id, title, text FROM hub_notice WHERE id > %s AND withdrawn_at IS NULL ORDER BY id LIMIT %s"


def keep(notice: int, title: str, text: str) -> None:
    """Let a notice be found by these words from now on, and by no earlier ones; call it in the act that writes them."""
    drop(notice)
    _put(notice, title, text)


def drop(notice: int) -> None:
    """Let a notice be found by nothing any more."""
    gone = sql.rows(_GONE, [notice])
    if gone and not sql.postgres():
        sql.run(_UNGRAM, [notice, *map(grams, gone[0])])


def rebuild() -> int:
    """Make the index anew from the notices, in one act; return how many can be found."""
    with sql.act():
        return refill()


def refill() -> int:
    """Do the same inside an act that is open already."""
    if not sql.postgres():
        sql.run(_EMPTY)
    sql.run("DELETE FROM hub_sought")
    count = 0
    for notice, title, text in _notices():
        _put(notice, title, text)
        count += 1
    return count


def _notices() -> Iterator[tuple[int, str, str]]:
    last = 0
    while found := sql.rows(_NEXT, [last, BATCH]):
        yield from ((notice, title, text) for notice, title, text in found)
        last = found[-1][0]


def _put(notice: int, title: str, text: str) -> None:
    head, body = key(title), key(text)
    if sql.postgres():
        sql.run(_NEW_POSTGRES, [notice, head, body, grams(head), f"{grams(head)} {grams(body)}".strip()])
        return
    sql.run(_NEW, [notice, head, body])
    sql.run(_GRAMS, [notice, grams(head), grams(body)])
