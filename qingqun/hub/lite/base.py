"""Django's SQLite backend, in which a transaction waits for its turn to write before it begins. Django asks for this module's name."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from qingqun.hub.lite.turn import Turn

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes the turn for a transaction, or for a single statement that writes, and gives it when that has ended."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self.turn = Turn(Path(f"{self.settings_dict['NAME']}-turn"))
        self.execute_wrappers.append(self._alone)

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        with ExitStack() as failed:
            failed.callback(self.turn.give)
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
            failed.pop_all()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.turn.give()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.turn.give()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.turn.close()

    def _take(self) -> None:
        if not self.is_in_memory_db():
            self.turn.take()

    def _alone(self, execute: Callable[..., Any], text: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self.turn.mine or self.in_atomic_block or not text.lstrip()[:7].upper().startswith(_WRITES):
            return execute(text, params, many, context)
        self._take()
        try:
            return execute(text, params, many, context)
        finally:
            self.turn.give()
