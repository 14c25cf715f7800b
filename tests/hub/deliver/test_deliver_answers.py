"""An answer is read whole however it comes in, bounded, and what is none is told apart."""

import http.client
import io
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.hub.deliver.answers import LONGEST_HEAD, GarbledError, Reader
from qingqun.hub.deliver.wire import Answer

LARGEST = 64
bodies = st.binary(max_size=LARGEST)
names = st.sampled_from(["retry-after", "X-Request-Id", "Content-Type", "server"])


def _chunked(body: bytes, step: int) -> bytes:
    parts = [body[place : place + step] for place in range(0, len(body), step)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """Draw an answer as a server may write it: counted, in chunks, or until the connection ends."""
    body, status = draw(bodies), draw(st.sampled_from([200, 202, 400, 410, 429, 500]))
    head = f"HTTP/1.{draw(st.sampled_from('01'))} {status} whatever\r\n"
    head += "".join(f"{name}: {draw(st.integers(0, 99))}\r\n" for name in draw(st.lists(names, unique=True, max_size=3)))
    shape = draw(st.sampled_from(["counted", "chunked", "open"]))
    if shape == "counted":
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    if shape == "chunked":
        return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + _chunked(body, draw(st.integers(1, 9)))
    return f"{head}\r\n".encode() + body


class _Socket:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, *_how: Any) -> io.BytesIO:
        return io.BytesIO(self.data)


def _read(data: bytes, *cuts: int) -> Answer | None:
    reader = Reader(LARGEST)
    places = [0, *sorted(cuts), len(data)]
    for start, end in pairwise(places):
        if (found := reader.take(data[start:end])) is not None:
            return found
    return reader.ended()


@settings(max_examples=120)
@given(answers(), st.lists(st.integers(0, 300), max_size=4))
def test_an_answer_is_what_pythons_own_client_reads_however_it_is_cut(data: bytes, cuts: list[int]) -> None:
    known = http.client.HTTPResponse(_Socket(data), method="POST")  # type: ignore[arg-type]  # all it asks of a socket
    known.begin()
    found = _read(data, *(min(cut, len(data)) for cut in cuts))
    assert found is not None
    assert (found.status, found.body) == (known.status, known.read())
    assert found.headers.get("retry-after") == known.getheader("retry-after")


def test_a_connection_is_kept_only_where_the_answer_ended_as_it_said() -> None:
    def kept(data: bytes) -> bool:
        reader = Reader(LARGEST)
        assert reader.take(data)
        return reader.kept and not reader.rest

    assert kept(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    assert kept(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert kept(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
    assert not kept(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")
    assert not kept(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
    assert not kept(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK")


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 999 no\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothing\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * LONGEST_HEAD,
    ],
)
def test_what_is_no_answer_is_told(data: bytes) -> None:
    with pytest.raises(GarbledError):
        _read(data)


def test_a_body_is_read_no_further_than_its_bound() -> None:
    for data in (
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"x" * 9_999,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 9_999,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n270f\r\n" + b"x" * 9_999,
    ):
        found = _read(data)
        assert found
        assert found.body == b"x" * LARGEST


def test_an_answer_that_breaks_off_is_none() -> None:
    assert _read(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab") is None
    assert _read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab") is None
    assert _read(b"HTTP/1.1 200") is None


def test_what_is_said_before_the_answer_is_passed_over() -> None:
    found = _read(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 30)
    assert found
    assert (found.status, found.body) == (200, b"ok")
