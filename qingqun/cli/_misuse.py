"""A command that was typed wrongly: what is wrong, and where help is, in one line. Typer says it in English and in a box."""

from typing import cast

import typer

from qingqun.i18n import _, listed

Misuse = typer.BadParameter.__mro__[1]  # click's UsageError; typer carries its own click and does not name it
Shown = cast("type[Exception]", Misuse.__mro__[1])  # click's ClickException: also a file that cannot be opened


def told(wrong: BaseException) -> str:
    """Return one line for an error of usage; what is of no known kind keeps its own words."""
    context = getattr(wrong, "ctx", None)
    command = context.command_path if context else "qingqun"
    return _("{what}（用法见 {command} --help）").format(what=_what(wrong, context), command=command)


def _what(wrong: BaseException, context: typer.Context | None) -> str:
    name = str(getattr(wrong, "option_name", None) or _parameter(wrong, context))
    match type(wrong).__name__:
        case "NoSuchOption":
            near = listed(getattr(wrong, "possibilities", None) or ())
            return _("没有选项 {name}").format(name=name) + (_("，是不是 {near}？").format(near=near) if near else "")
        case "MissingParameter":
            return _("缺少 {name}").format(name=name)
        case "BadOptionUsage":
            return _("选项 {name} 后面要写一个值").format(name=name)
        case "BadParameter":
            return _("{name} 的值不对").format(name=name)
    return _plain(wrong, context)


def _plain(wrong: BaseException, context: typer.Context | None) -> str:
    known = getattr(context.command, "commands", None) if context else None
    if known:
        return _("没有这个命令，可用的有：{names}").format(names=listed(sorted(known)))
    extra = "unexpected extra argument" in str(wrong)
    return _("多写了内容：{text}").format(text=str(wrong).rpartition("(")[2].rstrip(").")) if extra else str(wrong)


def _parameter(wrong: BaseException, context: typer.Context | None) -> str:
    """Name an option as it is typed, an argument by what it is."""
    found = getattr(wrong, "param", None)
    if found is None:
        return ""
    options = [name for name in found.opts if name.startswith("-")]
    return max(options, key=len) if options else str(getattr(found, "help", None) or found.make_metavar(context))
