"""`qingqun check`: findings with clause and lawful wording, exit status 0 or 1, and refusals."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from qingqun import cli

Run = Callable[..., Result]
NIGHT, NOON = "2026-03-11 22:10", "2026-03-11 10:00"
PLAIN = "请各社区于周五下班前报送一季度统计表。"
ASKED = "明天的会议改到十点，请各科室负责人收到请回复。"


@pytest.fixture
def said(tmp_path: Path) -> Run:
    def run(text: str, *options: str, at: str = NOON) -> Result:
        (tmp_path / "草稿.txt").write_text(text, encoding="utf-8")
        return CliRunner().invoke(cli.app, ["check", str(tmp_path / "草稿.txt"), "--audience", "工作群", "--at", at, *options])

    return run


def test_a_plain_notice_passes(said: Run) -> None:
    found = said(PLAIN)
    assert (found.exit_code, found.stdout.strip()) == (0, "可以发送。")


def test_what_breaks_a_clause_is_said_with_clause_and_lawful_wording(said: Run) -> None:
    found = said(ASKED, at=NIGHT)
    assert found.exit_code == 1
    for word in ("违反", "依据：", "怎样做：", "可写：明天的会议改到十点。"):
        assert word in found.stdout


def test_at_night_the_next_opening_is_offered(said: Run) -> None:
    found = orjson.loads(said(PLAIN, "--pack", "xiangzhou", "--json", at=NIGHT).stdout)
    offhours = next(one for one in found["remarks"] if one["rule"] == "offhours")
    assert offhours["send_at"] == "2026-03-12T08:30:00+08:00"


def test_the_history_counts(said: Run, tmp_path: Path) -> None:
    (tmp_path / "二群.txt").write_text(f"2026-03-11 09:00:00 张主任\n{PLAIN}\n", encoding="utf-8")
    options = ["--history", str(tmp_path / "二群.txt"), "--platform", "wechat", "--group", "*=*", "--pack", "xiangzhou", "--json"]
    without, later = (orjson.loads(said(PLAIN, *options, at=at).stdout) for at in ("2026-03-11 08:50", NOON))
    rules = [{one["rule"] for one in found["remarks"]} for found in (without, later)]
    assert "samenotice" not in rules[0]
    assert "samenotice" in rules[1]


def test_a_waiver_counts(said: Run, tmp_path: Path) -> None:
    one = '[[waivers]]\nid="L"\nrule="offhours"\nname="工作群"\nreason="汛期"\nowner="小李"\napprover="张主任"\nsince=2026-03-01\nuntil=2026-03-31\n'
    (tmp_path / "w.toml").write_text(one, encoding="utf-8")
    found = orjson.loads(said(PLAIN, "--pack", "xiangzhou", "--json", "--waivers", str(tmp_path / "w.toml"), at=NIGHT).stdout)
    assert "offhours" not in {one["rule"] for one in found["remarks"]}


def test_a_units_waiver_covers_its_groups_by_any_of_its_names_and_one_that_is_over_is_named(said: Run, tmp_path: Path) -> None:
    (tmp_path / "单位.csv").write_text("单位,上级单位,简称\n青松街道三里社区,青松街道,三里\n", encoding="utf-8")
    (tmp_path / "群.csv").write_text("单位,群名称,平台,群性质\n三里,工作群,微信,综合群\n", encoding="utf-8")
    shared = 'rule="offhours"\nunit="青松街道三里社区"\nreason="汛期"\nowner="小李"\napprover="张主任"\nsince=2026-03-01\n'
    (tmp_path / "w.toml").write_text(
        "".join(f'[[waivers]]\nid="L{d}"\n{shared}until=2026-03-{d}\n' for d in ("10", "31")), encoding="utf-8"
    )
    options = ["--pack", "xiangzhou", "--json", "--waivers", str(tmp_path / "w.toml")]
    registers = [word for name in ("单位", "群") for word in ("--register", str(tmp_path / f"{name}.csv"))]
    found = said(PLAIN, *options, *registers, at=NIGHT)
    assert "offhours" not in {one["rule"] for one in orjson.loads(found.stdout)["remarks"]}
    assert "L10" in found.stderr
    assert "L31" not in found.stderr
    assert "offhours" in {one["rule"] for one in orjson.loads(said(PLAIN, *options, at=NIGHT).stdout)["remarks"]}


WAIVER = (
    '[[waivers]]\nid="{id}"\nrule="{rule}"\n{of}reason="汛期值守"\nowner="小李"\napprover="张主任"\nsince=2026-03-01\nuntil=2026-03-31\n'
)


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., list[str]]:
    """Write a register of two units' groups and some waivers; return the options that name them."""

    def write(*waivers: tuple[str, str]) -> list[str]:
        (tmp_path / "群.csv").write_text(
            "单位,群名称,平台,群性质\n青松街道,工作群,微信,综合群\n三里社区,三里群,微信,综合群\n", encoding="utf-8"
        )
        text = "".join(WAIVER.format(id=f"L{number}", rule=rule, of=of) for number, (rule, of) in enumerate(waivers, 1))
        (tmp_path / "w.toml").write_text(text, encoding="utf-8")
        return ["--register", str(tmp_path / "群.csv"), "--waivers", str(tmp_path / "w.toml"), "--pack", "xiangzhou"]

    return write


def test_orphaned_waivers_are_named_as_the_audit_names_them(said: Run, office: Callable[..., list[str]]) -> None:
    options = office(
        ("offhours", 'name="工作群"\n'), ("offhours", 'name="没有的群"\n'), ("offhours", 'unit="没有的街道"\n'), ("nosuch", "")
    )
    found = said(PLAIN, *options, at=NIGHT)
    assert [line.split("：")[0] for line in found.stderr.splitlines()] == ["例外 L2", "例外 L3", "例外 L4"]
    assert "没有名为“没有的街道”的单位" in found.stderr
    unknown = said(PLAIN, *options[2:], at=NIGHT)
    assert [line.split("：")[0] for line in unknown.stderr.splitlines()] == ["例外 L4"]  # no register: nobody knows what there is besides


def test_what_a_waiver_lets_pass_is_said_with_who_answers_for_it(said: Run, office: Callable[..., list[str]]) -> None:
    options = office(("offhours", 'unit="青松街道"\n'), ("offhours", 'name="三里群"\n'))
    found = said(PLAIN, *options, at=NIGHT)
    assert "例外 L1 放过 1 处“非工作时间发布工作信息”：汛期值守（责任人 小李，批准人 张主任，至 2026-03-31）" in found.stdout
    assert "L2" not in found.stdout
    both = orjson.loads(said(PLAIN, *options, "--audience", "三里群", "--json", at=NIGHT).stdout)
    assert both["spared"] == [{"waiver": "L1", "groups": 1}, {"waiver": "L2", "groups": 1}]
    assert said(PLAIN, *options).stdout.strip() == "可以发送。"


def hours(tmp_path: Path, name: str, *spans: str) -> list[str]:
    written = ", ".join(f'"{span}"' for span in spans)
    (tmp_path / f"{name}.toml").write_text(f'name = "{name}"\n[[season]]\nhours = [{written}]\n', encoding="utf-8")
    return ["--unit", str(tmp_path / f"{name}.toml")]


def test_each_group_stands_under_the_hours_of_its_own_unit(said: Run, office: Callable[..., list[str]], tmp_path: Path) -> None:
    options = [*office(), "--audience", "三里群", "--json", *hours(tmp_path, "青松街道", "08:30-17:30")]
    late = hours(tmp_path, "三里社区", "12:00-20:00")
    shared = orjson.loads(said(PLAIN, *options, at="2026-03-11 18:30").stdout)
    assert {one["group"] for one in shared["remarks"] if one["rule"] == "offhours"} == {"工作群", "三里群"}
    own = orjson.loads(said(PLAIN, *options, *late, at="2026-03-11 18:30").stdout)
    assert {one["group"] for one in own["remarks"] if one["rule"] == "offhours"} == {"工作群"}
    early = orjson.loads(said(PLAIN, *options, *late, at="2026-03-11 10:00").stdout)["remarks"]
    assert {one["group"]: one["send_at"] for one in early if one["rule"] == "offhours"} == {"三里群": "2026-03-11T12:00:00+08:00"}


def test_hours_of_a_unit_that_no_register_has_are_refused(said: Run, office: Callable[..., list[str]], tmp_path: Path) -> None:
    strange = [*hours(tmp_path, "青松街道", "08:30-17:30"), *hours(tmp_path, "没有的街道", "08:30-17:30")]
    found = said(PLAIN, *office(), *strange)
    assert "没有的街道" in str(found.exception)


@pytest.mark.parametrize("text", ["", "  \n", "机密★10年\n关于有关工作的部署"])
def test_what_is_no_message_and_what_may_never_be_one_is_refused(said: Run, text: str) -> None:
    found = said(text)
    assert found.exit_code not in {0, 1} or found.exception is not None
    assert "关于有关工作的部署" not in found.output
