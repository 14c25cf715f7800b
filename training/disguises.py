"""Make qingqun/enrich/disguises.npz: which two characters are a key word of the labels in disguise.

Run: python training/disguises.py FOLDER-OF-SAMPLES, in an environment with pypinyin (MIT) and jieba (MIT), which nothing else needs.
Sounds: pypinyin. Shapes: chaizi (CC-BY-3.0, how characters are put together), SimilarCharacter (MIT), and SHAPES below, our own.
A pair that is a word, stands inside one, meets often where two words meet, or stands in data/messages is no disguise.
"""

import json
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import jieba
import numpy as np
from pypinyin import Style, pinyin

HERE = Path(__file__).parents[1]
_KEYS = (
    "收到 回复 接龙 转发 点赞 关注 下载 安装 注册 投票 拍照 照片 截图 上传 打卡 定位 通报 点名 排名 考核 扫码 分享 签到 批评 扣分 曝光 "
    "水印 评论 链接 邀请 激活 认证 绑定 积分 问责 约谈 绩效 确认 已阅 留痕 答题"
)
KEYS = _KEYS.split()
SHAPES = {
    "收": "収攵牧汷叹叧改", "到": "倒刭致至", "回": "囙囬囘冋叵田囚囸", "复": "夏覆腹夐夊愎", "接": "按妾椄倿", "龙": "尤庞咙茏垅笼",
    "转": "传砖啭転専轮", "发": "友髪発拨犮", "点": "奌占玷惦踮", "赞": "攒瓒趱贊", "关": "関夫天笑闫娄", "注": "住往主炷柱驻泩",
    "下": "丅卞吓忑", "载": "栽裁戴截戟", "安": "按桉宴侒", "装": "奘袋裝裝", "册": "冊删珊刪", "投": "没役设股殳", "票": "漂飘栗剽僄",
    "拍": "怕柏泊帕珀伯", "照": "昭煦熙炤", "片": "爿庁斤", "截": "载栽戴", "图": "図囤圄圈囹圗", "上": "丄止土尚", "传": "转砖伝专",
    "打": "扑扛叮盯灯朾", "卡": "咔佧胩卞咯", "定": "锭淀碇宁疋", "位": "泣拉垃立", "通": "桶捅诵俑甬", "报": "扱服极叛", "名": "各茗铭洺",
    "排": "徘俳挑非绯", "考": "老拷烤孝栲", "核": "该孩骇亥刻", "扫": "妇归彐", "码": "玛蚂妈犸", "分": "汾份芬氛兮", "享": "亨亭孚",
    "签": "佥笺笠", "批": "枇砒纰", "评": "坪抨秤平", "论": "沦轮伦抡", "链": "琏莲连", "认": "仁讣人", "证": "征怔症正", "绑": "邦梆帮",
    "扣": "叩和如", "曝": "暴瀑爆", "光": "胱洸", "积": "枳织职", "责": "债渍贵", "效": "郊皎校", "确": "硧碓", "签到": "",
}  # fmt: skip
FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
CORE = frozenset(KEYS[:15])  # the words most often disguised: for these more is taken for a disguise
_ORDINARY = "关住 汇付 会付 专发 转告"
ORDINARY = frozenset(_ORDINARY.split())  # said every day, whatever the word lists hold
EXTRA = {"排照": "拍照"}  # stands in 安排照顾, too: disguise.py looks at what stands before it
MEET_CORE, MEET_ONE, MEET_BOTH, WITHIN = 250.0, 30.0, 8.0, 20


def sounds(char: str, *, fuzzy: bool) -> set[str]:
    found = set()
    for one in pinyin(char, style=Style.NORMAL, heteronym=fuzzy, errors="ignore")[0]:
        plain = one
        for long, short in FUZZY if fuzzy else ():
            plain = plain.replace(long, short)
        found.add(plain)
    return found


def common() -> list[str]:
    return [c for c in map(chr, range(0x4E00, 0xA000)) if c.encode("gb2312", "ignore")]


def parts(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in (folder / "chaizi/chaizi-jt.txt").read_text(encoding="utf-8").splitlines():
        char, *ways = line.split("\t")
        table[char] = [tuple(way.split(" ")) for way in ways]
    return table


def near(key: str, chars: list[str], made: dict[str, list[tuple[str, ...]]]) -> set[str]:
    """Characters that hold the key, or are made like it but for one of at least two parts."""
    found = set()
    for char in chars:
        for one, two in product(made.get(key, ()), made.get(char, ())):
            same = sum(x == y for x, y in zip(one, two, strict=False))
            if (key in two and len(two) == 2) or (len(one) == len(two) >= 2 and same == len(one) - 1 and len(one) >= 3):
                found.add(char)
    return found


def similar(folder: Path) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for line in (folder / "similar-chars/形近字语料库.txt").read_text(encoding="utf-8").splitlines():
        char, _, others = line.partition(" ")
        for other in others.strip():
            table.setdefault(char, set()).add(other)
            table.setdefault(other, set()).add(char)
    return table


class Usual:
    """What is ordinarily written."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.first, self.last, self.inside = Counter[str](), Counter[str](), Counter[str]()
        for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
            word, count = line.split(" ")[:2]
            self.words[word] = int(count)
            self.first[word[0]] += int(count)
            self.last[word[-1]] += int(count)
            for n in range(len(word) - 1):
                self.inside[word[n : n + 2]] += int(count)
        self.total = sum(self.words.values())
        texts = (
            json.loads(line)["text"]
            for path in sorted((HERE / "data/messages").glob("[pt]*.jsonl"))
            for line in path.open(encoding="utf-8")
        )
        self.seen = Counter(text[n : n + 2] for text in texts for n in range(len(text) - 1))

    def says(self, pair: str, key: str) -> bool:
        both = pair[0] != key[0] and pair[1] != key[1]
        most = MEET_BOTH if both else MEET_CORE if key in CORE else MEET_ONE
        meets = self.last[pair[0]] * self.first[pair[1]] / self.total
        return self.words[pair] > 5 or self.inside[pair] >= WITHIN or self.seen[pair] > 0 or meets > most


def main() -> None:
    folder, usual, chars = Path(sys.argv[1]), Usual(), common()
    made, alike = parts(folder), similar(folder)
    like, sure = {}, {}
    for key in sorted(set("".join(KEYS))):
        sure[key] = {char for char in chars if sounds(char, fuzzy=False) & sounds(key, fuzzy=False)} | set(SHAPES.get(key, ""))
        loose = {char for char in chars if sounds(char, fuzzy=True) & sounds(key, fuzzy=True)}
        like[key] = (sure[key] | loose | near(key, chars, made) | alike.get(key, set())) - {key}
    best: dict[str, tuple[int, int]] = {}
    for number, key in enumerate(KEYS):
        one = {(char, key[1]) for char in like[key[0]]} | {(key[0], char) for char in like[key[1]]}
        two = set(product(sure[key[0]] - {key[0]}, sure[key[1]] - {key[1]}))
        for pair in map("".join, one | (two if key in CORE else set())):
            if pair not in KEYS and pair not in ORDINARY and (EXTRA.get(pair) == key or not usual.says(pair, key)):
                best[pair] = min(best.get(pair, (9, 0)), (sum(x != y for x, y in zip(pair, key, strict=True)), number))
    pairs = sorted(best, key=lambda pair: (ord(pair[0]) << 16) + ord(pair[1]))
    codes = np.array([(ord(pair[0]) << 16) + ord(pair[1]) for pair in pairs], np.uint32)
    numbers = np.array([best[pair][1] for pair in pairs], np.uint8)
    split = [f"{key}\t{''.join(way)}" for key in sorted(set("".join(KEYS))) for way in made.get(key, ()) if 1 < len(way) <= 4]
    bound = set("扌氵灬讠亻辶囗宀钅丬忄犭纟饣礻衤刂攵疒罒")  # never written alone
    loose = {f"{char}\t{''.join(way)}" for char in chars for way in made.get(char, ()) if len(way) == 2 and bound & set(way)}
    loose |= {f"{key}\t{key}{part}" for key in set("".join(KEYS)) for way in made.get(key, ()) for part in bound & set(way)}  # 点灬
    steps = np.diff(codes, prepend=np.uint32(0))
    np.savez_compressed(
        HERE / "qingqun/enrich/disguises.npz",
        steps=steps, numbers=numbers, keys=np.array(KEYS),
        sounds=np.array([" ".join(sound[0] for sound in pinyin(k, style=Style.NORMAL)) for k in KEYS]),
        split=np.array(split), loose=np.array(sorted(loose)),
    )  # fmt: skip
    print(len(pairs), "pairs", len(split), "split", len(loose), "loose", (HERE / "qingqun/enrich/disguises.npz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
