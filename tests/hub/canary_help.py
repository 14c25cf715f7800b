"""Where a secret lies open in the database."""

import base64
from typing import Any

from django.apps import apps
from django.db import connection


def found_in_rows(canary: str) -> list[str]:
    """Return every column of every table in which the canary lies open, also as base64, as a header may hold it."""
    found = []
    for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [f"{table}.{name}" for name, value in zip(names, row, strict=True) if _holds(value, canary)]
    return found


def _holds(value: Any, canary: str) -> bool:
    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    coded = base64.b64encode(canary.encode())[: len(canary) // 3 * 4]
    return canary.encode() in raw or coded in raw
