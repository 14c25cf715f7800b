"""What is measured, each with its definition beside it: the words the report prints are made where the numbers are."""

from dataclasses import dataclass

from qingqun.findings.suppress import FEW, FEW_SENSITIVE
from qingqun.findings.weigh import explained
from qingqun.i18n import _

OFF_GRADES = ("lunch", "after", "rest_day", "night", "holiday")


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured quantity of a person. Only its distribution over a unit is ever shown."""

    name: str  # the column of the person table
    title: str
    unit: str
    definition: str
    weekly: bool = True  # scaled to seven days, so that exports of different length compare
    k: int = FEW


def metrics() -> tuple[Metric, ...]:
    """Return all metrics in the order of the report, in the user's language."""
    return (*_volume(), *_off(), _minutes())


def grade_title(grade: str) -> str:
    """Return what an hour's grade is called."""
    titles = {
        "work": _("工作时间"),
        "lunch": _("午休"),
        "after": _("上班前、下班后（7 时至 22 时）"),
        "rest_day": _("休息日"),
        "night": _("22 时至次日 7 时"),
        "holiday": _("法定节假日"),
    }
    return titles.get(grade, grade)


def _volume() -> tuple[Metric, ...]:
    return (
        Metric(
            "groups",
            _("工作群数"),
            _("个"),
            _("所在的工作群数；同一姓名在各平台都只有一个账号的算一人，其余按账号算。"),
            weekly=False,
        ),
        Metric("messages", _("收到消息"), _("条/周"), _("所在各群的全部消息(不含系统提示)，折算为每 7 天。")),
        Metric("peak", _("最忙一天的消息"), _("条/天"), _("所在各群消息按日相加，取最多的一天。"), weekly=False),
        Metric("notices", _("收到通知"), _("件/周"), _("所在各群出现过的不同通知件数，同一通知在几个群只算一件。")),
        Metric(
            "repeats",
            _("重复收到"),
            _("次/周"),
            _("同一通知第二次及以后出现在其所在各群的次数；日期、地点、数字有一处不同即不是同一通知。"),
        ),
        Metric("demands", _("被要求回复"), _("次/周"), _("所在各群要求回复“收到”或接龙的消息条数。")),
        Metric("tasks", _("有时限的任务"), _("件/周"), _("所在各群写明完成时限的不同事项，同一通知在几个群只算一件。")),
    )


def _off() -> tuple[Metric, ...]:
    all_off = Metric(
        "off", _("非工作时段消息"), _("条/周"), _("单位工作时间以外收到的消息，不含紧急信息；为以下五段之和。"), k=FEW_SENSITIVE
    )
    each = _("{grade}收到的消息，不含紧急信息。")
    parts = (Metric(g, grade_title(g), _("条/周"), each.format(grade=grade_title(g)), k=FEW_SENSITIVE) for g in OFF_GRADES)
    return (all_off, *parts)


def _minutes() -> Metric:
    return Metric("minutes", _("估算耗时"), _("分钟/周"), explained())
