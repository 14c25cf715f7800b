"""A digest as one self-contained HTML page for a phone."""

from importlib.resources import files

from jinja2 import Environment

from qingqun.findings.digest import text
from qingqun.findings.digest.model import Digest
from qingqun.i18n import _
from qingqun.office.plainly import plainly


def write(digest: Digest) -> str:
    """Return the page: no script, no outside address, every text escaped."""
    environment = Environment(autoescape=True, finalize=plainly, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"_": _, "day_time": text.day_time, "change": text.change, "seen": text.seen}
    template = environment.from_string((files(__package__) / "page.html.j2").read_text(encoding="utf-8"))
    return template.render(d=digest, headline=text.headline(digest), folded=text.folded(digest), burden=text.burden(digest))
