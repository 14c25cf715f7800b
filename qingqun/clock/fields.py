"""A TOML file read key by key: every wrong or unknown key is an error that names it."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qingqun.clock.errors import ClockFileError
from qingqun.i18n import _, listed, why

LARGEST = 256 * 1024  # bytes; a unit's file has a few hundred


class Fields:
    """One table of a TOML file. `place` is its dotted path, for errors."""

    def __init__(self, file: str, values: Mapping[str, Any], known: set[str], place: str = "") -> None:
        self.file, self.values, self.place = file, values, place
        for key in values:
            if key not in known:
                raise self.refused(key, _("没有这一项；可用：{known}").format(known=listed(sorted(known))))

    def refused(self, key: str, reason: str) -> ClockFileError:
        """Return, for raising, the error that names this file and key."""
        return ClockFileError(self.file, f"{self.place}.{key}" if self.place else key, reason)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; without a default it must be there."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.refused(key, _("应为文字，不能缺少"))
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refused(key, _("应为 true 或 false"))
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of strings; absent is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refused(key, _('应为文字的列表，如 ["08:30-12:00"]'))
        return value

    def days(self, key: str) -> list[date]:
        """Return a list of at least one TOML date."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(day, date) and not isinstance(day, datetime) for day in value):
            raise self.refused(key, _("应为日期的列表，如 [2026-02-24]"))
        return value

    def tables(self, key: str, known: set[str]) -> list["Fields"]:
        """Return the [[key]] tables, in order; absent is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refused(key, _("应写作 [[{key}]]").format(key=key))
        place = f"{self.place}." if self.place else ""
        return [Fields(self.file, item, known, f"{place}{key}.{number}") for number, item in enumerate(value, start=1)]


def read(path: Path, known: set[str]) -> Fields:
    """Read a TOML file that may hold the known keys.

    Raises:
        ClockFileError: it cannot be read, is too large, is no TOML (the reason says where), or holds an unknown key.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ClockFileError(path.name, "", _("文件过大"))
        return Fields(path.name, tomllib.loads(path.read_text(encoding="utf-8-sig")), known)
    except OSError as error:
        raise ClockFileError(path.name, "", _("读不了：{error}").format(error=why(error))) from error
    except UnicodeDecodeError as error:
        raise ClockFileError(path.name, "", _("不是 UTF-8 文字")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ClockFileError(path.name, "", _("不是 TOML：{error}").format(error=error)) from error
