"""A made-up street office: two streets, fourteen groups, a month of messages. Nobody in it exists."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from qingqun.enrich.facts import messages as m
from qingqun.enrich.groups import groups as group_facts
from qingqun.findings import gather
from qingqun.findings.activity import activity
from qingqun.findings.burden import measure
from qingqun.findings.mask import Names
from qingqun.findings.plan import Inspection, propose
from qingqun.findings.report import Grant, Note, Report
from qingqun.findings.roster import roster
from qingqun.judge.judge import Binding, Judged, judge
from qingqun.judge.rule import Expr, Rule
from qingqun.words import ACCOUNTS, GROUPS, MEMBERSHIPS, MESSAGES, PROBLEMS, Clause, Confidence, Failure, Numbers, Pack, Strength

MARCH = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
PLAIN: dict[str, Any] = {
    "platform": "wechat",
    "chat": "group",
    "group_id": "g1",
    "group_name": "镇工作群",
    "message_id": None,
    "sent_at": MARCH,
    "precision": "s",
    "sender_id": "boss",
    "sender_name": "张主任",
    "sender_card": None,
    "kind": "text",
    "text": "请各村今日报送统计表",
    "mentions": [],
    "mention_all": False,
    "reply_to": None,
    "attachments": [],
    "recalled": False,
    "file": "镇工作群.txt",
    "line": 1,
    "source": "qq_text",
}
FLAGS = [
    "is_work", "is_receipt", "is_notice", "is_reply_demand", "is_shaming", "is_forced_promotion", "is_assessed_promotion",
    "is_photo_proof", "is_leader_publicity", "is_emergency", "has_secret_mark",
]  # fmt: skip
NUMBERS = [
    "receipts_since_demand",
    "photo_senders_since_demand",
    "copies_in_other_groups",
    "asked_by",
    "notice_no",
    "seconds_since_earlier@2",
]


def facts_of(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Make enriched messages: what a row does not say is plain, innocent and in working time."""
    full = [PLAIN | {"line": i + 1, "sent_at": MARCH + timedelta(minutes=i)} | dict(row) for i, row in enumerate(rows)]
    frame = pl.DataFrame([{name: row[name] for name in MESSAGES} for row in full], schema=MESSAGES)
    extra = {name: pl.Series([row.get(name, False) for row in full], dtype=pl.Boolean) for name in FLAGS}
    extra |= {name: pl.Series([row.get(name) for row in full], dtype=pl.Int64) for name in NUMBERS}
    extra["grade"] = pl.Series([row.get("grade", "work") for row in full], dtype=pl.String)
    extra["in_worktime"] = extra["grade"] == "work"
    extra["year_status"] = pl.Series([row.get("year_status", "official") for row in full], dtype=pl.String)
    return frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)).with_columns(**extra)


def rule(title: str, numbers: Numbers | None = None, *, product: bool = False) -> Callable[[Callable[..., Expr]], Rule]:
    """Make a rule as the judge's own decorator does, outside its folders."""

    def make(predicate: Callable[..., Expr]) -> Rule:
        return Rule(predicate.__name__, "messages", title, predicate.__doc__ or "", "", numbers or {}, product, predicate)

    return make


@rule(title="非工作时间发布工作信息")
def offhours() -> Expr:
    """工作信息应在工作时间发布。"""
    return m.is_work & ~m.in_worktime & ~m.is_emergency


@rule(title="收到接龙", numbers={"receipts": 3})
def replychain(n: Numbers) -> Expr:
    """回执不必公开接龙。"""
    return m.receipts_since_demand >= n["receipts"]


@rule(title="刷屏", numbers={"messages": 3, "seconds": 60})
def flooding(n: Numbers) -> Expr:
    """发言须有实质内容。"""
    return m.seconds_since_earlier(n["messages"] - 1) <= n["seconds"]


@rule(title="点名通报")
def shaming() -> Expr:
    """不在群里点名。"""
    return m.is_shaming


@rule(title="带密级标志")
def secretmark() -> Expr:
    """涉密信息不上网。"""
    return m.has_secret_mark


@rule(title="同一通知多群转发", numbers={"groups": 1}, product=True)
def copies(n: Numbers) -> Expr:
    """同一通知只发一次。"""
    return m.copies_in_other_groups >= n["groups"]


@rule(title="要求拍照留痕")
def photoproof() -> Expr:
    """不以留痕代替实绩。"""
    return m.is_photo_proof


RULES = (offhours, replychain, flooding, shaming, secretmark, copies, photoproof)


def clause(name: str, of: str, **more: Any) -> Clause:
    """Make a hard, verified clause in force for ever; say what is different."""
    plain = Clause(
        id=name,
        rule=of,
        document="《香洲区解决形式主义突出问题为基层减负工作措施》",
        place="珠海香洲区",
        published="2019-05-05",
        text="原则上非工作时间不发布工作信息（紧急情况除外）。",
        number=None,
        strength=Strength.HARD,
        confidence=Confidence.VERIFIED,
        source="hexiangwang.cn/article/61334.html",
    )
    return replace(plain, **more)


NATIONAL = "《关于防治“指尖上的形式主义”的若干意见》"
PACK = Pack(
    "xiangzhou",
    "珠海市香洲区",
    (
        clause("GD-XZ-04", "offhours", strength=Strength.SOFT),
        clause("CN-YJ-01", "replychain", document=NATIONAL, text="工作群组里不得脱离工作实际强制要求打卡、接龙或即时响应。", place="全国"),
        clause("GD-XZ-03", "flooding", text="发言须有实质内容，不得刷屏、点赞刷屏。"),
        clause(
            "CN-BM-01", "secretmark", document="《保守国家秘密法》", number="第三十一条", text="禁止在互联网传递国家秘密。", place="全国"
        ),
        clause("CN-YJ-06", "shaming", document=NATIONAL, text="不得滥用通报排名。", strength=Strength.SOFT, place="全国"),
        clause(
            "HE-01", "photoproof", document="河北省有关规定", confidence=Confidence.REPORTED, number="第五条", text="不得以截图代替工作。"
        ),
        clause("GD-XZ-05", "outlived", text="阶段性工作完成后，群应及时解散。"),
        clause("GD-XZ-02", "overlap", text="同一工作不得重复建群；内容相近、成员重叠的群合并。"),
        clause("GD-XZ-02", "dormant", text="解散“僵尸群”。"),
    ),
    "3f9c0a7be1",
)


def judged_by(frame: pl.DataFrame, pack: Pack = PACK, rules: tuple[Rule, ...] = RULES) -> Judged:
    """Judge with the rules above, as the judge does: one yes/no column a binding, null is innocent."""
    bindings = [Binding(r, r.numbers(), tuple(c for c in pack.clauses if c.rule == r.name)) for r in rules]
    bindings = [b for b in bindings if b.clauses or b.rule.product]
    yes_no = [b.rule.expression(b.numbers).fill_null(value=False).alias(b.column) for b in bindings]
    return Judged(nw.from_native(frame).with_columns(*yes_no).to_native(), tuple(bindings), (), pack)


@dataclass(frozen=True)
class Street:
    """Everything an audit has read of the made-up office."""

    facts: pl.DataFrame
    memberships: pl.DataFrame
    groups: pl.DataFrame
    accounts: pl.DataFrame
    roster: pl.DataFrame
    names: Names


KINDS = [
    ("清湖街道工作群", "清湖街道办", "党政办主任", "main", 46, 9.0),
    ("清湖街道党建群", "清湖街道办", "党建办主任", "department", 30, 3.0),
    ("清湖街道党建工作联络群", "清湖街道办", "党建办主任", "department", 28, 2.0),
    ("清湖街道综治群", "清湖街道办", "综治办主任", "department", 24, 6.0),
    ("清湖平安建设群", "清湖街道办", "综治办主任", "department", 23, 12.0),
    ("清湖2025年人口抽样调查群", "清湖街道办", "统计站站长", "special-task", 22, 0.0),
    ("清湖防汛应急群", "清湖街道办", "应急办主任", "topic", 26, 1.5),
    ("清湖创文迎检群", "清湖街道办", None, "special-task", 31, 0.4),
    ("柳岸社区工作群", "柳岸社区", "社区书记", "main", 17, 7.0),
    ("柳岸网格员群", "柳岸社区", "社区书记", "department", 14, 8.0),
    ("柳岸经济普查群", "柳岸社区", "社区书记", "special-task", 12, 0.1),
    ("桥东社区工作群", "桥东社区", "社区主任", "main", 12, 5.0),
    ("桥东家校联系群", "桥东小学", "德育处主任", "parents", 40, 3.0),
    ("望湖居民小组", "望湖居民小组", "组长", "main", 3, 2.0),
]  # fmt: skip
TEXTS = [
    ("请各社区于{d}日17:00前报送矛盾纠纷排查统计表,联系人王主任 13800138000", "notice"),
    ("收到请回复!今晚20:00前全部完成平安App注册,未完成的说明原因", "demand"),
    ("各网格入户时拍照上传到群,作为今天走访的依据", "photo"),
    ("明天上午9:00在三楼会议室召开工作例会,请相关同志准时参加", "notice"),
    ("收到", "receipt"),
    ("好的,马上处理", "chat"),
    ("材料已发邮箱,请查收 li.ming@example.cn", "chat"),
]  # fmt: skip
SHARES = [16, 6, 4, 8, 40, 14, 12]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
HOURS = {8: 6, 9: 14, 10: 13, 11: 9, 12: 4, 13: 3, 14: 8, 15: 10, 16: 11, 17: 12, 18: 6, 19: 4, 20: 5, 21: 5, 22: 3, 23: 1}


def _grade(local: datetime) -> str:
    if local.hour >= 22 or local.hour < 7:
        return "night"
    if local.weekday() >= 5:
        return "rest_day"
    return "lunch" if 12 <= local.hour < 14 else "work" if 8 <= local.hour < 18 else "after"


def _people(dice: random.Random, size: int, unit: str) -> list[tuple[str, str]]:
    return [(f"{unit}{i}", dice.choice(SURNAMES) + dice.choice("建国明华丽芳军伟敏静") + dice.choice("平英强霞涛燕")) for i in range(size)]


def street_messages(dice: random.Random, members: dict[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, (name, _unit, _office, _kind, _size, rate) in enumerate(KINDS):
        for _ in range(round(rate * 28)):
            local = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(
                days=dice.choice([*range(28)] * 3 + [7 * w + d for w in range(4) for d in range(5)] * 4)
            )
            local += timedelta(hours=dice.choices(list(HOURS), list(HOURS.values()))[0], minutes=dice.randrange(60))
            (text, label), who = dice.choices(TEXTS, SHARES)[0], dice.choice(members[name])
            rows.append(
                {
                    "group_id": f"g{number}", "group_name": name, "sender_id": who[0], "sender_name": who[1],
                    "sent_at": local - timedelta(hours=8), "text": text.format(d=local.day), "grade": _grade(local),
                    "is_work": label not in {"receipt", "chat"}, "is_notice": label in {"notice", "demand", "photo"},
                    "is_reply_demand": label == "demand", "is_receipt": label == "receipt", "is_photo_proof": label == "photo",
                    "notice_no": {"notice": local.day, "demand": 40 + local.day // 7, "photo": 60}.get(label),
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: row["sent_at"])


def _chained(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    last: dict[str, tuple[int, datetime, int]] = {}
    for i, row in enumerate(rows):
        if row["is_reply_demand"]:
            last[row["group_id"]] = i, row["sent_at"], 0
        elif row["is_receipt"] and row["group_id"] in last and row["sent_at"] - last[row["group_id"]][1] < timedelta(days=1):
            asked, at, n = last[row["group_id"]]
            last[row["group_id"]] = asked, at, n + 1
            row |= {"asked_by": asked, "receipts_since_demand": n + 1}
    next(row for row in rows if row["group_id"] == "g0").update(has_secret_mark=True, text="机密★1年 关于某项工作的请示")
    rows[60] |= {"is_shaming": True, "text": "以下人员仍未回复:王建平、李丽英"}
    return rows


@pytest.fixture(scope="session")
def street() -> Street:
    """Return the made-up office, always the same."""
    dice = random.Random(20260309)
    staff = {unit: _people(dice, 48, unit) for unit in {kind[1] for kind in KINDS}}
    members = {name: staff[unit][:size] for name, unit, _, _, size, _ in KINDS}
    facts = facts_of(_chained(street_messages(dice, members)))
    listed = [("wechat", f"g{i}", kind[0], p[0], p[1], None, None) for i, kind in enumerate(KINDS) for p in members[kind[0]]]
    memberships = pl.DataFrame(listed, schema=MEMBERSHIPS, orient="row")
    rows: list[dict[str, Any]] = [
        {
            "platform": "wechat", "group_id": f"g{i}", "name": name, "unit": unit, "owner": "某某", "owner_office": office, "managers": [],
            "purpose": None, "kind": kind, "members": size, "created": date(2024, 5, 1), "disbanded": None,
            "task_ends": date(2025, 12, 31) if "抽样" in name or "普查" in name else None,
            "last_active": date(2025, 11, 3) if "抽样" in name else None, "file": "台账.xlsx", "line": i + 3,
        }
        for i, (name, unit, office, kind, size, _) in enumerate(KINDS)
    ]  # fmt: skip
    groups = pl.DataFrame(rows[:-2] + rows[-1:], schema=GROUPS)
    names = Names.of([*memberships["person_name"], *facts["sender_name"]])
    return Street(facts, memberships, groups, ACCOUNTS.to_frame(), roster(facts, memberships, groups), names)


@pytest.fixture(scope="session")
def facts() -> Callable[[Sequence[Mapping[str, Any]]], pl.DataFrame]:
    """Return what makes enriched messages of rows."""
    return facts_of


@pytest.fixture(scope="session")
def judge_with() -> Callable[..., Judged]:
    """Return what judges them with the rules and the pack of this file."""
    return judged_by


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Return the made-up pack."""
    return PACK


@pytest.fixture(scope="session")
def clause_of() -> Callable[..., Clause]:
    """Return what makes a clause."""
    return clause


def registers_judged(street: Street, day: date) -> Judged:
    """Judge the register with the house's own rules on groups."""
    return judge(group_facts(street.groups, street.facts, street.memberships, day), "groups", PACK)


@pytest.fixture(scope="session")
def report(street: Street) -> Report:
    """Return a whole report on the made-up office."""
    judged = judged_by(street.facts)
    day = date(2026, 3, 30)
    return Report(
        title="清湖街道工作群自查报告",
        unit="清湖街道办事处",
        made_on=day,
        since=date(2026, 3, 2),
        until=date(2026, 3, 29),
        grant=Grant("街道办事处主任办公会", "整治“指尖上的形式主义”自查", "街道办发〔2026〕3 号通知，已告知全体工作人员"),
        pack=PACK,
        gathered=gather.messages(judged, gather.Scene(street.roster, street.names, lambda texts: [{}] * len(texts))),
        roster=street.roster,
        accounts=street.accounts,
        activity=activity(street.facts),
        burden=measure(street.facts, street.memberships, street.roster),
        plan=propose(street.facts, street.memberships, street.roster, Inspection(day, registers_judged(street, day))),
        problems=pl.DataFrame([("镇工作群.txt", 310, "bad_time", "时间“昨天”无法识别，缺少日期")], schema=PROBLEMS, orient="row"),
        files=(("镇工作群.txt", "QQ 文本导出", 2210), ("工作群台账.xlsx", "工作群台账", 13)),
        failures=(Failure("overtime", "ColumnNotFoundError"),),
        hours=Note("8:30—12:00，14:30—17:30", default=True),
        calendar=("2027 年节假日安排尚未公布，按暂定日历判断。",),
    )
