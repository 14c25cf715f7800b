"""How the values of the tables are called on paper, in the user's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from qingqun import i18n
from qingqun.findings.metrics import grade_title
from qingqun.findings.report.setting import full_width
from qingqun.findings.suppress import FEW, FEW_SENSITIVE
from qingqun.i18n import _, listed
from qingqun.judge.amount import amount
from qingqun.judge.catalogue import confidence_title
from qingqun.words import SHANGHAI, Confidence

NOON = 12


def level(name: str) -> str:
    """Return what a level is called."""
    return {"violation": _("违反"), "warning": _("提醒"), "hint": _("待核提示")}.get(name, name)


def strength(name: str) -> str:
    """Return what a strength is called."""
    return {"hard": _("硬性"), "soft": _("原则性"), "draft": _("征求意见稿"), "unverified": _("待核")}.get(name, name)


def confidence(name: str) -> str:
    """Return how surely a clause's words were read."""
    return confidence_title(Confidence(name)) if name in set(Confidence) else name


def kind(name: str | None) -> str:
    """Return what a kind of group is called."""
    titles = {
        "main": _("综合工作群"),
        "department": _("部门群"),
        "topic": _("专题群"),
        "special-task": _("专项群"),
        "parents": _("家校群"),
        "public": _("服务群众群"),
        "personal": _("个人群"),
    }
    return titles.get(name or "", name or _("未登记"))


def platform(name: str | None) -> str:
    """Return what a platform is called."""
    titles = {"wechat": _("微信"), "qq": "QQ", "wecom": _("企业微信"), "dingtalk": _("钉钉"), "feishu": _("飞书"), "matrix": "Matrix"}
    return titles.get(name or "", name or "")


def placed(group: str, on: str | None) -> str:
    """Return a group's name with its platform: two platforms may have groups of one name."""
    return _("{group}（{platform}）").format(group=group, platform=platform(on)) if on else group


def going(proposal: Mapping[str, Any]) -> str:
    """Return the groups a proposal would end, each with its platform."""
    return listed(placed(*pair) for pair in zip(proposal["groups"], proposal["platforms"], strict=True))


def members_from(name: str | None) -> str:
    """Return where a group's size is known from."""
    return {"list": _("成员名单"), "register": _("台账"), "senders": _("发言人（下限）")}.get(name or "", _("不详"))


def action(name: str) -> str:
    """Return what a proposal is called."""
    return {"dissolve": _("解散"), "merge": _("合并"), "topic": _("转为话题"), "refused": _("不建议合并")}.get(name, name)


def fate(name: str) -> str:
    """Return what becomes of a group."""
    return {"keep": _("保留"), **{one: action(one) for one in ("merge", "topic", "dissolve")}}.get(name, name)


def repair(name: str | None) -> str:
    """Return how a kind of finding is mended."""
    titles = {
        "wait": _("改到工作时间发"),
        "quiet": _("照发，不要求回复"),
        "later": _("照发，放宽时限"),
        "bundle": _("几条并成一条"),
        "shorten": _("写短"),
        "drop": _("不发"),
    }
    return titles.get(name or "", "")


def foretold(name: str) -> str:
    """Return what a figure of the plan's forecast is called."""
    return {"groups": _("每人工作群（个）"), "messages": _("每人每天消息（条）")}.get(name, name)


def unit(name: str | None, *, whole: bool = False) -> str:
    """Return a unit's name, everybody's where it is null; `whole`: with all units below it."""
    if name is None:
        return _("全部")
    return _("{unit}（连同下级）").format(unit=name) if whole else name


def calendar(name: str | None) -> str:
    """Return a remark where the holidays of a day are not officially known."""
    return {"provisional": _("暂定日历"), "unknown": _("日历未公布")}.get(name or "", "")


def grade(name: str | None, at: datetime | None = None) -> str:
    """Return what an hour's grade is called; `at` tells whether an hour outside working time lies before the opening or after it."""
    if name == "after" and at is not None:
        return _("上班前") if at.astimezone(ZoneInfo(SHANGHAI)).hour < NOON else _("下班后至 22 时")
    return grade_title(name) if name else ""


def clause(cited: Mapping[str, Any]) -> str:
    """Return document, number where confirmed, and text."""
    return _("{document}：{text}").format(document=f"{cited['document']}{cited['number'] or ''}", text=full_width(cited["text"]))


def clauses(cited: Iterable[Mapping[str, Any]]) -> str:
    """Return several clauses, one a line; a product rule has none and says so."""
    return "\n".join(clause(c) for c in cited) or _("无对应条款，产品提示")


def numbers(used: Iterable[Mapping[str, Any]]) -> str:
    """Return the numbers used, marking those that are the product's own."""
    return _("，").join(f"{_number(n['name'])} {amount(n['name'], n['value'])}{_given(n)}" for n in used)


def people(row: Mapping[str, Any]) -> str:
    """Return how many people a finding touches; few are not counted."""
    if row["few"]:
        return f"<{FEW_SENSITIVE if row['subject'] == 'messages' and row['grade'] != 'work' else FEW}"
    return "" if row["people"] is None else str(row["people"])


def moment(at: datetime | None) -> str:
    """Return a moment in Shanghai's time, to the minute."""
    return "" if at is None else i18n.stamp(at.astimezone(ZoneInfo(SHANGHAI)))


def day(on: date | None) -> str:
    """Return a day as official papers write it."""
    return "" if on is None else i18n.day(on)


def rounded(value: float | None) -> float | str:
    """Return a number with one decimal at most, still a number; a dash where it is unknown or hidden."""
    short = None if value is None else round(value, 1)
    return "—" if short is None else int(short) if short == int(short) else short


def figure(value: float | None, digits: int = 1) -> str:
    """Return a number without needless decimals; a dash where it is unknown or hidden."""
    if value is None:
        return "—"
    kept = digits if abs(value) < 100 else 0
    return f"{value:,.{kept}f}".rstrip("0").rstrip(".") if kept else f"{value:,.0f}"


def _given(number: Mapping[str, Any]) -> str:
    return _("（产品默认）") if number["default"] else _("（条款给定）")


def _number(name: str) -> str:
    titles = {
        "messages": _("条数"),
        "seconds": _("时限"),
        "minutes": _("时限"),
        "days": _("天数"),
        "receipts": _("回执条数"),
        "percent": _("百分比"),
        "groups": _("群数"),
        "senders": _("发送者数"),
        "hours": _("时限"),
        "accounts": _("账号数"),
        "window": _("回执统计时段"),
        "worked": _("到时限为止的工作时间不超过"),
        "least": _("从发出到时限不超过"),
    }
    return titles.get(name, name)
