"""The nouns of the house, frozen, no I/O. Every other folder speaks in these words.

Records are named tuples: a city's export makes millions. Tables hold the same as columns; their schemas are made of the records, so that
the two cannot drift apart. Moments are UTC; a source without a zone is read as Asia/Shanghai.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, get_args, get_type_hints

import polars as pl

SHANGHAI = "Asia/Shanghai"
MOMENT = pl.Datetime("ms", "UTC")


class Refused(Exception):  # noqa: N818  a refusal is the field's word, not an error of the program
    """What was asked cannot be done, and why: one sentence for people, with file and line where there are any."""


_COLUMN = {str: pl.String(), int: pl.Int64(), bool: pl.Boolean(), date: pl.Date(), list[str]: pl.List(pl.String())}


def columns(record: type[NamedTuple]) -> pl.Schema:
    """Return the columns that a record's fields are, in order; each may be missing or not."""
    return pl.Schema({name: _COLUMN.get(kind) or _COLUMN[get_args(kind)[0]] for name, kind in get_type_hints(record).items()})


class Kind(StrEnum):
    """What a message is made of: the names of the ChatLab format."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    EMOJI = "emoji"
    LINK = "link"
    LOCATION = "location"
    RED_PACKET = "red_packet"
    TRANSFER = "transfer"
    POKE = "poke"
    CALL = "call"
    SHARE = "share"
    REPLY = "reply"
    FORWARD = "forward"
    CONTACT = "contact"
    SYSTEM = "system"
    RECALL = "recall"
    OTHER = "other"


class Chat(StrEnum):
    """Who can read a message: a group, two people, or the format does not say."""

    GROUP = "group"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class GroupKind(StrEnum):
    """What a work group is for."""

    MAIN = "main"
    DEPARTMENT = "department"
    TOPIC = "topic"
    SPECIAL_TASK = "special-task"
    PARENTS = "parents"
    PUBLIC = "public"
    PERSONAL = "personal"


class Message(NamedTuple):
    """One message as a source gives it. Fields are the columns of MESSAGES, in order."""

    platform: str  # wechat, qq, wecom, dingtalk, feishu, ...
    chat: str  # a Chat
    group_id: str | None  # the platform's own id; None where the export has none
    group_name: str | None
    message_id: str | None  # a real id of the platform, else None: never a row number, never an id Excel has rounded
    sent_at: int  # milliseconds since the epoch, UTC
    precision: str  # s or min: minute data says nothing about seconds
    sender_id: str | None
    sender_name: str
    sender_card: str | None  # the name inside the group (群名片)
    kind: str  # a Kind
    text: str  # as read, line ends unified to \n
    mentions: list[str]
    mention_all: bool
    reply_to: str | None
    attachments: list[str]  # file names
    recalled: bool
    file: str  # name of the file read, without its folder
    line: int  # 1-based line or row in that file
    source: str  # name of the source in intake/sources/


class Membership(NamedTuple):
    """One person in one group, as an export's member list gives it. Fields are the columns of MEMBERSHIPS."""

    platform: str
    group_id: str | None
    group_name: str | None
    person_id: str | None
    person_name: str
    card: str | None
    role: str | None  # owner, admin or None


class Group(NamedTuple):
    """One work group, from a register (台账) or an export's head. Fields are the columns of GROUPS, in order."""

    platform: str | None
    group_id: str | None
    name: str
    unit: str | None
    owner: str | None
    owner_office: str | None  # office and post of the owner: what a finding names
    managers: list[str]
    purpose: str | None
    kind: str | None  # a GroupKind
    members: int | None
    created: date | None
    task_ends: date | None  # when the special task ends
    disbanded: date | None
    last_active: date | None  # as the register says; exports know better
    file: str
    line: int
    security: str | None = None  # who answers for security, or under which rules; empty where the register asks and nobody answered


class Account(NamedTuple):
    """One public account (公众账号) from a register. Fields are the columns of ACCOUNTS, in order."""

    platform: str | None
    account_id: str | None
    name: str
    unit: str | None
    owner: str | None
    created: date | None
    last_post: date | None
    closed: date | None
    file: str
    line: int
    content: str | None = None  # what it publishes, or is meant to (功能定位、主要内容)
    reviewed: bool | None = None  # somebody reads before it goes out (先审后发)
    interactive: bool | None = None  # readers can answer
    badge: bool | None = None  # shows whose it is (持证亮牌)
    security: str | None = None  # as a group's


class App(NamedTuple):
    """One government app (政务应用): a mobile tool for an office's own people or the public. Fields are the columns of APPS, in order."""

    name: str
    unit: str | None  # who runs it (主办单位)
    user_unit: str | None  # who uses it (使用单位)
    level: int | None  # of the unit: 1 nation, 2 province, 3 city, 4 county, 5 town or street, 6 village or community
    reach: int | None  # the lowest level whose people are to use it, as above
    audience: str | None  # staff or public
    form: str | None  # app, mini-program, web page, ...
    functions: str | None  # a list in words
    purpose: str | None
    special_basis: str | None  # the rule on security or emergencies that allows 打卡 and the like
    own: bool | None  # built by the unit itself
    approval: str | None  # of the project (立项)
    filing: str | None  # number (备案号)
    online: date | None
    closed: date | None
    entry: str | None  # the common entry it has been joined to
    complaints: bool | None  # has a way to complain
    usable: bool | None  # can be downloaded and used
    active_percent: int | None  # of its users in 90 days
    security: str | None  # who answers for security, or which grade (等保)
    owner: str | None  # who answers for it
    checked: date | None  # last look by the unit itself (自查)
    file: str
    line: int


class Problem(NamedTuple):
    """A row that was refused, and why. Fields are the columns of PROBLEMS."""

    file: str
    line: int
    code: str  # a word for programs: private_chat, bad_time, ...
    reason: str  # a sentence for people


MESSAGES = pl.Schema({**columns(Message), "sent_at": MOMENT})
MEMBERSHIPS = columns(Membership)
GROUPS = columns(Group)
ACCOUNTS = columns(Account)
APPS = columns(App)
PROBLEMS = columns(Problem)


class Strength(StrEnum):
    """How strictly a clause binds (强度 in the sources)."""

    HARD = "hard"  # 不得、禁止、一律
    SOFT = "soft"  # 原则上、一般
    DRAFT = "draft"  # consultation draft
    UNVERIFIED = "unverified"  # 待核: known from one report only


class Confidence(StrEnum):
    """How surely the clause's words were read in a published text."""

    VERIFIED = "verified"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"


class Level(StrEnum):
    """What a finding is: a violation, a warning, or only a hint (counted apart, never a finding)."""

    VIOLATION = "violation"
    WARNING = "warning"
    HINT = "hint"


Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one document, bound to one rule."""

    id: str  # the fact's id in the sources, e.g. GD-XZ-04
    rule: str
    document: str
    place: str  # jurisdiction
    published: str  # as the source gives it, free text
    text: str  # the words or a paraphrase
    number: str | None  # printed only where confirmed
    strength: Strength
    confidence: Confidence
    source: str
    numbers: Numbers = field(default_factory=dict)  # the text's own numbers; they override the rule's defaults
    since: date | None = None
    until: date | None = None
    quoted: str | None = None  # the part of the text that speaks of the rule, where it lists several things
    when: str | None = None  # a yes/no fact of a message without which the clause says nothing of it

    @property
    def level(self) -> Level:
        """Hard and read: a violation. Soft and read: a warning. Everything else: a hint."""
        if self.confidence is not Confidence.VERIFIED or self.strength in (Strength.DRAFT, Strength.UNVERIFIED):
            return Level.HINT
        return Level.VIOLATION if self.strength is Strength.HARD else Level.WARNING


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception (例外) an office has granted: what a rule finds there until its last day is no finding. `name`, `unit` None: any."""

    id: str
    rule: str
    name: str | None  # of a group, account or app
    unit: str | None  # whose it is
    reason: str
    owner: str  # who answers for it
    approver: str  # somebody else
    since: date
    until: date  # never without an end


@dataclass(frozen=True, slots=True)
class Pack:
    """A place's or a document's clauses, with the waivers an office has granted. The judge is given a pack; it never loads one."""

    name: str
    title: str
    clauses: tuple[Clause, ...]
    revision: str  # digest of the files it came from
    waivers: tuple[Waiver, ...] = ()
    on: date | None = None  # the day it was loaded for


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that could not be judged: never a pass."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says about one message, group or account."""

    rules: tuple[str, ...]  # the deciding rules
    failed: tuple[Failure, ...]
    pack: str
    revision: str
    input_hash: str  # SHA-256 of the text as read, line ends unified
