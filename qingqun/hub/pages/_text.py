"""A notice's text as it is: escaped, with its web addresses as links that say where they lead."""

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")
_LINK = Markup('<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>')
_TAIL = ".,;:!?)'"  # ends the sentence, not the address


def linked(text: str) -> Markup:
    """Return a text for a page. An address ends before any sign that is not ASCII, so that 。 never becomes part of it."""
    parts: list[Markup] = []
    last = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TAIL)
        parts += [escape(text[last : found.start()]), _LINK.format(address)]
        last = found.start() + len(address)
    return Markup().join([*parts, escape(text[last:])])


def size_word(size: int) -> str:
    """Return a file's size as people say it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"
