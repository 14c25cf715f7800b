"""SQL as it is: what the bulk paths run, and the few words in which the two databases differ."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from qingqun.hub.lite.turn import ranked

Params = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sql:
    """A text with %s for each parameter, and the parameters, in order."""

    text: str
    params: tuple[object, ...] = ()


def rows(text: str, params: Params = ()) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows, those of RETURNING too."""
    with connection.cursor() as cursor:
        cursor.execute(text, list(params))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def run(text: str, params: Params = ()) -> int:
    """Run a statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(text, list(params))
        return int(cursor.rowcount)


def value(text: str, params: Params = ()) -> Any:
    """Return the first column of the first row, None where there is no row."""
    found = rows(text, params)
    return found[0][0] if found else None


@contextmanager
def act(*, first: bool = False) -> Iterator[None]:
    """Open the transaction of one act: the outermost, since what an act promises is durable once it ends.

    Where writers wait for each other, `first` goes before the others: what belongs to an emergency.
    """
    with ranked(first=first), transaction.atomic(durable=True):
        yield


def one_view() -> None:
    """Let every statement of this transaction see the same rows; the first statement of an act. SQLite's writers do so anyway."""
    if postgres():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def alone(number: int) -> None:
    """Keep any other transaction that says the same number waiting until this one ends. SQLite has one writer anyway."""
    if postgres():
        rows("SELECT pg_advisory_xact_lock(%s)", [number])


def postgres() -> bool:
    """Tell whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def claimed() -> str:
    """Return what ends a SELECT of rows to be claimed, so that several workers take different ones."""
    return "FOR UPDATE SKIP LOCKED" if postgres() else ""


def random_key() -> str:
    """Return an expression that gives each row 32 random hexadecimal digits."""
    return "replace(gen_random_uuid()::text, '-', '')" if postgres() else "lower(hex(randomblob(16)))"


def listed(expression: str) -> str:
    """Return an aggregate that joins a text over the rows with commas, in the order of `id`; rows must be given in that order."""
    return f"string_agg({expression}, ',' ORDER BY id)" if postgres() else f"group_concat({expression}, ',')"


def json_text(text: str) -> str:
    """Return a JSON text, one of the house's own, as a literal for a JSON column."""
    return f"'{text}'::jsonb" if postgres() else f"'{text}'"


def json_value(value: Any) -> Any:
    """Return what a JSON column holds, as a raw statement gives it: text on both databases, unless somebody has read it already."""
    return json.loads(value) if isinstance(value, str) else value


def table(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Sql:
    """Return rows as a table `given` to join with, in few parameters however many rows; columns with their kinds, bigint or text.

    A number may be None, a text may not.
    """
    if postgres():
        kinds = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        arrays = tuple(map(_array, columns.values(), zip(*rows, strict=True)))
        if not arrays:
            arrays = ("{}",) * len(columns)
        return Sql(f"unnest({kinds}) AS given ({', '.join(columns)})", arrays)
    picked = ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns))
    return Sql(f"(SELECT {picked} FROM json_each(%s)) AS given", (json.dumps([*map(tuple, rows)]),))  # noqa: S608  names of columns


def _array(kind: str, values: Sequence[Any]) -> str:
    """Write a column as an array of PostgreSQL: all of it at once, since a row costs a microsecond otherwise."""
    if kind == "bigint":
        return f"{{{','.join(map(str, values)).replace('None', 'NULL')}}}"
    quoted = "\0".join([value.replace("\0", "") for value in values]).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + quoted.replace("\0", '","') + '"}'


def among(numbers: Iterable[int]) -> Sql:
    """Return what follows a column that is to be one of many numbers; one parameter however many there are."""
    every = ",".join(map(str, numbers))
    return Sql("= ANY (%s::bigint[])", (f"{{{every}}}",)) if postgres() else Sql("IN (SELECT value FROM json_each(%s))", (f"[{every}]",))


def marks(values: Sequence[object]) -> str:
    """Return one %s for each value, for an IN list."""
    return ", ".join(["%s"] * len(values))


def by_index() -> None:
    """Let PostgreSQL find rows by index for the rest of this act.

    What is asked for a batch of ids never wants a whole table. Yet where a table was empty when it was last counted, as on a hub's
    first day, the plan is to read all of it each time, and a batch costs more the more was rung before.
    """
    if postgres():
        run("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
