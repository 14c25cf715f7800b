"""qingqun explain RULE: what a rule says, why, with examples and clauses."""

from typing import Annotated

import typer

from qingqun import packs
from qingqun.cli._show import say
from qingqun.i18n import _

HELP = _("说明一条规则：含义、理由、例子、数值和依据条款。")


def command(rule: Annotated[str, typer.Argument(help=_("规则名，如 offhours"))]) -> None:
    """Run the command."""
    say(packs.explain(rule))
