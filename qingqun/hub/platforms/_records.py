"""What platforms tell of an office, alike for all of them."""

from typing import NamedTuple


class DepartmentRow(NamedTuple):
    """A department. `parent` is another's id, or the root's, which has no row."""

    id: str
    name: str
    parent: str


class MemberRow(NamedTuple):
    """Somebody in the directory. `union` is what other applications of the office call them; `gone`: the platform says that they left."""

    uid: str
    union: str
    name: str
    departments: tuple[str, ...]  # the main one first
    number: str
    gone: bool = False


class Listed(NamedTuple):
    """A whole directory; never a part of one."""

    root: str
    departments: tuple[DepartmentRow, ...]
    members: tuple[MemberRow, ...]


class Who(NamedTuple):
    """Who came back from a platform's sign-in, in the platform's own names; one of them may be empty."""

    uid: str
    union: str
