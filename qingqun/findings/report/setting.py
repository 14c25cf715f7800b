"""How a clause is set: punctuation of full width, as Chinese papers print it, whatever the source was typed with."""

import re

_HAN = "\u3400-\u9fff"
_FULL = str.maketrans(",;:?!", "，；：？！")
_AFTER = re.compile(rf"([{_HAN}”’》）」])([,;:?!]+)")
_BEFORE = re.compile(rf"([,;:?!]+)([{_HAN}“‘《（「])")
_BRACKETS = re.compile(rf"\(([^()\n]*[{_HAN}][^()\n]*)\)")


def full_width(text: str) -> str:
    """Return a text with the stops beside Chinese characters and the brackets around them in full width; numbers and Latin keep theirs."""
    bracketed = _BRACKETS.sub(r"（\1）", text)
    behind = _AFTER.sub(lambda found: found[1] + found[2].translate(_FULL), bracketed)
    return _BEFORE.sub(lambda found: found[1].translate(_FULL) + found[2], behind)
