"""What a rule says, for people: the text of `qingqun explain RULE` and of docs/rules.md. Clauses are given, never loaded here."""

from collections.abc import Iterable, Iterator

from qingqun.i18n import _, joined
from qingqun.judge.amount import amount
from qingqun.judge.discovery import find, rules, subjects
from qingqun.judge.rule import Rule
from qingqun.words import Clause, Confidence, Level, Strength


def subject_title(subject: str) -> str:
    """Return the Chinese name of what a rule judges."""
    titles = {"messages": _("消息"), "groups": _("工作群"), "accounts": _("公众账号"), "apps": _("政务应用"), "policies": _("制度文本")}
    return titles.get(subject, subject)


def level_title(level: Level) -> str:
    """Return the Chinese name of a level."""
    return {Level.VIOLATION: _("问题"), Level.WARNING: _("提醒"), Level.HINT: _("提示，不作依据")}[level]


def strength_title(strength: Strength) -> str:
    """Return the Chinese name of a clause's strength."""
    return {
        Strength.HARD: _("硬性（不得、禁止、一律）"),
        Strength.SOFT: _("原则性（原则上、一般）"),
        Strength.DRAFT: _("征求意见稿"),
        Strength.UNVERIFIED: _("待核"),
    }[strength]


def confidence_title(confidence: Confidence) -> str:
    """Return the Chinese name of how surely a clause was read."""
    return {Confidence.VERIFIED: _("已读到原文或转述"), Confidence.REPORTED: _("仅见报道"), Confidence.UNCONFIRMED: _("未证实")}[confidence]


def cite(clause: Clause) -> str:
    """Return one clause with its document, its confirmed number only, its standing and its source, on two lines."""
    head = _("{id} {place} {document}").format(id=clause.id, place=clause.place, document=clause.document)
    number = f" {clause.number}" if clause.number else ""
    standing = joined((level_title(clause.level), strength_title(clause.strength), confidence_title(clause.confidence)))
    tail = _("“{text}”（{standing}；{published}；来源：{source}）").format(
        text=clause.text, standing=standing, published=clause.published, source=clause.source
    )
    return f"{head}{number}\n{tail}"


def numbers(rule: Rule, clauses: Iterable[Clause] = ()) -> Iterator[str]:
    """Yield one line a number: its default, and what clauses put in its place."""
    given = list(clauses)
    for name, value in rule.defaults.items():
        texts = [_("{id} 原文为 {value}").format(id=c.id, value=amount(name, c.numbers[name])) for c in given if name in c.numbers]
        yield f"{name} = {amount(name, value)} " + (joined(texts) if texts else _("（产品默认）"))


def explain(name: str, clauses: Iterable[Clause] = ()) -> str:
    """Return what a rule finds, why, with which numbers, its scene, and the clauses it rests on. Raises NoSuchRuleError."""
    rule = find(name)
    bound = [clause for clause in clauses if clause.rule == rule.name]
    parts = [f"{rule.name} {rule.title}", _("对象：{subject}").format(subject=subject_title(rule.subject)), rule.reason]
    if rule.defaults:
        parts += ["", _("数字："), *(f"  {line}" for line in numbers(rule, bound))]
    parts += ["", _("示例（! 表示应当发现）："), *(f"  {line}" for line in rule.scene.splitlines())]
    parts += ["", _("条款："), *(f"  {line}" for clause in bound for line in cite(clause).split("\n"))]
    if not bound:
        parts.append("  " + _("没有找到条款。这是产品自己的规则，只作提示。"))
    return "\n".join(parts) + "\n"


def markdown(clauses: Iterable[Clause] = ()) -> str:
    """Return docs/rules.md: every rule, by what it judges, with the text of `explain`."""
    given = list(clauses)
    parts = ["# " + _("规则"), "", _("本页由规则文件和规则包生成，不要手工修改。一条规则是一个文件；示例既是说明也是测试。"), ""]
    for subject in subjects():
        for rule in rules(subject):
            parts += [f"## {rule.name}", "", "```text", explain(rule.name, given).rstrip(), "```", ""]
    return "\n".join(parts)
