"""What the user says about files that do not say it themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePath

OWN = "*"  # the file is named after its group


@dataclass(frozen=True, slots=True)
class Stated:
    """Group, platform and day of files whose format cannot tell.

    A key of `groups` is a file name, a glob of file names, or a group's id on its platform; the name `*` is the file's own.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    default_group: str | None = None
    platform: str | None = None
    day: date | None = None  # of a paste that has times only
    checked: date | None = None  # the day of the check; without one, the day the files are read: what is later has a wrong year

    def group_of(self, file: str) -> str | None:
        """Return the group stated for this file name; an exact name goes before a glob."""
        found = (group for glob, group in self.groups.items() if fnmatchcase(file, glob))
        group = self.groups[file] if file in self.groups else next(found, self.default_group)
        return PurePath(file).stem if group == OWN else group
