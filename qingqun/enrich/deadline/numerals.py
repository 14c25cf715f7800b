"""Chinese numerals up to 999 as people write them for days and hours: 三 十七 二十三 廿五 二〇 100."""

HAN_DIGITS = "〇零一二两三四五六七八九十廿百"
DIGITS = "0-9" + HAN_DIGITS  # for a character class
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number(text: str) -> int:
    """Return the value of a numeral made of DIGITS; a lone 十 is 10."""
    if text.isascii():
        return int(text)
    total = last = 0
    for char in text.replace("廿", "二十"):
        if char in "十百":
            total += (last or (1 if not total or char == "十" else 0)) * (10 if char == "十" else 100)
            last = 0
        else:
            last = last * 10 + (_VALUES[char] if char in _VALUES else int(char))
    return total + last
