"""A digest as one self-contained HTML page for a phone."""

import re
from functools import partial
from importlib.resources import files

from jinja2 import Environment

from qingqun.findings.digest import spoken, text
from qingqun.findings.digest.model import Digest
from qingqun.i18n import _, language
from qingqun.office.plainly import plainly

_LONG, _HEAD = 180, 120  # characters: longer texts are cut after the head, at the end of a clause where there is one
_END = re.compile(r"[\n\u3002\uff01\uff1f!?\uff1b;\uff0c,]")  # ends of clauses, of both widths


def cut(text: str) -> tuple[str, str]:
    """Return a long text as what is shown and what unfolds; together they are the text. A short one is shown whole."""
    if len(text) <= _LONG:
        return text, ""
    ends = [end.end() for end in _END.finditer(text, _HEAD // 2, _HEAD)]
    at = ends[-1] if ends else _HEAD
    return text[:at], text[at:]


def write(digest: Digest) -> str:
    """Return the page: no script, no outside address, every text escaped."""
    environment = Environment(autoescape=True, finalize=plainly, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {
        "_": _,
        "due": spoken.due,
        "since": spoken.since,
        "where": spoken.where,
        "words": spoken.words,
        "differences": spoken.differences,
    }
    environment.globals |= {"cut": cut, "away": partial(spoken.away, until=digest.until), "soon": partial(spoken.soon, until=digest.until)}
    template = environment.from_string((files(__package__) / "page.html.j2").read_text(encoding="utf-8"))
    return template.render(
        d=digest,
        lang="en" if language() == "en" else "zh-CN",
        parts=spoken.parts(digest),
        listed=text.LISTED,
        left=list(spoken.left(digest)),
        folded=text.folded(digest),
        burden=text.burden(digest),
    )
