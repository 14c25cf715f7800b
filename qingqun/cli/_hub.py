"""The way into the hub: Django is loaded when one of its commands is called, and never by the others."""

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from qingqun.i18n import _
from qingqun.words import Refused

Data = Annotated[Path | None, typer.Option(help=_("数据文件夹；默认环境变量 QINGQUN_DATA，再默认 qingqun-data"))]
SETTINGS = "qingqun.hub.settings"


def call(command: str, data: Path | None, **options: object) -> None:
    """Run one of the hub's commands on a data folder.

    Raises:
        Refused: the settings are wrong, or what the command itself refuses.
    """
    if data:
        os.environ["QINGQUN_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    wrong = import_module("django.core.exceptions").ImproperlyConfigured
    try:
        import_module("django").setup()
        import_module("django.core.management").call_command(command, **options)
    except wrong as error:
        raise Refused(_("设置有误：{reason}").format(reason=error)) from error
