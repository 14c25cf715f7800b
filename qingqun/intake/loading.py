"""Files to tables: recognise, parse, admit, tell the same message from another."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import polars as pl

from qingqun.i18n import _, why
from qingqun.intake.admit import admit, name_only_room, state, unused
from qingqun.intake.chatlab_bulk import SOURCE, Bulk, Small
from qingqun.intake.chatlab_bulk import read as read_bulk
from qingqun.intake.collect import collect, read_of
from qingqun.intake.grant import Grant, require
from qingqun.intake.identity import FILE, distinct
from qingqun.intake.members import memberships, name_groups
from qingqun.intake.mentions import mention
from qingqun.intake.opened import Opened
from qingqun.intake.sources import every, recognise
from qingqun.intake.stated import Stated
from qingqun.intake.strange import reason
from qingqun.intake.table import Read, empty, problems_frame
from qingqun.intake.timely import latest, timely
from qingqun.intake.walk import walk
from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES

Progress = Callable[[str, int], None]
RUN = 256  # files that are tried together: bounds the memory


class FileRead(NamedTuple):
    """One file that was read: `admitted` counts before the same message in two files is told apart."""

    name: str
    source: str | None  # None: not recognised
    sha256: str
    messages: int
    admitted: int
    refused: int  # messages refused at admission, and rows that could not be read


class Loaded(NamedTuple):
    """Everything the files hold, in the schemas of words.py, and what was refused."""

    messages: pl.DataFrame
    memberships: pl.DataFrame
    groups: pl.DataFrame
    problems: pl.DataFrame
    files: list[FileRead]
    grant: Grant
    unused: tuple[str, ...] = ()  # what was stated of groups and named nothing


def load(paths: Iterable[Path], grant: Grant, stated: Stated | None = None, progress: Progress | None = None) -> Loaded:
    """Read files and folders.

    Args:
        paths: files, or folders to walk.
        grant: who imports, for what and on what basis.
        stated: groups, platform and day of files that cannot tell.
        progress: told the file's name and the number of its messages read so far.

    Returns:
        Messages of groups, each once, by time (UTC), file and line; all that was refused stands in `problems`.

    Raises:
        IncompleteGrantError: before any file is opened.
    """
    require(grant)
    files, lost = walk(paths)
    told, say = stated or Stated(), progress or _silent
    told = replace(told, checked=latest(told.checked, grant.at))
    parts = [part for start in range(0, len(files), RUN) for part in _load_run(files[start : start + RUN], start, told, say)]
    problems = pl.concat([problems_frame(lost), *(part.problems for _files, part in parts)])
    return _join([part for _files, part in parts], problems, [file for some, _part in parts for file in some], grant, told)


def _silent(_name: str, _count: int) -> None:
    return


def _join(parts: list[Read], problems: pl.DataFrame, files: list[FileRead], grant: Grant, stated: Stated) -> Loaded:
    groups = _once(pl.concat([GROUPS.to_frame(), *(part.groups for part in parts)]))
    everything = [part.messages for part in parts] or [MESSAGES.to_frame().with_columns(pl.lit(0).alias(FILE))]
    once = distinct(pl.concat(everything)).sort("sent_at", "file", "line", maintain_order=True)
    messages = mention(name_only_room(name_groups(once.drop(FILE), groups), stated.default_group))
    listed = pl.concat([MEMBERSHIPS.to_frame(), *(part.memberships for part in parts)])
    return Loaded(messages, memberships(listed, messages), groups, problems, files, grant, unused(stated, messages))


def _once(groups: pl.DataFrame) -> pl.DataFrame:
    keyed = groups.with_columns(pl.coalesce("group_id", "name").alias("_key"))
    return keyed.unique(["platform", "_key"], keep="first", maintain_order=True).drop("_key")


def _load_run(paths: list[Path], start: int, stated: Stated, progress: Progress) -> Iterator[tuple[list[FileRead], Read]]:
    """Yield the files in their order, clean small ones together."""
    quick = _clean([Opened(path, stated.day) for path in paths], stated)
    for clean, some in groupby(range(len(paths)), quick.files.__contains__):
        if not clean:
            yield from (([file], read) for file, read in (_load_file(paths[at], start + at, stated, progress) for at in some))
            continue
        first, *others = some
        within = quick.messages.filter(pl.col(FILE).is_between(first, (others or [first])[-1]))
        files = dict(zip(*within[FILE].value_counts(sort=False), strict=True))
        yield (
            [_quick_file(quick.files[at], files[at], progress) for at in (first, *others)],
            read_of(within.with_columns(pl.col(FILE) + start), [other for at in (first, *others) for other in quick.files[at].others]),
        )


def _quick_file(small: Small, height: int, progress: Progress) -> FileRead:
    progress(small.opened.name, height)
    return FileRead(small.opened.name, SOURCE, small.sha256, height, height, 0)


def _clean(run: list[Opened], stated: Stated) -> Bulk:
    """Read the small files of which every message is admitted as it stands."""
    if stated.groups or stated.default_group or stated.platform:
        return Bulk({}, empty().messages)
    found = read_bulk(run)
    said, _refused = admit(found.messages)
    admitted, _mistimed = timely(said, stated.checked or latest())
    if admitted.height == found.messages.height:
        return found
    odd = found.messages.join(admitted, on=[FILE, "line"], how="anti")[FILE].unique()
    return Bulk(
        {at: small for at, small in found.files.items() if at not in set(odd)}, found.messages.filter(~pl.col(FILE).is_in(odd.implode()))
    )


def _load_file(path: Path, number: int, stated: Stated, progress: Progress) -> tuple[FileRead, Read]:
    opened = Opened(path, stated.day)
    try:
        source, read = _parse(opened, progress)
        digest = _sha256(path)
    except OSError as error:
        unreadable = opened.problem(0, "unreadable", _("读不出文件：{error}").format(error=why(error)))
        source, read, digest = None, empty(unreadable), ""
    said, refused = admit(state(read.messages, opened.name, stated))
    admitted, mistimed = timely(said, stated.checked or latest())
    problems = _together(read.problems, problems_frame(opened.problems), refused, mistimed)
    if problems.is_empty() and read.messages.is_empty() and read.groups.is_empty():
        problems = problems_frame([opened.problem(0, "no_messages", _("文件里没有消息，只有表头或文件头；请重新导出。"))])
    file = FileRead(opened.name, source, digest, read.messages.height, admitted.height, problems.height)
    progress(opened.name, read.messages.height)
    return file, read._replace(messages=admitted.with_columns(pl.lit(number).alias(FILE)), problems=problems)


def _together(*problems: pl.DataFrame) -> pl.DataFrame:
    some = [frame for frame in problems if not frame.is_empty()]
    return pl.concat(some) if some else problems[0]


def _parse(opened: Opened, progress: Progress) -> tuple[str | None, Read]:
    head = opened.head
    name = recognise(head, opened.name)
    if name is None:
        return None, empty(opened.problem(0, "unknown_format", reason(head)))
    source = every()[name]
    frames, seen = getattr(source, "frames", None), partial(progress, opened.name)
    return name, frames(opened, seen) if frames else collect(source.read(opened), seen)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
