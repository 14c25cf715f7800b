import hashlib
import os
import subprocess
import sys
from pathlib import Path

import polars as pl

from qingqun import demo
from qingqun.demo.office import Office, World
from qingqun.demo.people import CLERK
from qingqun.demo.week import moment
from qingqun.intake import Grant, Loaded, load, registers

STREET = "62df918da7baabb9ec688daffc74eb0b1a69faac4943d22586d2a9b985cedbcd"


def _digest(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_in_another_process(office: Office, tmp_path: Path) -> None:
    code = "import sys, pathlib; from qingqun import demo; demo.generate(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert _digest(tmp_path) == _digest(office.truth.parent)


def test_the_shipped_week_is_what_it_was(office: Office) -> None:
    """The street's week keeps its bytes, whatever else the generator learns; who changes its texts on purpose changes this too."""
    lines = [f"{value}  {Path(name).as_posix()}\n" for name, value in _digest(office.truth.parent).items() if not name.endswith(".xlsx")]
    assert hashlib.sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest() == STREET


def test_another_seed_gives_another_week(office: Office, tmp_path: Path) -> None:
    other = demo.generate(tmp_path, seed=1)
    assert other.truth.read_bytes() != office.truth.read_bytes()


def test_the_week_is_as_large_as_promised(world: World) -> None:
    assert len(world.places) == 240
    assert sum(person.unit is not None for person in world.people) == 120
    assert 39_900 <= len(world.week) <= 40_600


def test_texts_are_many_and_not_all_different(world: World) -> None:
    assert 0.15 <= len({said.text for said in world.week}) / len(world.week) <= 0.35


def test_every_format_is_written(office: Office) -> None:
    folders = {path.relative_to(office.truth.parent).parts[1] for path in office.exports}
    assert folders == {"wechat", "wechat-mail", "wechat-chatlab", "qq", "wecom", "dingtalk", "again"}


def test_intake_reads_every_message_once_though_some_are_exported_twice(world: World, loaded: Loaded) -> None:
    unseen = sum(said.kind == "system" and world.places[said.group].form in {"wecom", "mail"} for said in world.week)
    assert loaded.messages.height == len(world.week) - unseen


def test_intake_refuses_nothing_but_private_chats(loaded: Loaded) -> None:
    assert set(loaded.problems["code"]) == {"private_chat"}
    assert loaded.messages.filter(pl.col("text").is_in(["晚上一起吃饭吗", "月饼收到没"])).is_empty()


def test_every_group_is_known_by_its_name(world: World, loaded: Loaded) -> None:
    said = {(world.places[one.group].platform, world.places[one.group].name) for one in world.week}
    assert set(loaded.messages.select("platform", "group_name").unique().iter_rows()) == said


def test_words_survive_the_export(world: World, loaded: Loaded) -> None:
    said = sorted((world.places[one.group].name, one.text) for one in world.week if one.kind == "text" and not one.text.startswith("["))
    read = loaded.messages.filter((pl.col("kind") == "text") & ~pl.col("text").str.starts_with("[")).select("group_name", "text")
    assert sorted(read.iter_rows()) == said


def test_moments_survive_the_export(world: World, loaded: Loaded) -> None:
    said = {moment(one.at) for one in world.week}
    assert set(loaded.messages["sent_at"]) <= said


def test_the_clerk_exports_only_groups_the_clerk_is_in(world: World, office: Office, grant: Grant) -> None:
    mine = load(office.clerk_exports, grant, office.stated).messages
    allowed = {place.name for place in world.places if any(world.people[one].name == CLERK for one in place.members)}
    assert 20 <= mine["group_name"].n_unique() <= len(allowed)
    assert set(mine["group_name"]) <= allowed


def test_the_register_loads_and_its_four_faulty_rows_are_named(office: Office) -> None:
    found = registers.load((office.register,))
    assert found.groups.height == 240
    assert found.accounts.height == 17
    assert set(found.problems["code"]) == {"no_name", "bad_date", "end_before_start", "duplicate"}


def test_the_register_says_what_the_groups_are(world: World, office: Office) -> None:
    groups = registers.load((office.register,)).groups
    assert dict(groups.group_by("kind").len().iter_rows())["special-task"] == sum(place.kind == "专项" for place in world.places)
    assert groups["task_ends"].is_not_null().sum() == sum(place.ends is not None for place in world.places)
