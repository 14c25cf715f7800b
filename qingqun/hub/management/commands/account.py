"""Make an account at the keyboard, give one a new password of one time, or take off the second factor of a lost phone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.upkeep import first, ready
from qingqun.i18n import _, listed
from qingqun.words import Refused


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--login", default="")
        parser.add_argument("--name", default="")
        parser.add_argument("--unit", default="")
        parser.add_argument("--right", action="append", default=[])
        parser.add_argument("--number", default="")
        parser.add_argument("--another", action="store_true")
        parser.add_argument("--renew", action="store_true")
        parser.add_argument("--lost-phone", action="store_true")

    def handle(self, **options: Any) -> None:
        ready.current()
        unknown = [right for right in options["right"] if right not in set(Right)]
        if unknown:
            raise Refused(_("没有权限 {right}，可写 {rights}").format(right=unknown[0], rights=listed(str(right) for right in Right)))
        login = options["login"]
        if options["lost_phone"]:
            first.without_factor(login, now())
            self.stdout.write(_("已去掉 {account} 的第二重验证，下次登录时重新设置").format(account=login))
            return
        if options["renew"]:
            password = first.renewed(login, now())
        else:
            more = {name: options[name] for name in ("number", "another") if options[name]}
            password = first.account(login, options["name"], options["unit"], options["right"], now(), **more)
        self.stdout.write(_("登录名 {account}，一次性密码 {password}").format(account=login, password=password))
