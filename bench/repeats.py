"""Claim: clustering 200,000 distinct short notices takes seconds, and finds the planted copies.

Run: python bench/repeats.py [notices]. Prints notices a second, and precision and recall on pairs
of copies planted by cosmetic changes. The notices differ from each other in facts only: a swallowed one costs precision.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations

import polars as pl

from qingqun.enrich.repeats import cluster

UNITS = ["各村", "各社区", "各科室", "各班组", "各支部", "各门店", "各项目部", "各年级组", "各护理单元", "各收费站"]
THINGS = ["防汛物资台账", "困难职工名册", "设备检修记录", "垃圾分类检查表", "培训签到册"]
THINGS += ["低保复核表", "应急演练方案", "用电明细", "食品留样记录", "档案移交目录"]
PLACES = ["安监站", "组织科", "后勤部", "教务处", "工程部", "财务室", "民政办", "调度室", "护理部", "信息中心"]
COSMETIC: tuple[Callable[[str], str], ...] = (
    lambda t: "【转发】" + t,
    lambda t: t + "谢谢大家！",
    lambda t: "@所有人 " + t,
    lambda t: t.replace("，", ","),
    lambda t: t + "（再次提醒）",
    lambda t: t.replace("前将", "之前把"),
    lambda t: "各位同事早上好！" + t,
    lambda t: t.replace("。", "！") + "[抱拳]",
    lambda t: t.replace("，", "，\n"),
)


def notice(rng: random.Random) -> str:
    unit, thing, place = rng.choice(UNITS), rng.choice(THINGS), rng.choice(PLACES)
    day, hour, number = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日", f"{rng.randint(8, 17)}:{rng.randint(0, 5)}0", rng.randint(2, 9999)
    return f"请{unit}于{day}{hour}前将{thing}报{place}，第{number}号任务，共{rng.randint(1, 400)}份。"


def planted(count: int, rng: random.Random) -> tuple[list[str], list[int]]:
    texts: dict[str, int] = {}
    while len(texts) < count:
        truth, text = len(texts), notice(rng)
        texts.setdefault(text, truth)
        if rng.random() < 0.3:
            for change in rng.sample(COSMETIC, rng.randint(1, 2)):
                texts.setdefault(change(text), texts[text])
    return list(texts), list(texts.values())


def pairs(numbers: list[int | None]) -> set[tuple[int, int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for at, number in enumerate(numbers):
        if number is not None:
            groups[number].append(at)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    texts, truth = planted(count, random.Random(1))
    column = pl.Series(texts)
    cluster(column.head(100))
    start = time.perf_counter()
    found = cluster(column)
    took = time.perf_counter() - start
    wanted, got = pairs(list(truth)), pairs(found.to_list())
    right = len(wanted & got)
    print(f"{len(texts)} distinct notices in {took:.1f} s: {len(texts) / took:,.0f} a second")
    print(f"precision {right / max(1, len(got)):.4f}, recall {right / max(1, len(wanted)):.4f} of {len(wanted)} planted pairs")


if __name__ == "__main__":
    main()
