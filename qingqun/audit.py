"""The first story: read exports and registers, enrich, judge, gather findings, measure burden, plan, report."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.clock.notes import described, standings
from qingqun.enrich import enrich, labels
from qingqun.enrich.accounts import accounts as account_facts
from qingqun.enrich.apps import apps as app_facts
from qingqun.enrich.groups import groups as group_facts
from qingqun.findings import before, report
from qingqun.findings.activity import activity
from qingqun.findings.annex import Known, annex
from qingqun.findings.annex import people as people_sheet
from qingqun.findings.burden import measure
from qingqun.findings.clauses import standing
from qingqun.findings.cost import costs
from qingqun.findings.gather import Scene, gather
from qingqun.findings.home import Units
from qingqun.findings.mask import Names
from qingqun.findings.owned import owned
from qingqun.findings.people import Office, people, placed
from qingqun.findings.plan import Inspection, propose
from qingqun.findings.report import docx, html, papers, xlsx
from qingqun.findings.roster import roster
from qingqun.findings.table import Gathered
from qingqun.findings.timed import timed
from qingqun.findings.tree import Tree, titled, whole
from qingqun.i18n import _, joined, listed
from qingqun.intake import Grant, Loaded, Stated, load
from qingqun.intake.admit import UNKNOWN_PLATFORM
from qingqun.intake.refusal import named, nothing
from qingqun.intake.registers import Registers
from qingqun.intake.registers import load as load_registers
from qingqun.judge import Judged, asked, judge
from qingqun.office.atomic import together
from qingqun.packs.waivers import Idle
from qingqun.words import GROUPS, MEMBERSHIPS, SHANGHAI, Pack, Refused

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is audited, by what, on whose word. `on` is the day of inspection; None: the day of the last message."""

    exports: tuple[Path, ...]
    registers: tuple[Path, ...]
    pack: Pack
    grant: Grant
    hours: Hours
    stated: Stated
    on: date | None = None
    before: Path | None = None
    decisions: pl.DataFrame | None = None  # DECISIONS: which accounts are one person, by whom and when
    key: bytes | None = None  # kept by the office, so that a later audit knows the same groups again
    others: tuple[Hours, ...] = ()  # of units with hours of their own, by their names; those below them have the same


@dataclass(frozen=True, slots=True)
class Audited:
    """The report, and what a later audit may compare itself with."""

    report: report.Report
    kept: before.Kept
    unused: tuple[str, ...] = ()  # what was stated of groups and named nothing
    idle: tuple[Idle, ...] = ()  # waivers that cover nothing any more


class NoPlatformError(Refused):
    """An export does not say which platform it is from: no group of the register can be found in it."""


def audit(request: Request, progress: Progress) -> Audited:
    """Tell the first story. Raises Refused where the request is incomplete or a file given by name is none."""
    earlier = before.load(request.before) if request.before else None
    loaded = load(request.exports, request.grant, replace(request.stated, checked=request.on), progress)
    _placed(loaded)
    registers, tree = _settled(_read(request.registers))
    if loaded.messages.is_empty() and all(table.is_empty() for table in (registers.groups, registers.accounts, registers.apps)):
        raise Refused(nothing(loaded.problems))
    progress(_("判断"), loaded.messages.height)
    described_ = _described(registers.groups, loaded.groups)
    standing_under = timed(loaded.messages, roster(loaded.messages, loaded.memberships, registers.groups, described_), tree, request.others)
    facts = enrich(standing_under, request.hours, asked("messages", request.pack), request.others)
    on = request.on or _last_day(facts)
    pack, today = replace(request.pack, on=on), standing(request.pack, on)  # registers: what binds on the day of inspection
    known = roster(facts, loaded.memberships, registers.groups, described_)
    found = people(loaded.messages, loaded.memberships, known, Office(registers.persons, tree, request.decisions))
    units = Units(tree, found.homes)
    facts, memberships = placed(facts, found, "sender_id", "sender_name"), placed(loaded.memberships, found, "person_id", "person_name")
    said = judge(owned(facts, known), "messages", pack)
    judged = {
        "groups": judge(group_facts(registers.groups, facts, memberships, on), "groups", today),
        "accounts": judge(account_facts(registers.accounts, on), "accounts", today),
        "apps": judge(app_facts(registers.apps, facts, on), "apps", today),
    }
    progress(_("汇总"), loaded.messages.height)
    names = _names(loaded)
    gathered = gather(said, Scene(known, names, labels.spans, labels.label_texts), judged, on)
    annexed = annex(Known(on, pack, registers, known, (said, *judged.values()), gathered, tree))
    burden = measure(facts, memberships, known, units)
    plan = propose(facts, memberships, known, Inspection(on, judged["groups"], units=units, names=names))
    promised = costs(gathered.findings, report.judging()), plan.forecast
    hand = before.Hand(request.grant.by, known, *promised)
    kept = before.keep(facts, burden, gathered.findings, request.pack.revision, request.key, hand=hand)
    made = report.Report(
        title=_("工作群组自查报告"),
        unit=_unit(known, tree),
        made_on=request.grant.at.date(),
        since=burden.since,
        until=burden.until,
        grant=report.Grant(request.grant.by, request.grant.purpose, request.grant.basis),
        pack=request.pack,
        gathered=gathered,
        roster=known,
        accounts=registers.accounts,
        activity=activity(facts),
        burden=burden,
        plan=plan,
        problems=pl.concat([loaded.problems, registers.problems]),
        files=tuple((file.name, file.source or "", file.admitted) for file in loaded.files),
        failures=tuple(failure for one in (said, *judged.values()) for failure in one.failures),
        hours=report.Note(_clocks(request), request.hours.product_default),
        calendar=standings(facts["year_status"], facts["sent_at"]),
        comparison=before.compare(earlier, kept, known, request.key) if earlier else None,
        annexes=annexed.tables,
        notes=(*annexed.notes, *people_sheet.told(found)),
        confidential=(people_sheet.table(found),),
    )
    return Audited(made, kept, loaded.unused, annexed.idle)


def write(audited: Audited, out: Path) -> dict[str, Path]:
    """Write the report in every format into a folder, all five files or none; return what lies where."""
    names = {
        _("网页"): "report.html",
        _("表格"): "report.xlsx",
        _("自查报告"): "report.docx",
        _("报送表"): "forms.xlsx",
        _("留存"): "facts.parquet",
    }
    with together(out, names.values()) as part:
        page, book, letter, sheets, facts = (part / name for name in names.values())
        html.write(audited.report, page)
        xlsx.write(audited.report, book)
        docx.write(audited.report, letter)
        papers.write(audited.report, sheets)
        before.save(facts, audited.kept)
    return {title: out / name for title, name in names.items()}


def findings(messages: pl.DataFrame, hours: Hours, pack: Pack) -> Gathered:
    """Judge messages alone: enrich, judge, gather. What the benchmark measures and the desk will share."""
    facts = enrich(messages, hours, asked("messages", pack))
    said: Judged = judge(facts, "messages", pack)
    known = roster(facts, MEMBERSHIPS.to_frame(), GROUPS.to_frame())
    return gather(said, Scene(known, Names.of(facts["sender_name"].unique()), labels.spans), {}, _last_day(facts))


def _placed(loaded: Loaded) -> None:
    nowhere = loaded.messages.filter(pl.col("platform") == UNKNOWN_PLATFORM)["file"].unique().sort().to_list()
    if nowhere:
        text = _("{file} 里没有写是哪个平台，对不上台账：请加 --platform（wechat qq dingtalk wecom feishu 之一）")
        raise NoPlatformError(text.format(file=listed(nowhere[:3])))


def _read(paths: tuple[Path, ...]) -> Registers:
    """Read the registers. One given by name of which nothing could be read stops an audit: without it every verdict would differ."""
    registers = load_registers(paths)
    if registers.barren:
        first = registers.barren[0]
        raise Refused(_("台账没有读进来。{why}").format(why=named(first.file, first.line, first.reason)))
    return registers


def _last_day(facts: pl.DataFrame) -> date:
    last = facts["sent_at"].dt.convert_time_zone(SHANGHAI).max()
    return last.date() if isinstance(last, datetime) else datetime.now(UTC).date()


def _described(known: pl.DataFrame, described: pl.DataFrame) -> pl.DataFrame:
    """Return the groups that exports describe themselves and the register has neither by id nor, without an id, by name."""
    unknown = described.join(known.drop_nulls("group_id"), on=["platform", "group_id"], how="anti")
    nameless = known.filter(pl.col("group_id").is_null())
    return unknown.join(nameless, on=["platform", "name"], how="anti")


def _names(loaded: Loaded) -> Names:
    people = loaded.memberships
    columns = [people["person_name"], people["card"], loaded.messages["sender_name"].unique(), loaded.messages["sender_card"].unique()]
    return Names.of(pl.concat([column.rename("name") for column in columns]).unique())


def _clocks(request: Request) -> str:
    """Tell the hours in words, and those of units that have their own."""
    own = (_("{unit}及下级：{hours}").format(unit=hours.name, hours=described(hours)) for hours in request.others)
    return joined([described(request.hours), *own])


def _settled(registers: Registers) -> tuple[Registers, Tree]:
    """Return the registers with every unit under its full name, and the tree of units."""
    tables = registers.groups, registers.accounts, registers.apps, registers.persons
    tree = whole(registers.units, tables)
    groups, accounts, apps, persons = (tree.settled(table) for table in tables)
    return registers._replace(groups=groups, accounts=accounts, apps=apps, persons=persons), tree


def _unit(known: pl.DataFrame, tree: Tree) -> str:
    """Name who is audited: the register's one unit, or what several are called together, and how many they are."""
    units = known["unit"].drop_nulls().unique().sort().to_list()
    together = titled(units, tree)
    if together is None:
        return units[0] if units else _("未注明单位")
    return _("{name}等 {n} 个单位").format(name=together[0], n=together[1])
