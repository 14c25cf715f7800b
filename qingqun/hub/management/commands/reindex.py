"""Make the search index anew from the notices; the hub may run meanwhile, its writers wait."""

from typing import Any

from django.core.management.base import BaseCommand

from qingqun.hub import search
from qingqun.hub.upkeep import ready
from qingqun.i18n import _


class Command(BaseCommand):
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        ready.current()
        self.stdout.write(_("检索索引已重建：{n} 条通知可以搜到").format(n=search.rebuild()))
