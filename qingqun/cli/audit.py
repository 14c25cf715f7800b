"""qingqun audit PATHS... : what breaks which clause, what it costs whom, what to merge or dissolve."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from qingqun import audit, intake, packs
from qingqun.cli._options import Day, Exports, GroupOf, Json, PlatformOf, Units, day_of, existing, hours_of, platform_of, stated
from qingqun.cli._show import ask, progress, say, say_json, warn
from qingqun.findings.annex.people import load as load_decisions
from qingqun.findings.before import KEY_BYTES, new_key
from qingqun.findings.report import Report, summarise, told
from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.packs.waivers import load as load_waivers
from qingqun.words import Refused

HELP = _("读取聊天记录和台账，逐条对照条款，写出自查报告。")


def command(
    paths: Exports,
    register: Annotated[list[Path] | None, typer.Option(help=_("台账 xlsx 或 csv：工作群、公众账号、政务应用、单位、人员，可多次"))] = None,
    pack: Annotated[list[str] | None, typer.Option(help=_("规则包，如 national、xiangzhou，可多次"))] = None,
    waivers: Annotated[Path | None, typer.Option(help=_("经批准的例外 TOML：理由、责任人、批准人、期限"))] = None,
    out: Annotated[Path, typer.Option(help=_("报告写到哪个文件夹"))] = Path("report"),
    by: Annotated[str | None, typer.Option(help=_("导入人：谁导入这些记录，写姓名和职务，印在报告里"))] = None,
    purpose: Annotated[str | None, typer.Option(help=_("为什么导入"))] = None,
    basis: Annotated[str | None, typer.Option(help=_("依据什么导入"))] = None,
    on: Annotated[str | None, typer.Option(help=_("检查日；默认最后一条消息的那天"))] = None,
    before: Annotated[Path | None, typer.Option(help=_("上一次审计的 facts.parquet，用来对比"))] = None,
    people: Annotated[Path | None, typer.Option(help=_("填好的“人员合并确认”表：哪些账号是同一人，哪些不是，谁在什么时候确认"))] = None,
    key: Annotated[Path | None, typer.Option(help=_("单位自存的密钥文件，使两次审计能认出同一个群；没有则新建"))] = None,
    unit: Units = None,
    group: GroupOf = None,
    platform: PlatformOf = None,
    day: Day = None,
    json: Json = False,
) -> None:
    """Run the command."""
    folder = _folder(out)
    grant = intake.Grant(
        by=ask(by, "--by", _("谁导入这些记录")),
        purpose=ask(purpose, "--purpose", _("为什么导入")),
        basis=ask(basis, "--basis", _("依据什么导入（如 文件、授权、本人同意）")),
        at=datetime.now(UTC),
    )
    inspected = day_of(on) if on else date.today()  # noqa: DTZ011  the office's own day
    granted = load_waivers(waivers) if waivers else ()
    given = audit.Request(
        exports=existing(paths),
        registers=existing(register or ()),
        pack=packs.load(pack or ["national"], inspected, granted, ended=True),
        grant=grant,
        hours=hours_of(unit[0] if unit else None),
        stated=stated(group, platform, day),
        on=day_of(on) if on else None,
        before=before,
        decisions=load_decisions(people) if people else None,
        key=_key(key) if key else None,
        others=tuple(hours_of(path) for path in (unit or ())[1:]),
    )
    audited = _audited(given)
    files = audit.write(audited, folder)
    warn(audited.unused)
    for one in audited.idle:
        sys.stderr.write(_("例外 {id}：{reason}\n").format(id=one.waiver.id, reason=one.reason))
    if json:
        say_json(_json(audited.report, files))
        return
    for line in told.spoken(audited.report):
        say(line)
    if audited.report.roster["unit"].is_null().all():
        say(_("报告里写着“未注明单位”：用 --register 交入工作群台账，写明每个群是哪个单位的。"))
    for name, path in files.items():
        say(f"{name}: {path}")


def _audited(given: audit.Request) -> audit.Audited:
    """Audit; where an export does not say its platform, ask for it on a terminal and read again."""
    try:
        with progress(None, _("读取")) as advance:
            return audit.audit(given, advance)
    except audit.NoPlatformError as unknown:
        if not sys.stdin.isatty():
            raise
        named = platform_of(ask(None, "--platform", str(unknown)))
    with progress(None, _("读取")) as advance:
        return audit.audit(replace(given, stated=replace(given.stated, platform=named)), advance)


def _key(path: Path) -> bytes:
    """Read the office's key, or make one where there is none yet."""
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(new_key())
    if not path.is_file() or path.stat().st_size != KEY_BYTES:
        raise Refused(_("{path} 不是本程序生成的密钥文件").format(path=path))
    return path.read_bytes()


def _folder(path: Path) -> Path:
    """Refuse a report folder that cannot be one before the work, not after it."""
    if path.exists() and not path.is_dir():
        raise Refused(_("{path} 不是文件夹，报告要写到文件夹里").format(path=path))
    return path


def _json(report: Report, files: Mapping[str, Path]) -> dict[str, object]:
    """What a program may want: the counts, the findings without their clauses' words, costs, plan and burden as the tables have them."""
    summary = summarise(report)
    shown = ("id", "rule", "title", "level", "platform", "group", "unit", "owner_office", "at", "grade", "quote", "people", "evidence")
    found = [
        {**{name: row[name] for name in shown}, "clauses": [clause["id"] for clause in row["clauses"]]}
        for row in report.gathered.findings.iter_rows(named=True)
    ]
    return {
        "groups": summary.groups,
        "messages": summary.messages,
        "violations": summary.violations,
        "warnings": summary.warnings,
        "hints": summary.hints,
        "problems": report.problems.height,
        "pack": report.pack.name,
        "revision": report.pack.revision,
        "files": {name: str(path) for name, path in files.items()},
        "findings": found,
        "costs": summary.costs.to_dicts(),
        "plan": {"before": report.plan.before, "after": report.plan.after, "fates": report.plan.fates.to_dicts()},
        "forecast": report.plan.forecast.to_dicts(),
        "burden": {"units": report.burden.table.to_dicts(), "with_all_below": report.burden.rolled.to_dicts()},
    }
