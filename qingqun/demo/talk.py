"""How people talk in a group: threads of chatter, of work, of receipts, of pictures."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from qingqun.demo.groups import Place
from qingqun.demo.people import Person
from qingqun.demo.repertoire import Body, Repertoire
from qingqun.demo.said import DOUBT, NOTHING, Said
from qingqun.demo.slots import Filler
from qingqun.demo.week import HOUR, MINUTE, working

PLAIN = "[图片]"
COMMON = 40  # the first so many receipts name nobody
MEDIA: tuple[tuple[float, str, tuple[str, ...]], ...] = (  # up to this chance, a message of this kind
    (0.16, "image", (PLAIN,)),
    (0.23, "emoji", ("[动画表情]", "[表情包]", "[捂脸]", "[呲牙]")),
    (0.245, "red_packet", ("[红包]恭喜发财，大吉大利",)),
    (0.27, "voice", ("[语音]",)),
    (0.28, "video", ("[视频]",)),
    (0.29, "link", ()),  # one of the repertoire's titles
)
CLEAR = 14  # a shorter line of work says nothing by itself


class Words(NamedTuple):
    """What is said."""

    text: str
    kind: str = "text"
    labels: frozenset[str] = NOTHING
    key: str = ""
    near: str = ""


class Talk:
    """The voices of the week: one random source, everybody's names, and the groups."""

    def __init__(self, rng: Random, people: list[Person], places: list[Place], texts: Repertoire) -> None:
        self.rng, self.people, self.places, self.texts = rng, people, places, texts
        self.staff = [person for person in people if person.unit is not None]
        self.filler = Filler(rng, self.staff, texts)
        self.out: list[Said] = []

    def fill(self, text: str, at: int, me: int | None = None) -> str:
        """Return the text with its slots filled, said by person `me`."""
        return self.filler.fill(text, at, None if me is None else self.people[me])

    def voices(self, group: int, count: int, but: int | None = None) -> list[int]:
        """Return up to `count` different members of a group, all but one of them if asked."""
        members = [one for one in self.places[group].members if one != but]
        return self.rng.sample(members, min(count, len(members)))

    def say(self, at: int, group: int, sender: int, what: Words) -> None:
        """Add one message."""
        self.out.append(Said(at, group, sender, what.kind, what.text, what.labels, key=what.key, near=what.near))

    def chat(self, at: int, group: int) -> None:
        """Add some lines of chatter, with the odd picture or red packet."""
        me = self.voices(group, 4)
        start = self.rng.randrange(len(self.texts.bodies("chatter")))
        for number in range(self.rng.randrange(2, 7)):
            at += self.rng.randrange(25, 240)
            self._line(at, group, me[self.rng.randrange(len(me))] if number > 3 else me[number % len(me)], start + number)

    def _line(self, at: int, group: int, sender: int, number: int) -> None:
        lines = self.texts.bodies("chatter")
        chance = self.rng.random()
        for limit, kind, texts in MEDIA:
            if chance < limit:
                return self.say(at, group, sender, Words(self.rng.choice(texts or self._links()), kind))
        text_ = lines[number % len(lines)].text + (
            self.rng.choice(self.texts.table("chatter")["embellish"]) if self.rng.random() < 0.3 else ""
        )
        return self.say(at, group, sender, Words(self.fill(text_, at)))

    def _links(self) -> list[str]:
        return [f"[链接]{title}" for title in self.texts.table("chatter")["links"]]

    def work(self, at: int, group: int) -> None:
        """Add a question and its answers, in working time only."""
        lines, me = self.texts.bodies("work"), self.voices(group, 3)
        start = self.rng.randrange(len(lines))
        for number in range(self.rng.randrange(1, 5)):
            at += self.rng.randrange(20, 200)
            if working(at):
                self._task(at, group, me[number % len(me)], lines[(start + number) % len(lines)])

    def _task(self, at: int, group: int, sender: int, body: Body) -> None:
        if self.rng.random() < 0.13:
            body = self.rng.choice(self.texts.bodies("files"))
            name = self.fill(body.text, at, sender)
            return self.say(at, group, sender, Words(f"[文件] {name}", "file", body.labels, DOUBT + name))
        call = f"@{self.people[self.rng.choice(self.places[group].members)].name} " if self.rng.random() < 0.2 else ""
        return self.line(at, group, sender, body, call)

    def line(self, at: int, group: int, sender: int, body: Body, call: str = "") -> None:
        """Add one line of work, perhaps with somebody called by name before it."""
        core = self.fill(body.text, at, sender)
        self.say(at, group, sender, Words(call + core, "text", body.labels, DOUBT + core))

    def overtime(self, at: int, group: int) -> None:
        """Add one clear line of work outside working time."""
        body = self.rng.choice([body for body in self.texts.bodies("work") if len(body.text) >= CLEAR])
        self.line(at, group, self.voices(group, 1)[0], body)

    def clerk(self, group: int) -> int:
        """Return a member of the group who is on the payroll: often its owner."""
        members = self.places[group].members
        return members[0] if self.rng.random() < 0.5 else self.rng.choice([one for one in members if self.people[one].unit is not None])

    def receipts(self, said: Said, count: int) -> None:
        """Add a chain of receipts to a notice, from others than its sender."""
        group, at = said.group, said.at
        for sender in self.voices(group, count, said.sender):
            at += int(self.rng.expovariate(1 / 150)) + 3
            body = self.rng.choice(self.texts.bodies("receipts")[: COMMON if self.rng.random() < 0.6 else None])
            self.say(at, group, sender, Words(self.fill(body.text, at, sender), labels=body.labels))

    def pictures(self, at: int, group: int, people: int) -> None:
        """Add pictures by some people, one to three each."""
        for sender in self.voices(group, people):
            at += self.rng.randrange(2 * MINUTE, 40 * MINUTE)
            for number in range(self.rng.randrange(1, 4)):
                self.say(at + number * 4, group, sender, Words(PLAIN, "image"))

    def system(self, at: int, group: int) -> None:
        """Add a line of the platform itself."""
        sender = self.voices(group, 1)[0]
        text = self.rng.choice(self.texts.bodies("system")).text.replace("{grp}", self.places[group].name)
        self.say(at, group, sender, Words(self.fill(text, at, sender), "system"))


def hours(rng: Random, day: int) -> Iterator[int]:
    """Yield moments of a day at which chatter happens: before work, at noon, in the evening, and now and then in between."""
    while True:
        low, high = rng.choice(((7, 8), (12, 14), (12, 14), (18, 22), (18, 23), (9, 17)))
        yield day * 24 * HOUR + rng.randrange(low * HOUR, high * HOUR)
