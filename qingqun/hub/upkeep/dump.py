"""A consistent copy of the database while the hub runs, and the way back: SQLite's backup API, PostgreSQL's own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

from qingqun.i18n import _
from qingqun.words import Refused

LITE, POSTGRES = "qingqun.sqlite3", "qingqun.pgdump"
_DEBIAN = Path("/usr/lib/postgresql")


def name() -> str:
    """Return what a dump of this hub's database is called."""
    return POSTGRES if connection.vendor == "postgresql" else LITE


def dump(path: Path) -> None:
    """Write the database, as it stands at one moment, into a new file.

    Raises:
        Refused: the copy is not whole, or PostgreSQL's tool says no.
    """
    if connection.vendor == "postgresql":
        _tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}"])
        return
    with closing(sqlite3.connect(_name(), timeout=30)) as live, closing(sqlite3.connect(path)) as copy:
        live.backup(copy)  # in one step: it reads one moment of the log and holds nobody up; in several, every write would begin it anew
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    whole(path)


def load(path: Path) -> None:
    """Put a dump in the place of an empty database.

    Raises:
        Refused: the database is not empty, the dump is not whole, or PostgreSQL's tool says no.
    """
    if connection.vendor == "postgresql":
        if connection.introspection.table_names():
            raise Refused(_("数据库不是空的，没有改动：请恢复到一个新建的空库"))
        connection.close()
        _tool("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={_name()}", str(path)])
        return
    target = Path(_name())
    whole(path)
    connection.close()
    if target.exists():
        raise Refused(_("{path} 已经有了，没有覆盖").format(path=target))
    path.replace(target)


def whole(path: Path) -> None:
    """Check every page of a SQLite file, and that each index holds what its table holds.

    Raises:
        Refused: says what SQLite found.
    """
    try:
        with closing(sqlite3.connect(path)) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise Refused(_("数据库文件不完整：{reason}").format(reason="; ".join(found)[:200]))


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _tool(tool: str, arguments: Sequence[str]) -> None:
    """Run one of PostgreSQL's tools; the password goes by the environment, where other users do not see it."""
    given = connection.settings_dict
    words = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {word: str(given[key]) for word, key in words.items() if given.get(key)}
    done = subprocess.run([_found(tool), *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own arguments
    if done.returncode:
        raise Refused(_("{tool} 没有成功：{reason}").format(tool=tool, reason=" ".join(done.stderr.split())[:300]))


def _found(tool: str) -> str:
    """Take the newest of Debian's versions: an older tool refuses a newer server."""
    versions = sorted(_DEBIAN.glob(f"*/bin/{tool}"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    found = str(versions[-1]) if versions else shutil.which(tool)
    if not found:
        raise Refused(_("没有 {tool}：请安装 postgresql-client").format(tool=tool))
    return found
