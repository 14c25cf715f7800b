"""What offices write most and careful writers of a corpus avoid: a notice with the usual formula behind it.

Of seven thousand messages seven ask in the textbook's words; in a real group they are every second demand. So a fifth of the plain
notices stand in the training once more with such a formula, and a tenth with one that asks for nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

ASKING = (
    "收到请回复。",
    "请收到的同志回复“收到”",
    "收到请回",
    "看到请扣1",
    "请各单位收到后回复",
    "请大家接龙确认",
    "请回复收到，谢谢！",
    "收到回1",
    "阅后请复。",
    "收悉请复。",
    "请逐一回复收到",
    "收到的扣个1哈",
    "看到的回复一下收到[抱拳]",
    "请在群里接龙。",
)
ASKING_NOTHING = (
    "知悉即可，无需回复。",
    "不用回复。",
    "有疑问请回复我。",
    "不必在群里回复收到。",
    "如有不清楚的请回电话。",
    "收到材料的请核对。",
)
EVERY, SHORTEST = 10, 20

Row = dict[str, Any]


def usual(rows: list[Row]) -> tuple[list[Row], NDArray[np.int64]]:
    """Return the messages with the added ones behind them, and for each the place of the message it is or was made of."""
    made: list[tuple[int, Row]] = []
    plain = [at for at, row in enumerate(rows) if _plain(row)]
    for count, at in enumerate(plain):
        turn = count // EVERY
        if count % EVERY in (0, 5):
            made.append((at, _with(rows[at], ASKING[(2 * turn + count % EVERY // 5) % len(ASKING)], ["reply_demand"])))
        elif count % EVERY == 1:
            made.append((at, _with(rows[at], ASKING_NOTHING[turn % len(ASKING_NOTHING)], [])))
    return [*rows, *(row for _, row in made)], np.array([*range(len(rows)), *(at for at, _ in made)])


def _plain(row: Row) -> bool:
    carried = set(row["labels"])
    return "notice" in carried and not carried & {"reply_demand", "emergency"} and len(row["text"]) > SHORTEST


def _with(row: Row, formula: str, added: list[str]) -> Row:
    gap = "\n" if len(row["text"]) % 3 else " "
    return {**row, "text": row["text"] + gap + formula, "labels": [*row["labels"], *added]}
