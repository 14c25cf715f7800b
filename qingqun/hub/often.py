"""What every page asks. PostgreSQL plans it once for a connection: planning nine joined tables takes longer than joining them."""

from typing import Any

from django.db import OperationalError, connection
from psycopg import Cursor

from qingqun.hub import sql


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
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(text, list(params), prepare=True).fetchall()
