"""The numbers of a rule as people say them: 4 小时, not 14400."""

from datetime import date

from qingqun.i18n import _, day

SECONDS = ("seconds", "window", "worked", "least")
DAYS = ("since", "deadline")  # as 20260125


def amount(name: str, value: int) -> str:
    """Return a number of a rule with its unit; `name` is the rule's name for it. Unknown names keep the bare number."""
    if name in SECONDS:
        return duration(value)
    if name in DAYS:
        return day(date(value // 10_000, value // 100 % 100, value % 100))
    units = {
        "minutes": _("{n} 分钟"),
        "hours": _("{n} 小时"),
        "days": _("{n} 天"),
        "messages": _("{n} 条"),
        "receipts": _("{n} 条"),
        "percent": _("{n}%"),
        "groups": _("{n} 个"),
        "senders": _("{n} 个"),
        "members": _("{n} 人"),
        "apps": _("{n} 个"),
        "weeks": _("{n} 周"),
        "papers": _("{n} 份"),
        "warning": _("{n} 级"),
        "event": _("{n} 级"),
        "inspections": _("{n} 次"),
        "visits": _("{n} 次"),
        "characters": _("{n} 字"),
        "special": _("{n} 字"),
        "accounts": _("{n} 个"),
    }
    return units.get(name, "{n}").format(n=value)


def duration(seconds: int) -> str:
    """Return a length of time in its largest whole units: 90 minutes are 1 hour 30 minutes."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, _("{n} 小时")), (minutes, _("{n} 分钟")), (left, _("{n} 秒")))
    return " ".join(text.format(n=n) for n, text in parts if n) or _("{n} 秒").format(n=0)
