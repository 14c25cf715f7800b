"""Text of strangers on a page: it must not turn around what stands beside it."""

import re

from markupsafe import Markup

# Marks that reverse or hide text (Unicode's UAX 9, 2.1 to 2.5, and the tag characters), used to make words look like others.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def bare(text: str) -> str:
    """Return a text without directional marks and tag characters."""
    return _UNSEEN.sub("", text)


def plainly(value: object) -> object:
    """Return a text without directional marks and tag characters, anything else as it is. For Jinja's `finalize`."""
    if not isinstance(value, str):
        return value
    cleaned = bare(value)
    return Markup(cleaned) if isinstance(value, Markup) else cleaned  # noqa: S704  it was markup before
