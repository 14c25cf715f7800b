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


@pytest.mark.parametrize("text", ["", "  \n", "机密★10年\n关于有关工作的部署"])
def test_what_is_no_message_and_what_may_never_be_one_is_refused(said: Run, text: str) -> None:
    found = said(text)
    assert found.exit_code not in {0, 1} or found.exception is not None
    assert "关于有关工作的部署" not in found.output
