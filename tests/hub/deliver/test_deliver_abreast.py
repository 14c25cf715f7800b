"""Many posts side by side: connections are kept, one that ended is replaced, nothing leaves for an address it should not reach."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import httpx2
import pytest
from fakes import FakeHttp

from qingqun.hub.deliver import abreast as abreasts
from qingqun.hub.deliver import line as lines
from qingqun.hub.deliver import spend, wire
from qingqun.hub.deliver.abreast import Parcel, Told, abreast
from qingqun.hub.deliver.speak import Unheard, Unsent
from qingqun.hub.deliver.wire import Answer


def mark_of(message: bytes) -> bytes:
    return message.partition(b"webhook-id: ")[2].partition(b"\r")[0]


def ok(message: bytes) -> bytes:
    """Answer with the mark of what is answered."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(mark_of(message)), mark_of(message))


class Keeping:
    """A server that keeps a connection for so many messages and then ends it, after the answer or in its stead.

    One that is `deaf` forgets whatever came together with a message, and waits for it. `together` is the most that came at once.
    """

    def __init__(self, messages: int, *, silent: bool = False, deaf: bool = False) -> None:
        self.messages, self.silent, self.deaf, self.heard, self.lines, self.together = messages, silent, deaf, list[bytes](), 0, 0
        self.server = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/ring"

    def _accept(self) -> None:
        while True:
            try:
                line, _address = self.server.accept()
            except OSError:
                return
            self.lines += 1
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            turns, came = 0, list[bytes]()
            while turns < self.messages:
                if not came:
                    came = [b"POST " + part for part in line.recv(65_536).split(b"POST ")[1:]][: 1 if self.deaf else None]
                    self.together = max(self.together, len(came))
                if not came:
                    return
                self.heard.append(came.pop(0))
                line.sendall(ok(self.heard[-1]))
                turns += 1
            if self.silent and (data := b"".join(came) or line.recv(65_536)):
                self.heard.append(data)


@contextmanager
def _wide(monkeypatch: pytest.MonkeyPatch, width: int) -> Iterator[None]:
    monkeypatch.setattr(abreasts, "WIDTH", width)
    yield


def _posted(url: str, count: int, *, hosts: tuple[str, ...] = ("127.0.0.1",), private: bool = True) -> dict[int, Told]:
    parcels = (Parcel(number, url, {"webhook-id": f"m{number}"}, b"{}") for number in range(count))
    return dict(abreast(parcels, hosts, private=private))


def _statuses(told: dict[int, Told]) -> set[int | str]:
    return {one.status if isinstance(one, Answer) else f"{type(one).__name__} {one}" for one in told.values()}


def test_every_message_has_its_answer_and_connections_are_kept() -> None:
    with Keeping(1_000) as server:
        told = _posted(server.url, 200)
        assert (len(told), _statuses(told), len(server.heard)) == (200, {200}, 200)
        assert server.lines <= abreasts.WIDTH


def test_one_that_ended_between_two_messages_is_replaced_and_nobody_is_rung_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    with _wide(monkeypatch, 2), Keeping(3) as server:
        assert _statuses(_posted(server.url, 30)) == {200}
        assert len(set(map(mark_of, server.heard))) == 30


def test_where_a_kept_one_ends_in_stead_of_an_answer_it_is_said_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with _wide(monkeypatch, 1), Keeping(2, silent=True) as server:
        assert _statuses(_posted(server.url, 6)) == {200}
        assert len(server.heard) > 6


@pytest.fixture(autouse=True)
def _unknown_places() -> Iterator[None]:
    abreasts._bears.clear()
    yield
    abreasts._bears.clear()


def test_after_a_first_train_of_two_more_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "QUICK", 5.0)  # this machine may be slow
    with Keeping(1_000) as server:
        told = _posted(server.url, 400)
        assert (_statuses(told), len(server.heard)) == ({200}, 400)
        assert 2 < server.together <= abreasts.TRAIN


def test_a_place_whose_answers_hold_each_other_up_gets_no_more_trains_in_this_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "QUICK", 0.0)
    with Keeping(1_000) as server:
        assert _statuses(_posted(server.url, 100)) == {200}
        assert server.together == 1


def test_what_is_urgent_waits_for_no_other_answer() -> None:
    with Keeping(1_000) as server:
        parcels = (Parcel(number, server.url, {"webhook-id": f"m{number}"}, b"{}", urgent=True) for number in range(300))
        assert _statuses(dict(abreast(parcels, ("127.0.0.1",), private=True))) == {200}
        assert server.together == 1


def test_a_place_that_forgets_what_came_together_is_tried_once_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    with Keeping(1_000, deaf=True) as server:
        for _batch in range(2):
            assert _statuses(_posted(server.url, 60)) == {200}
        marks = list(map(mark_of, server.heard))
        assert (len(marks), len(set(marks))) == (120, 60)
        assert list(abreasts._bears.values()) == [False]


@pytest.mark.parametrize("messages", [2, 3, 5, 9])
@pytest.mark.parametrize("silent", [False, True])
def test_a_train_that_is_cut_anywhere_is_said_again_from_there_and_no_answer_is_mixed_up(messages: int, silent: bool) -> None:
    with Keeping(messages, silent=silent) as server:
        told = _posted(server.url, 200)
        assert {number: one.body for number, one in told.items() if isinstance(one, Answer)} == {n: b"m%d" % n for n in range(200)}
        assert set(map(mark_of, server.heard)) >= {b"m%d" % number for number in range(200)}


def test_it_is_not_said_again_where_the_limit_leaves_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with _wide(monkeypatch, 1), Keeping(2, silent=True) as server, spend.paying(lambda: False):
        told = _posted(server.url, 3)
        assert _statuses(told) == {200, "Unheard ReadError"}
        assert len(server.heard) == 3


def test_a_first_message_that_is_not_answered_is_not_said_again() -> None:
    with Keeping(0, silent=True) as server:
        told = _posted(server.url, 1)
        assert isinstance(told[0], Unheard)
        assert len(server.heard) == 1


@pytest.mark.parametrize(
    ("url", "hosts"),
    [("http://127.0.0.1:1/", ("hook.example",)), ("ftp://127.0.0.1/", ("127.0.0.1",)), ("http://127.0.0.1:x/", ("127.0.0.1",))],
)
def test_nothing_leaves_for_another_address(url: str, hosts: tuple[str, ...]) -> None:
    assert _statuses(_posted(url, 2, hosts=hosts)) == {"Unsent address"}


def test_nothing_leaves_for_the_house_itself_unless_that_is_allowed() -> None:
    assert _statuses(_posted("https://127.0.0.1/", 1, private=False)) == {"Unsent address"}


def test_nobody_listening_means_that_nothing_left() -> None:
    told = _posted("http://127.0.0.1:1/", 1)
    assert isinstance(told[0], Unsent)


def test_a_name_is_looked_up_once_in_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look_up(host: str, _port: int) -> list[str]:
        looked.append(host)
        if host == "nobody.example":
            raise httpx2.ConnectError(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(wire, "look_up", look_up)
    with Keeping(1_000) as server:
        assert _statuses(_posted(server.url.replace("127.0.0.1", "hook.example"), 20, hosts=("hook.example",))) == {200}
        assert b"host: hook.example:" in server.heard[0]
    assert _statuses(_posted("http://nobody.example/", 3, hosts=("nobody.example",))) == {"Unsent ConnectError"}
    assert looked == ["hook.example", "nobody.example"]


def test_an_address_cannot_begin_another_header() -> None:
    with Keeping(10) as server:
        assert _statuses(_posted(f"{server.url}/a b\u0080?x=张", 1)) == {200}
        assert b"POST /ring/a%20b%C2%80?x=%E5%BC%A0 HTTP/1.1\r\n" in server.heard[0]
        list(abreast([Parcel(1, server.url, {"webhook-id": "m\r\nevil: 1"}, b"")], ["127.0.0.1"], private=True))
        assert len(server.heard) == 1


def test_a_server_that_drips_or_is_silent_does_not_hold_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    with FakeHttp(lambda path: "slow" if path.endswith("slow") else "ok") as fake:
        parcels = [Parcel(number, fake.url + ("slow" if number == 1 else ""), {"webhook-id": str(number)}, b"{}") for number in range(5)]
        told = dict(abreast(parcels, ["127.0.0.1"], private=True))
    assert isinstance(told.pop(1), Unheard)
    assert _statuses(told) == {200}


def test_what_the_messages_themselves_raise_comes_out() -> None:
    def parcels() -> Iterator[Parcel]:
        yield from ()
        raise LookupError

    with pytest.raises(LookupError):
        list(abreast(parcels(), ["127.0.0.1"]))
