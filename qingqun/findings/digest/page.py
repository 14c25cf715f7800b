"""A digest as one self-contained HTML page for a phone."""

from functools import partial
from importlib.resources import files

from jinja2 import Environment

from qingqun.findings.digest import spoken, text
from qingqun.findings.digest.model import Digest
from qingqun.i18n import _, language
from qingqun.office.plainly import plainly


def write(digest: Digest) -> str:
    """Return the page: no script, no outside address, every text escaped."""
    environment = Environment(autoescape=True, finalize=plainly, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"_": _, "due": spoken.due, "since": spoken.since, "where": spoken.where, "differences": spoken.differences}
    environment.globals |= {"away": partial(spoken.away, until=digest.until), "soon": partial(spoken.soon, until=digest.until)}
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
