"""What offices write most and careful writers of a corpus avoid: a notice with the usual formula behind it.

Of seven thousand messages seven ask in the textbook's words; in a real group they are every second demand. So a fifth of the plain
notices stand in the training once more with such a formula, and a tenth with one that asks for nothing. Likewise the usual threats.

And a real notice often breaks several rules in one breath, where a writer of examples shows one at a time: short ones are joined by twos.
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
THREATENING = (
    "未按时报送的点名通报。",
    "没交的在群里点名。",
    "逾期不报的全区通报",
    "没完成的单位名单发大群。",
    "到点还没弄的我就点名了",
    "不落实的通报批评。",
)
THREATENING_SILENCE = ("不回复的通报。", "没回的点名。", "不回的名单报领导", "谁没回我在群里@谁。")
THREATENING_NOBODY = ("有情况及时通报办公室。", "会上通报上月进度。", "请带好点名册。", "完成的单位年底通报表扬。")
ASSESSING = (
    "下班前通报排名。",
    "每天通报各单位完成率。",
    "完成情况纳入考核。",
    "明天按完成率排名",
)
EVERY, SHORTEST = 10, 20
JOINED = 70  # characters: two notices up to that length are joined
TOGETHER = {"reply_demand", "shaming", "forced_promotion", "assessed_promotion", "photo_proof"}

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
        elif count % EVERY == 2:
            made.append((at, _with(rows[at], THREATENING[turn % len(THREATENING)], ["shaming"])))
        elif count % EVERY == 3:
            asked = _with(rows[at], ASKING[turn % len(ASKING)], ["reply_demand"])
            made.append((at, _with(asked, THREATENING_SILENCE[turn % len(THREATENING_SILENCE)], ["shaming"])))
        elif count % EVERY == 4:
            made.append((at, _with(rows[at], THREATENING_NOBODY[turn % len(THREATENING_NOBODY)], [])))
    pressed, counted = _pressed(rows), _counted(rows)
    made += [(at, _with(rows[at], ASSESSING[count % len(ASSESSING)], ["assessed_promotion"])) for count, at in enumerate(pressed)]
    made += [(at, _with(rows[at], THREATENING_NOBODY[count % len(THREATENING_NOBODY)], [])) for count, at in enumerate(counted)]
    origin = np.arange(len(rows))
    for one, two in _pairs(rows):
        origin[two] = one  # what was joined stays on one side of every fold
        made.append((one, _together(rows[one], rows[two])))
    return [*rows, *(row for _, row in made)], np.array([*origin, *(origin[at] for at, _ in made)])


def _pressed(rows: list[Row]) -> list[int]:
    """Return every third notice that presses for an app or an account and counts nobody."""
    pressing = [at for at, row in enumerate(rows) if {"notice", "forced_promotion"} <= set(row["labels"])]
    return [at for at in pressing if "assessed_promotion" not in rows[at]["labels"]][::3]


def _counted(rows: list[Row]) -> list[int]:
    """Return every second notice that counts installs or followers and orders none: the twin of those."""
    counting = [at for at, row in enumerate(rows) if {"notice", "assessed_promotion"} <= set(row["labels"])]
    return [at for at in counting if "forced_promotion" not in rows[at]["labels"]][::2]


def _pairs(rows: list[Row]) -> list[tuple[int, int]]:
    """Return notices that break something, by twos and each once, from far apart in the files."""
    breaking = [at for at, row in enumerate(rows) if "notice" in row["labels"] and TOGETHER & set(row["labels"])]
    short = [at for at in breaking if len(rows[at]["text"]) <= JOINED]
    half = len(short) // 2
    return list(zip(short[:half], short[half:], strict=False))


def _together(one: Row, two: Row) -> Row:
    gap = ("\n", "", "，")[len(one["text"]) % 3]
    first = one["text"].rstrip("。") if gap == "，" else one["text"]
    return {**one, "text": first + gap + two["text"], "labels": sorted({*one["labels"], *two["labels"]})}


def _plain(row: Row) -> bool:
    carried = set(row["labels"])
    return "notice" in carried and not carried & {"reply_demand", "shaming", "emergency"} and len(row["text"]) > SHORTEST


def _with(row: Row, formula: str, added: list[str]) -> Row:
    gap = "\n" if len(row["text"]) % 3 else " "
    return {**row, "text": row["text"] + gap + formula, "labels": [*row["labels"], *added]}
