"""One changed fact, and cosmetic edits, made by rule on any notice. Each change yields the texts it makes, or none where it finds nothing."""

import re
from collections.abc import Callable, Iterator

_DIGITS = re.compile(r"(?<![0-9A-Za-z./:：-])[1-9][0-9]{0,7}(?![0-9A-Za-z./:：%\ufe0f\u20e3-])")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?=[日号](?!楼))")
_WEEKDAY = re.compile(r"(?<=[周期])[一二三四五](?=[^0-9次年月期份、]|$)(?!周)")
_HOUR = re.compile(r"(?<![0-9:：])([0-9]{1,2})(?=[:：][0-5][0-9]|[点时](?!间|候|限|段))")
_VERB = re.compile(r"(?:参加|提交|上报|登记|停水|停电|开放|领取|使用|打开|进入|关闭|报名|缴费|填写|转发|通知|检查|上班|上课)")
_NAME = re.compile(
    r"张主任|小李|[赵钱孙李周吴郑王陈刘杨黄](?=主任|科长?|老师|医生|工(?!作)|书记)|(?<=小)[赵钱孙李周吴郑王陈刘杨黄张](?![一-龥]{0,1}[区学组组])"
)
_AUDIENCE = re.compile(r"(?<=各)(?:村|社区|科室|部门|班级|班|支部|单位|网点|项目部)|家长|学生|党员|业主")
_PAIRED = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9\ufe0f\u20e3])")
_LISTED = re.compile("、|和")
_SWAPS = (
    ("前", "起", re.compile(r"(?<=[日号点午班])前(?=[^面后来往期台任提])")),
    ("起", "前", re.compile(r"(?<=[日号点一二三四五])起(?=[^来火草重点床诉码])")),
    ("或", "和", re.compile(r"(?<!如)或(?!许|者)")),
    ("和", "或", re.compile(r"(?<![平温共饱总暖缓柔随附])和(?!平|谐|气|睦|解|蔼|路|会)")),
    ("至少", "至多", re.compile("至少")),
    ("至多", "至少", re.compile("至多")),
    ("可以", "必须", re.compile("(?<!不)可以")),
    ("必须", "可以", re.compile("必须")),
    ("上午", "下午", re.compile("上午")),
    ("下午", "上午", re.compile("下午")),
    ("线上", "线下", re.compile("线上")),
    ("每户", "每人", re.compile("每户")),
    ("每人", "每户", re.compile("每人")),
    ("以上", "以下", re.compile("(?<=[0-9岁人元])以上")),
    ("以内", "以外", re.compile("以内")),
    ("东", "西", re.compile("东(?=[门侧边区楼路])")),
    ("左", "右", re.compile("左(?=[侧边])")),
    ("原件", "复印件", re.compile("原件")),
    ("今天", "明天", re.compile("今天")),
    ("明天", "后天", re.compile("明天")),
    ("开始", "停止", re.compile("开始")),
    ("暂停", "恢复", re.compile("暂停")),
    ("增加", "减少", re.compile("增加")),
    ("提前", "推迟", re.compile("提前(?=[0-9一二两三半])")),
    ("已经", "没有", re.compile("已经")),
    ("纸质", "电子", re.compile("纸质")),
    ("全部", "部分", re.compile("全部")),
    ("双", "单", re.compile("双(?=[人面向])")),
    ("收费", "免费", re.compile("(?<!不)收费")),
    ("必须", "不必", re.compile("必须")),
    ("要", "不要", re.compile("(?<![不只还主重需摘概])要(?=带|交|来|去|到|填|报|穿|参加)")),
)  # fmt: skip


def _each(pattern: re.Pattern[str], text: str, new: Callable[[str], str]) -> Iterator[str]:
    for found in list(pattern.finditer(text))[:3]:
        yield text[: found.start()] + new(found[0]) + text[found.end() :]


def _next(text: str) -> str:
    return "一二三四五六七"[("一二三四五六七".index(text) + 1) % 5]


def changed(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for every way to change one fact of a notice."""
    yield from (("number+1", t) for t in _each(_DIGITS, text, lambda n: str(int(n) + 1)))
    yield from (("number-1", t) for t in _each(_DIGITS, text, lambda n: str(int(n) - 1)))
    yield from (("day", t) for t in _each(_DAY, text, lambda n: str(int(n) % 28 + 1)))
    yield from (("weekday", t) for t in _each(_WEEKDAY, text, _next))
    yield from (("hour", t) for t in _each(_HOUR, text, lambda n: str((int(n) + 1) % 24)))
    yield from (("negation", t) for t in _each(_VERB, text, lambda w: "不" + w))
    yield from (("cancelled verb", t) for t in _each(_VERB, text, lambda w: "取消" + w))
    yield from (("name", t) for t in _each(_NAME, text, lambda w: "老范" if len(w) > 1 else "范"))
    yield from (("audience", t) for t in _each(_AUDIENCE, text, lambda w: "退休人员"))
    yield "cancelled", "【取消】" + text
    yield "withdrawn", text + "以上通知作废。"
    yield "corrected", "【更正】" + text
    for old, new, pattern in _SWAPS:
        yield from ((f"{old} to {new}", t) for t in _each(pattern, text, lambda _, word=new: word))  # type: ignore[misc]
    yield from (("swapped", t) for t in _swapped(text))


def _members(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    """Return whether two numbers stand in members of one list built alike (14日、15日): those may change places."""
    unit, *between, name = _LISTED.split(text[one.end() : two.start()]) if _LISTED.search(text[one.end() : two.start()]) else ("，", "，")
    alike = all(re.fullmatch(re.escape(name) + "[0-9]+" + re.escape(unit), part) for part in between)
    return alike and text[: one.start()].endswith(name) and text.startswith(unit, two.end())


def _swapped(text: str) -> Iterator[str]:
    numbers = list(_PAIRED.finditer(text))[:6]
    for n, one in enumerate(numbers):
        for two in numbers[n + 1 :]:
            if int(one[0]) != int(two[0]) and not _members(text, one, two):
                yield text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


_COSMETIC: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("relayed", lambda t: "转发一下：" + t),
    ("greeting", lambda t: "大家好！" + t),
    ("heading", lambda t: "【通知】" + t),
    ("everybody", lambda t: "@所有人 " + t),
    ("thanks", lambda t: t.rstrip("。") + "。谢谢大家配合！"),
    ("reply", lambda t: t.rstrip("。") + "。收到请回复"),
    ("signed off", lambda t: t.rstrip("。") + "，请知悉，辛苦各位。"),
    ("lines", lambda t: t.replace("。", "。\n")),
    ("one line", lambda t: t.replace("\n", " ")),
    ("width", lambda t: t.replace("，", ",").replace("：", ":")),
    ("semicolons", lambda t: t.replace("；", "。")),
    ("emoji", lambda t: "📢" + t + "🙏"),
    ("invisible", "\u200b".join),
    ("politer", lambda t: re.sub(r"(?<![恳敬申邀聘宴烦])请(?=[^假示教求客问柬帖战功缨安款病愿])", "麻烦", t)),
    ("请大家", lambda t: re.sub(r"(?<![，,])(?<=[。\n])请(?=带|把|将|在|于|到)", "请大家", t)),
    ("务必", lambda t: re.sub(r"(?<![恳敬申邀聘])请(?=在|于|带|到|把|将|按)", "请务必", t)),
    ("at", lambda t: re.sub(r"请于(?=[0-9今明])", "请在", t)),
    ("将 to 把", lambda t: re.sub(r"请将", "请把", t)),
    ("dash", lambda t: re.sub(r"(?<=[0-9])[-—~～](?=[0-9]{1,2}[:：])", "至", t)),
    ("date", lambda t: re.sub(r"(?<=月)([0-9]{1,2})日", r"\1号", t)),
    ("hour", lambda t: re.sub(r"(?<![0-9:：])([0-9]{1,2})[:：]00(?![0-9:：])", r"\1点", t)),
    ("前", lambda t: re.sub(r"(?<=[0-9][日点])前(?!面|后|来|往)", "之前", t)),
)  # fmt: skip


def resent(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for cosmetic edits that change the text."""
    for kind, edit in _COSMETIC:
        if (new := edit(text)) != text:
            yield kind, new
