"""A platform's limit is never passed, by however many workers; a fifth is left to emergencies."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from types import SimpleNamespace

from hub_help import Clock, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_help import Post

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import Opened, bucket, ring
from qingqun.hub.deliver.channels import CHANNELS
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent, each_rate
from qingqun.hub.deliver.spend import once_more, pay, paying
from qingqun.hub.models import Attempt, Bucket, Contact, Ring


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 30)), min_size=1, max_size=20), number=st.integers(2, 30))
def test_no_span_however_it_begins_sees_more_than_the_platform_allows(
    office_lite: SimpleNamespace, morning: Clock, steps: list[tuple[int, int]], number: int
) -> None:
    Bucket.objects.all().delete()
    rate, taken, now = Rate(number, 60), [], morning()
    for gap, wanted in steps:
        now += timedelta(milliseconds=gap)
        with sql.act():
            count = min(wanted, bucket.tokens(["k"], rate, now)["k"])
            bucket.take({"k": count})
        taken.append((now, count))
    for start, _count in taken:
        assert sum(count for at, count in taken if start <= at < start + timedelta(seconds=60)) <= number


_RATES = sorted(
    {rate for channel in CHANNELS.values() for given in (channel.LIMITS.credential, channel.LIMITS.person) for rate in each_rate(given)}
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.floats(0, 1.2), st.integers(1, 2_000)), min_size=2, max_size=25), rate=st.sampled_from(_RATES))
def test_no_limit_of_any_channel_is_passed_in_any_span(
    office_lite: SimpleNamespace, morning: Clock, steps: list[tuple[float, int]], rate: Rate
) -> None:
    """Gaps are parts of the platform's own span, so that bursts meet its edges."""
    Bucket.objects.all().delete()
    taken, now = [], morning()
    for part, wanted in steps:
        now += timedelta(milliseconds=int(part * rate.seconds * 1_000))
        with sql.act():
            count = max(0, min(wanted, bucket.tokens(["k"], rate, now)["k"]))
            bucket.take({"k": count})
        taken.append((now, count))
    for start, _count in taken:
        assert sum(count for at, count in taken if start <= at < start + timedelta(seconds=rate.seconds)) <= rate.number


def test_of_several_rates_the_narrowest_counts(reachable: SimpleNamespace, morning: Clock) -> None:
    for _number in range(6):
        accept.accept(written(reachable), story._plan, morning())
    Post(morning, smtp={}).look()
    limits = Limits(credential=(Rate(1_000, 60), Rate(20, 1)), person=(Rate(30, 60), Rate(4, 3_600)))
    assert len(claim(morning(), "routine", "smtp", "甲", limits)) == 6
    assert claim(morning(), "routine", "smtp", "乙", limits) == []
    assert set(Bucket.objects.values_list("key", flat=True)) >= {
        "smtp",
        "smtp/1",
        f"smtp:{reachable.li.pk}",
        f"smtp:{reachable.li.pk}/3600",
    }
    morning.at += timedelta(seconds=2)
    assert claim(morning(), "routine", "smtp", "乙", limits) == []


def test_a_clock_put_back_stops_nothing_for_long(office_lite: SimpleNamespace, morning: Clock) -> None:
    rate = Rate(20, 60)
    with sql.act():
        bucket.tokens(["k"], rate, morning() + timedelta(days=1))
        bucket.take({"k": 10})
        assert bucket.tokens(["k"], rate, morning())["k"] == 0
        assert bucket.tokens(["k"], rate, morning() + timedelta(seconds=30))["k"] == 5


def test_two_workers_share_one_bucket_and_leave_a_fifth_to_emergencies(reachable: SimpleNamespace, morning: Clock) -> None:
    for _number in range(10):
        accept.accept(written(reachable), story._plan, morning())
    Post(morning, smtp={}).look()
    limits = Limits(credential=Rate(40, 60))
    claimed = [len(claim(morning(), "routine", "smtp", worker, limits, limit=12)) for worker in ("甲", "乙", "丙")]
    assert claimed == [12, 4, 0]
    morning.at += timedelta(seconds=60)
    assert len(claim(morning(), "routine", "smtp", "甲", limits)) == 14


def test_a_recipient_gets_no_more_than_the_platform_takes_for_one(reachable: SimpleNamespace, morning: Clock) -> None:
    Contact.objects.exclude(person=reachable.li).delete()
    for _number in range(6):
        accept.accept(written(reachable), story._plan, morning())
    Post(morning, smtp={}).look()
    limits = Limits(person=Rate(4, 60))
    assert [len(claim(morning(), "routine", "smtp", worker, limits)) for worker in ("甲", "乙")] == [2, 0]
    morning.at += timedelta(seconds=34)
    assert len(claim(morning(), "routine", "smtp", "甲", limits)) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.floats(0, 0.6), st.integers(1, 40), st.floats(0, bucket.STALE)), min_size=2, max_size=25),
    rate=st.sampled_from([rate for rate in _RATES if rate.number >= 15]),
    astray=st.lists(st.tuples(st.integers(0, 24), st.floats(0, 3)), max_size=3),
)
def test_nor_is_it_where_what_was_claimed_comes_late_and_three_workers_are_stopped_with_one_in_hand(
    office_lite: SimpleNamespace,
    morning: Clock,
    steps: list[tuple[float, int, float]],
    rate: Rate,
    astray: list[tuple[int, float]],
) -> None:
    """Every message of a claim comes as late as a claim is good for, at most; of three claims one message comes later still."""
    Bucket.objects.all().delete()
    span, came, now = rate.seconds, list[float](), morning()
    for gap, wanted, late in steps:
        now += timedelta(seconds=gap * span)
        with sql.act():
            count = max(0, min(wanted, bucket.tokens(["k"], bucket.gentle(rate), now)["k"]))
            bucket.take({"k": count})
        came += [(now - morning()).total_seconds() + late * span] * count
    for place, later in astray:
        if place < len(came):
            came[place] += later * span
    assert all(sum(start <= at < start + span for at in came) <= rate.number for start in came)


def test_what_is_claimed_and_grew_stale_goes_back_with_its_tokens(reachable: SimpleNamespace, morning: Clock) -> None:
    """A slow platform: the rest of the batch is claimed anew, so that it does not come together with the next one."""
    for _number in range(4):
        accept.accept(written(reachable), story._plan, morning())
    slow = _Slow(morning, seconds=4)
    post = Post(morning, smtp={})
    post.look()
    assert ring(morning, "routine", "甲", Opened("smtp", slow, {})) == 12
    assert len(slow.rung) == 2  # the first at once, the second within a tenth of a minute
    assert Bucket.objects.get(key="smtp").tokens == 18
    assert Attempt.objects.filter(state="queued", tried_at=None).count() == 10
    assert ring(morning, "routine", "甲", Opened("smtp", slow, {})) == 10


def test_one_call_more_is_paid_for_or_not_made(reachable: SimpleNamespace, morning: Clock) -> None:
    limits = Limits(credential=Rate(4, 60))
    said = list[bool]()
    with paying(lambda: pay("smtp", limits, 1, morning(), urgent=False)):
        said += [once_more() for _time in range(3)]
    assert said == [True, True, False]
    assert once_more()


class _Slow:
    """A channel whose platform takes its time over each message."""

    TITLE, KEYED = "慢", False
    FIELDS: tuple[Field, ...] = ()
    LIMITS = Limits(credential=Rate(40, 60))

    def __init__(self, clock: Clock, seconds: int) -> None:
        self.clock, self.seconds, self.rung = clock, seconds, list[int]()

    def render(self, ringing: Ringing, _credentials: Credentials) -> Message:
        return Message(ringing.attempt, ringing.mark, ringing.address, b"")

    def send(self, messages: Iterable[Message], _credentials: Credentials) -> Iterator[Sent]:
        for message in messages:
            self.rung.append(message.attempt)
            self.clock.at += timedelta(seconds=self.seconds)
            yield message.attempt, Outcome(Ring.SENT)

    def classify(self, _response: object) -> Outcome:
        return Outcome(Ring.SENT)
