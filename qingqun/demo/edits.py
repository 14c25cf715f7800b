"""Cosmetic edits: what people change when they pass a notice on, without changing what it says."""

from collections.abc import Callable
from random import Random

from qingqun.demo.repertoire import Repertoire

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def dress(text: str, rng: Random, texts: Repertoire) -> str:
    """Return the notice with a head, a greeting or a thank-you, as its first sender writes it."""
    tails = texts.table("tails")
    head, tail = rng.choice(tails["head"] + tails["opening"]), rng.choice(tails["tail"])
    return f"{head}{text}{tail}"


def retouch(text: str, rng: Random, texts: Repertoire) -> str:
    """Return the notice as somebody else passes it on: one or two small changes of form."""
    for edit in rng.sample(_edits(texts.table("tails")["passed"]), rng.randrange(0, 3)):
        text = edit(text)
    return text


def ask_receipt(text: str, rng: Random, texts: Repertoire) -> str:
    """Return the notice with a demand to answer 收到."""
    return text + rng.choice(("", "\n", " ")) + str(rng.choice(texts.table("tails")["reply"]))


def _edits(passed: str) -> tuple[Callable[[str], str], ...]:
    return (
        lambda text: text.replace("，", ",").replace("：", ":"),
        lambda text: text.translate(WIDE),
        lambda text: text.rstrip("。"),
        lambda text: text.replace("。", "！"),
        lambda text: text.replace("，", "， "),
        lambda text: "⚠️" + text,
        lambda text: text + passed,
        lambda text: f"各位：\n{text}",
        lambda text: text.replace("。", "。\n").rstrip("\n"),
    )
