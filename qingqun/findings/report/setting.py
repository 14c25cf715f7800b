"""How a clause is set: punctuation of full width, as Chinese papers print it, whatever the source was typed with."""

import re

_HAN = "\u3400-\u9fff"
_FULL = str.maketrans(",;:?!", "，；：？！")
_STOP = re.compile(rf"(?<=[{_HAN}”’》）」])[,;:?!]|[,;:?!](?=[{_HAN}“‘《（「])")
_BRACKETS = re.compile(rf"\(([^()\n]*[{_HAN}][^()\n]*)\)")


def full_width(text: str) -> str:
    """Return a text with the stops beside Chinese characters and the brackets around them in full width; numbers and Latin keep theirs."""
    bracketed = _BRACKETS.sub(r"（\1）", text)
    return _STOP.sub(lambda found: found.group().translate(_FULL), bracketed)
