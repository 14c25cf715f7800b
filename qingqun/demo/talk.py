"""How people talk in a group: threads of chatter, of work, of receipts, of pictures."""

from collections.abc import Callable, Iterator
from random import Random

from qingqun.demo.groups import Place
from qingqun.demo.people import Person
from qingqun.demo.repertoire import Body, bodies, table
from qingqun.demo.said import Said
from qingqun.demo.slots import fill
from qingqun.demo.week import HOUR, MINUTE, working

PLAIN = "[图片]"
EMOJI = ("[动画表情]", "[表情包]", "[捂脸]", "[呲牙]")
COMMON = 40  # the first so many receipts name nobody
CLEAR = 14  # a shorter line of work says nothing by itself


class Talk:
    """The voices of the week: one random source, everybody's names, and the groups."""

    def __init__(self, rng: Random, people: list[Person], places: list[Place]) -> None:
        self.rng, self.people, self.places = rng, people, places
        self.staff = [person for person in people if person.unit is not None]
        self.out: list[Said] = []

    def fill(self, text: str, at: int, me: int | None = None) -> str:
        """Return the text with its slots filled, said by person `me`."""
        return fill(text, self.rng, self.staff, at, None if me is None else self.people[me])

    def voices(self, group: int, count: int) -> list[int]:
        """Return up to `count` different members of a group."""
        members = self.places[group].members
        return self.rng.sample(members, min(count, len(members)))

    def say(self, at: int, group: int, sender: int, text: str, *, kind: str = "text", labels: frozenset[str] = frozenset()) -> None:
        """Add one message."""
        self.out.append(Said(at, group, sender, kind, text, labels))

    def chat(self, at: int, group: int) -> None:
        """Add some lines of chatter, with the odd picture or red packet."""
        me = self.voices(group, 4)
        start = self.rng.randrange(len(bodies("chatter")))
        for number in range(self.rng.randrange(2, 7)):
            at += self.rng.randrange(25, 240)
            self._line(at, group, me[self.rng.randrange(len(me))] if number > 3 else me[number % len(me)], start + number)

    def _line(self, at: int, group: int, sender: int, number: int) -> None:
        lines = bodies("chatter")
        chance = self.rng.random()
        kinds: tuple[tuple[float, str, Callable[[], str]], ...] = (
            (0.16, "image", lambda: PLAIN), (0.23, "emoji", lambda: self.rng.choice(EMOJI)), (0.245, "red_packet", lambda: "[红包]恭喜发财，大吉大利"),
            (0.27, "voice", lambda: "[语音]"), (0.28, "video", lambda: "[视频]"), (0.29, "link", lambda: self._link()),
        )  # fmt: skip
        for limit, kind, text in kinds:
            if chance < limit:
                return self.say(at, group, sender, text(), kind=kind)
        text_ = lines[number % len(lines)].text + (self.rng.choice(table("chatter")["embellish"]) if self.rng.random() < 0.3 else "")
        return self.say(at, group, sender, self.fill(text_, at))

    def _link(self) -> str:
        return "[链接]" + self.rng.choice(
            ("秋天最该吃的五种水果", "孩子磨蹭怎么办", "云溪老街的前世今生", "膝盖疼的三个误区", "这个菜谱太下饭了", "一首老歌送给你")
        )

    def work(self, at: int, group: int) -> None:
        """Add a question and its answers, in working time only."""
        lines, me = bodies("work"), self.voices(group, 3)
        start = self.rng.randrange(len(lines))
        for number in range(self.rng.randrange(1, 5)):
            at += self.rng.randrange(20, 200)
            if working(at):
                self._task(at, group, me[number % len(me)], lines[(start + number) % len(lines)])

    def _task(self, at: int, group: int, sender: int, body: Body) -> None:
        if self.rng.random() < 0.13:
            name = self.rng.choice(bodies("files"))
            return self.say(at, group, sender, "[文件] " + self.fill(name.text, at, sender), kind="file", labels=name.labels)
        call = f"@{self.people[self.rng.choice(self.places[group].members)].name} " if self.rng.random() < 0.2 else ""
        return self.say(at, group, sender, call + self.fill(body.text, at, sender), labels=body.labels)

    def overtime(self, at: int, group: int) -> None:
        """Add one clear line of work outside working time."""
        body = self.rng.choice([body for body in bodies("work") if len(body.text) >= CLEAR])
        sender = self.voices(group, 1)[0]
        self.say(at, group, sender, self.fill(body.text, at, sender), labels=body.labels)

    def receipts(self, at: int, group: int, count: int) -> None:
        """Add a chain of receipts, dense at first."""
        for sender in self.voices(group, count):
            at += int(self.rng.expovariate(1 / 150)) + 3
            body = self.rng.choice(bodies("receipts")[: COMMON if self.rng.random() < 0.6 else None])
            self.say(at, group, sender, self.fill(body.text, at, sender), labels=body.labels)

    def pictures(self, at: int, group: int, people: int) -> None:
        """Add pictures by some people, one to three each."""
        for sender in self.voices(group, people):
            at += self.rng.randrange(2 * MINUTE, 40 * MINUTE)
            for number in range(self.rng.randrange(1, 4)):
                self.say(at + number * 4, group, sender, PLAIN, kind="image")

    def system(self, at: int, group: int) -> None:
        """Add a line of the platform itself."""
        sender = self.voices(group, 1)[0]
        text = self.rng.choice(bodies("system")).text.replace("{grp}", self.places[group].name)
        self.say(at, group, sender, self.fill(text, at, sender), kind="system")


def hours(rng: Random, day: int) -> Iterator[int]:
    """Yield moments of a day at which chatter happens: before work, at noon, in the evening, and now and then in between."""
    while True:
        low, high = rng.choice(((7, 8), (12, 14), (12, 14), (18, 22), (18, 23), (9, 17)))
        yield day * 24 * HOUR + rng.randrange(low * HOUR, high * HOUR)
