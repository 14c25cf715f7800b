"""Who imports, for what and on what basis: recorded before a file is opened."""

from datetime import datetime
from typing import NamedTuple

from qingqun.i18n import _
from qingqun.words import Refused


class IncompleteGrantError(Refused):
    """Raised when somebody wants to import without saying who, why or on what basis."""


class Grant(NamedTuple):
    """A person's statement about one import. It is printed in the report."""

    by: str  # name and post
    purpose: str
    basis: str  # the document, decision or consent that allows it
    at: datetime  # when it was stated, with a zone


def require(grant: Grant) -> None:
    """Accept a complete grant; raise IncompleteGrantError, naming what is missing, for any other."""
    missing = [name for name, value in zip(_names(), grant[:3], strict=True) if not str(value or "").strip()]
    if not isinstance(grant.at, datetime) or grant.at.tzinfo is None:
        missing.append(_("何时"))
    if missing:
        raise IncompleteGrantError(_("导入前须说明：{missing}。").format(missing=_("、").join(missing)))


def _names() -> tuple[str, str, str]:
    return _("何人"), _("何用途"), _("何依据")
