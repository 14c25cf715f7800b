"""Notices for bench/repeats.py: distinct texts, and which of them are the same notice sent again."""

from random import Random

from qingqun.demo.edits import ask_receipt, dress, retouch
from qingqun.demo.office import SEED, imagine
from qingqun.demo.repertoire import SHIPPED, Repertoire

UNITS = ["各村", "各社区", "各科室", "各班组", "各支部", "各门店", "各项目部", "各年级组", "各护理单元", "各收费站"]
THINGS = ["防汛物资台账", "困难职工名册", "设备检修记录", "垃圾分类检查表", "培训签到册"]
THINGS += ["低保复核表", "应急演练方案", "用电明细", "食品留样记录", "档案移交目录"]
PLACES = ["安监站", "组织科", "后勤部", "教务处", "工程部", "财务室", "民政办", "调度室", "护理部", "信息中心"]
SHORTEST = 20  # characters of a text of the demo that is taken for a notice


def made(rng: Random) -> str:
    """Make a notice that differs from thousands of others in one fact only."""
    unit, thing, place = rng.choice(UNITS), rng.choice(THINGS), rng.choice(PLACES)
    day, hour, number = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日", f"{rng.randint(8, 17)}:{rng.randint(0, 5)}0", rng.randint(2, 9999)
    return f"请{unit}于{day}{hour}前将{thing}报{place}，第{number}号任务，共{rng.randint(1, 400)}份。"


def passed_on(text: str, rng: Random, texts: Repertoire) -> str:
    """Return the notice as somebody else passes it on."""
    text = retouch(text, rng, texts)
    way = rng.random()
    return dress(text, rng, texts) if way < 0.3 else ask_receipt(text, rng, texts) if way < 0.5 else text


def planted(count: int, rng: Random) -> tuple[list[str], list[int]]:
    """Return so many distinct texts and, for each, the number of its notice; three in ten notices were sent again, once to four times."""
    known = sorted({said.text for said in imagine(SEED).week if len(said.text) >= SHORTEST and "请" in said.text})
    passing = SHIPPED
    texts: dict[str, int] = {}
    while len(texts) < count:
        truth = len(texts)
        text = made(rng) if rng.random() < 0.5 else f"{rng.choice(known).rstrip('。！!')}，第{truth}号。"
        number = texts.setdefault(text, truth)
        for _ in range(rng.randint(1, 4) if rng.random() < 0.3 else 0):
            texts.setdefault(passed_on(text, rng, passing), number)
    return list(texts)[:count], list(texts.values())[:count]
