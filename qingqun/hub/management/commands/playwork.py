"""The demo's worker: the hub's own, by the demo's clock."""

from typing import Any

from qingqun.hub.demo.clock import kept
from qingqun.hub.management.commands.work import Command as Work


class Command(Work):
    def handle(self, *arguments: Any, **options: Any) -> None:
        with kept():
            super().handle(*arguments, **options)
