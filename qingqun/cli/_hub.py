"""The way into the hub: Django is loaded when one of its commands is called, and never by the others."""

import os
import sys
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
        Refused: the settings are wrong, root would act on another user's hub, or what the command itself refuses.
    """
    if data:
        os.environ["QINGQUN_DATA"] = str(data.absolute())
    if command != "play":  # the demo's data is nobody's
        _not_as_root(Path(os.environ.get("QINGQUN_DATA", "qingqun-data")))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    wrong = import_module("django.core.exceptions").ImproperlyConfigured
    try:
        import_module("django").setup()
        import_module("django.core.management").call_command(command, **options)
    except wrong as error:
        raise Refused(_("设置有误：{reason}").format(reason=error)) from error


def _not_as_root(folder: Path) -> None:
    """Refuse root on a folder of somebody else's: a file that root leaves there, the hub's own user cannot open afterwards.

    Raises:
        Refused: names the user.
    """
    if sys.platform == "win32" or os.geteuid() != 0 or not folder.exists():
        return
    owner = folder.stat().st_uid
    if owner:
        said = _("{folder} 属于用户 {user}：请以这个用户运行，root 写下的文件它打不开；如 runuser -u {user} -- qingqun …")
        raise Refused(said.format(folder=folder, user=_name(folder, owner)))


def _name(folder: Path, owner: int) -> str:
    try:
        return folder.owner()
    except KeyError:  # a user of another machine
        return f"#{owner}"
