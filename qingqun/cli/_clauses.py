"""A pack's clauses for people, by what they are and by document: words, rules with numbers, since when, how surely read, from where."""

from collections.abc import Iterator
from itertools import groupby

from qingqun.cli._columns import wrapped
from qingqun.i18n import _, joined, listed
from qingqun.judge.amount import amount
from qingqun.judge.catalogue import confidence_title, strength_title
from qingqun.judge.discovery import find
from qingqun.words import Clause, Level, Pack

_IN, _DEEP = "  ", "      "


def told(pack: Pack) -> Iterator[str]:
    """Yield the lines, none wider than a terminal; the strictest clauses first."""
    yield from wrapped(f"{pack.title}  {pack.revision[:12]}")
    titles = {Level.VIOLATION: _("违反即为问题"), Level.WARNING: _("提醒（原则上、一般）"), Level.HINT: _("仅作线索（待核）")}
    for level, title in titles.items():
        mine = [one for one in pack.clauses if one.level is level]
        if mine:
            yield from ("", f"== {title} ==")
        for (document, place), clauses in groupby(mine, key=lambda one: (one.document, one.place)):
            yield ""
            yield from wrapped(f"{document} ({place})")
            yield from _document(list(clauses))


def _document(clauses: list[Clause]) -> Iterator[str]:
    for key in dict.fromkeys(_same(one) for one in clauses):
        yield from _one([one for one in clauses if _same(one) == key])


def _same(clause: Clause) -> tuple[object, ...]:
    """A clause may bind one rule from another day than the other."""
    return clause.id, clause.since, clause.until


def _one(bound: list[Clause]) -> Iterator[str]:
    """Tell one clause with everything it binds."""
    clause = bound[0]
    head = f"{clause.id} {clause.number}" if clause.number else clause.id
    yield from wrapped(f"{head}: {clause.text}", _IN, _DEEP)
    yield from wrapped(_("规则：{rules}").format(rules=listed(_ruled(one) for one in bound)), _DEEP, _DEEP)
    sure = [confidence_title(clause.confidence)]
    if clause.level is Level.HINT:
        sure.insert(0, strength_title(clause.strength))
    yield from wrapped(joined((_span(clause), *sure, _("来源：{source}").format(source=clause.source))), _DEEP, _DEEP)


def _ruled(clause: Clause) -> str:
    """Tell a rule, the numbers it runs with for this clause, and which of them the text does not give."""
    numbers = find(clause.rule).numbers(clause.numbers)
    parts = listed(_number(name, value, given=name in clause.numbers) for name, value in numbers.items())
    return _("{rule}（{numbers}）").format(rule=clause.rule, numbers=parts) if parts else clause.rule


def _number(name: str, value: int, *, given: bool) -> str:
    said = f"{name} = {amount(name, value)}"
    return said if given else said + _("，产品默认")


def _span(clause: Clause) -> str:
    since, until = (day.isoformat() if day else "" for day in (clause.since, clause.until))
    if until:
        return _("{since} 至 {until}").format(since=since, until=until)
    return _("{since} 起").format(since=since) if since else _("起止日期不详")
