"""A column of a register: the field it fills and the headings offices give it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ERRORS = "错误说明"  # the column of the error workbook; ignored when the corrected file is read

DECORATION = re.compile(r"[\s*※#:：、.。_\-\"'“”]+")
BRACKETS = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")
# Offices name the thing itself in many ways; the heading is compared with one word for it.
GROUP_WORDS = re.compile(
    "(?:(?:工作|微信|qq|钉钉|企业微信|企微|政务|办公|网络|移动|即时通讯?|通讯|互联网)*"
    "(?:群组|群聊|工作群|微信群|qq群|钉钉群|讨论组|交流群|群))+"
)
ACCOUNT_WORDS = re.compile(
    r"(?:政务|公共|网络|互联网|新媒体|官方|微信|自媒体|平台)*(?:公众账号|公众帐号|公众号|订阅号|服务号|新媒体|账号|帐号)+(?:账号|帐号|平台)?"
)

_SHARED = {"number", "unit", "phone", "filler", "remark"}  # columns that any register may have


@dataclass(frozen=True, slots=True)
class Column:
    """One column. The first heading is what our own template writes."""

    field: str
    headings: str  # divided by |
    width: float = 12
    hint: str = ""  # how to fill it in, for the template
    example: str = ""
    exact: bool = False  # a number that is a name: the template keeps it as text
    shown: bool = True  # stands in the template
    choices: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Return every heading."""
        return self.headings.split("|")


def own(columns: Iterable[Column], *shared: str) -> set[str]:
    """Return the fields whose headings speak for this register: those that no other has, `shared` being its further common ones."""
    return {column.field for column in columns} - _SHARED - set(shared)


Headings = Mapping[str, str]  # folded heading -> field


def headings(columns: Iterable[Column]) -> Headings:
    """Return every folded heading with the field it fills."""
    return {fold(name): column.field for column in columns for name in column.names}


def fold(heading: str) -> str:
    """Return a heading without width, blanks and decoration, and with one word for all kinds of groups and of accounts."""
    text = DECORATION.sub("", unicodedata.normalize("NFKC", heading)).lower()
    return ACCOUNT_WORDS.sub("账号", GROUP_WORDS.sub("群", text))


def known(heading: str, table: Headings) -> str | None:
    """Return the field a heading fills; remarks in brackets are left out if it is not known with them."""
    text = unicodedata.normalize("NFKC", heading)
    return table.get(fold(text)) or table.get(fold(BRACKETS.sub("", text)))
