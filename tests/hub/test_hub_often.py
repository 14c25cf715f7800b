"""What every page asks is planned once, says the same on both databases, and outlives a broken connection."""

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from qingqun.hub import often, sql

ASKED = "SELECT id, name FROM hub_person WHERE name = %s OR id < %s ORDER BY id"


def _struck() -> None:
    """End this connection from another one."""
    open_one = connection.connection
    with psycopg.connect(open_one.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [open_one.info.backend_pid])


@pytest.mark.usefixtures("office")
def test_it_says_what_the_plain_statement_says() -> None:
    for name in ("张主任", "小李", "谁也不是"):
        assert often.rows(ASKED, [name, 3]) == sql.rows(ASKED, [name, 3])


@pytest.mark.usefixtures("office")
def test_postgres_plans_it_once() -> None:
    for _turn in range(3):
        often.rows(ASKED, ["小李", 3])
    if sql.postgres():
        assert sql.value("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%hub_person WHERE name%%'") == 1


@pytest.mark.usefixtures("postgres")
def test_a_connection_that_broke_is_made_anew() -> None:
    before = often.rows("SELECT pg_backend_pid()")
    _struck()
    assert often.rows("SELECT pg_backend_pid()") != before


@pytest.mark.usefixtures("postgres")
def test_inside_a_transaction_a_broken_connection_is_an_error() -> None:
    with pytest.raises(OperationalError), sql.act():  # noqa: PT012  what was done before in it is gone
        _struck()
        often.rows("SELECT 1")
    connection.close()


def _back_to_a_savepoint() -> None:
    with transaction.atomic():
        often.rows("SELECT 7")  # psycopg has a plan of its own now, and drops all plans together
        point = transaction.savepoint()
        transaction.savepoint_rollback(point)


@pytest.mark.usefixtures("postgres")
def test_plans_that_a_savepoint_took_along_are_made_anew() -> None:
    for turn in range(3):
        assert often.rows("SELECT %s::int", [turn]) == [(turn,)]
        assert often.rows("SELECT %s::int + 1", [turn]) == [(turn + 1,)]
        _back_to_a_savepoint()


@pytest.mark.usefixtures("postgres")
def test_inside_a_transaction_a_savepoint_takes_nothing_along_either() -> None:
    often.rows("SELECT %s::int", [1])
    with transaction.atomic():
        assert often.rows("SELECT %s::int", [2]) == [(2,)]
        transaction.savepoint_rollback(transaction.savepoint())
        assert often.rows("SELECT %s::int", [3]) == [(3,)]
    assert often.rows("SELECT %s::int", [4]) == [(4,)]


@pytest.mark.usefixtures("hub")
def test_a_wrong_statement_is_an_error_of_the_database() -> None:
    with pytest.raises(DatabaseError):
        often.rows("SELECT nothing FROM nowhere")
