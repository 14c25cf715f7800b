"""What every page asks. PostgreSQL plans it once for a connection: planning nine joined tables takes longer than joining them.

It is asked straight of libpq, with every value as a text whose kind PostgreSQL works out: a cursor made and thrown away, and the look at
each value's kind, cost half as much again as the question.
"""

from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import OperationalError, connection
from psycopg import Connection, Cursor
from psycopg import OperationalError as Broken
from psycopg.adapt import Transformer
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from qingqun.hub import sql


class _Known(NamedTuple):
    """A statement that a connection has planned, and how its columns are read."""

    name: bytes
    reader: Any  # psycopg's Transformer, of which it gives no type


_numbers = count()
_known: WeakKeyDictionary[Connection[Any], dict[str, _Known]] = WeakKeyDictionary()


def rows(text: str, params: sql.Params = ()) -> list[tuple[Any, ...]]:
    """Run a statement that reads, always in the same words, and return its rows.

    A connection that broke meanwhile is made anew, once: cheaper than to ask before every page whether it still stands.
    """
    if not sql.postgres():
        return sql.rows(text, params)
    try:
        return _planned(text, params)
    except OperationalError:
        if connection.in_atomic_block or not connection.connection.closed:
            raise
        connection.close()
        return _planned(text, params)


def _planned(text: str, params: sql.Params) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    open_one: Connection[Any] = connection.connection
    with connection.wrap_database_errors:
        if not open_one.autocommit:  # a transaction: what fails in it cannot be asked again, so psycopg looks after the plan itself
            with Cursor(open_one) as cursor:
                return cursor.execute(text, list(params), prepare=True).fetchall()
        try:
            return _straight(open_one, text, params)
        except InvalidSqlStatementName:  # psycopg drops every plan of a connection when it goes back to a savepoint
            del _known[open_one]
            return _straight(open_one, text, params)


def _straight(open_one: Connection[Any], text: str, params: sql.Params) -> list[tuple[Any, ...]]:
    known = _known.setdefault(open_one, {})
    found = known.get(text) or known.setdefault(text, _prepared(open_one, text))
    given: list[Any] = [None if value is None else str(value).encode() for value in params]
    result = _fine(open_one, open_one.pgconn.exec_prepared(found.name, given))
    found.reader.set_pgresult(result)
    given_back: list[tuple[Any, ...]] = found.reader.load_rows(0, result.ntuples, tuple)
    return given_back


def _prepared(open_one: Connection[Any], text: str) -> _Known:
    name, parts = b"often_%d" % next(_numbers), text.split("%s")
    marked = parts[0] + "".join(f"${place}{part}" for place, part in enumerate(parts[1:], 1))
    _fine(open_one, open_one.pgconn.prepare(name, marked.replace("%%", "%").encode()))
    return _Known(name, Transformer(open_one))


def _fine(open_one: Connection[Any], result: PGresult) -> PGresult:
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        error = error_from_result(result)
        raise Broken(str(error)) if open_one.closed else error
    return result
