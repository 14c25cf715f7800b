"""qingqun explain RULE: what a rule says, why, with examples and clauses; --all FOLDER: a page for every rule and pack."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun import packs
from qingqun.cli._show import say
from qingqun.i18n import _
from qingqun.packs import site
from qingqun.words import Refused

HELP = _("说明一条规则：含义、理由、例子、数值和依据条款；加 --all 则写出每条规则、每个规则包的网页。")


def command(
    rule: Annotated[str | None, typer.Argument(help=_("规则名，如 offhours"))] = None,
    everything: Annotated[Path | None, typer.Option("--all", help=_("把全部规则和规则包写到哪个文件夹，Markdown 和网页各一份"))] = None,
) -> None:
    """Run the command."""
    if everything is not None:
        written = site.write(everything)
        say(_("已写出 {n} 个文件，从 {first} 看起").format(n=len(written), first=everything / "index.html"))
        return
    if rule is None:
        raise Refused(_("要写规则名，或用 --all 写出全部"))
    say(packs.explain(rule))
