"""Is there a hub to work on, and is its database of this version?"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from qingqun.hub.upkeep import keys
from qingqun.i18n import _
from qingqun.words import Refused


def founded() -> None:
    """Refuse a data folder without keys or a database without tables.

    Raises:
        Refused: says which command comes first.
    """
    if not all((settings.DATA / "keys" / name).exists() for name in keys.NAMES):
        raise Refused(_("{folder} 里还没有轻群：请先运行 qingqun init").format(folder=settings.DATA))
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise Refused(_("连不上数据库：{reason}").format(reason=" ".join(str(error).split())[:200])) from error
    if "hub_delivery" not in tables:
        raise Refused(_("数据库是空的：请先运行 qingqun init 或 qingqun restore"))


def current() -> None:
    """Refuse a database of another version as well.

    Raises:
        Refused: it is older, and `qingqun upgrade` helps; or newer, and only a newer program does.
    """
    founded()
    if unknown():
        raise Refused(_("数据库比程序新：请装回较新的轻群"))
    if pending():
        raise Refused(_("数据库比程序旧：请先运行 qingqun upgrade"))


def pending() -> list[str]:
    """Return the names of migrations that are still to be made."""
    executor = MigrationExecutor(connection)
    return [str(step) for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def unknown() -> list[str]:
    """Return the hub's migrations that the database has and this program does not know."""
    loader = MigrationExecutor(connection).loader
    return sorted(name for app, name in loader.applied_migrations if app == "hub" and (app, name) not in loader.disk_migrations)
