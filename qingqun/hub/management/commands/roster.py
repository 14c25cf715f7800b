"""Import units, people and groups from a workbook; write the empty template, or a filled one with what is wrong in it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qingqun.hub.governance import roster
from qingqun.hub.now import now
from qingqun.i18n import _


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--template", type=Path)
        parser.add_argument("--errors", type=Path)

    def handle(self, *, file: Path | None = None, template: Path | None = None, errors: Path | None = None, **_options: Any) -> None:
        if template:
            roster.write_template(template)
            self.stdout.write(_("已写出 {file}").format(file=template))
        if file is None:
            return
        found = roster.read(file)
        done = roster.take(found, now())
        words = _("新单位 {units} 个，新增 {people} 人，更新 {changed} 人，离职 {left} 人，分组 {groups} 个；{wrong} 处没有读入")
        counts = {name: getattr(done, name) for name in ("units", "people", "changed", "left", "groups")}
        self.stdout.write(words.format(**counts, wrong=len(found.wrong)))
        for one in found.wrong[:20]:
            self.stdout.write(_("  {page} 第 {line} 行：{reason}").format(page=one.page, line=one.line, reason=one.reason))
        if errors and found.wrong:
            roster.write_errors(errors, found)
