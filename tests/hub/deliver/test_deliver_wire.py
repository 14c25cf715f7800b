"""Nothing leaves for an address it should not reach, whatever a name resolves to."""

import httpx2
import pytest
from fakes import FakeHttp

from qingqun.hub.deliver import wire
from qingqun.words import Refused

INWARDS = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
    "2001:db8::1", "192.0.2.1", "198.51.100.1", "203.0.113.1",
]  # fmt: skip
SPELLED = [
    "http://hook.example/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://[::1]/", "https://localhost/",
    "https://hook.example@evil.example/", "https://user:x@hook.example/", "https://evil.example#hook.example", "https://evil.example/hook.example",
    "https://hook.example.evil.example/", "https://evil.example\\@hook.example/", "ftp://hook.example/", "file:///etc/passwd", "gopher://hook.example/",
    "https:///hook.example", "//hook.example/", "hook.example", "", "https://hook.example。evil.example/",
]  # fmt: skip


@pytest.mark.parametrize("address", INWARDS)
def test_a_name_that_points_inwards_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="内部网络"):
        wire.post("https://hook.example/", b"", {}, {"hook.example"}, resolve=lambda *_: [address])


@pytest.mark.parametrize("address", INWARDS[:3])
def test_a_name_that_points_inwards_as_well_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="内部网络"):
        wire.post("https://hook.example/", b"", {}, {"hook.example"}, resolve=lambda *_: ["93.184.216.34", address])


@pytest.mark.parametrize("url", SPELLED)
def test_only_allow_listed_hosts_over_https_are_gone_to(url: str) -> None:
    with pytest.raises(Refused):
        wire.post(url, b"", {}, {"hook.example"}, resolve=lambda *_: pytest.fail("looked up"))


def test_the_address_is_looked_up_once_and_the_name_is_kept_in_the_request() -> None:
    looked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.1"] if len(looked) == 1 else ["10.0.0.1"]

    with FakeHttp() as fake:
        url = fake.url.replace("127.0.0.1", "hook.example")
        assert wire.post(url, b"{}", {"webhook-id": "m"}, {"hook.example"}, private=True, resolve=resolve).status == 200
    assert (looked, fake.headers[0]["host"].partition(":")[0]) == (["hook.example"], "hook.example")


def test_a_name_nobody_knows_is_a_failed_connection() -> None:
    with pytest.raises(httpx2.ConnectError):
        wire.post("https://nobody.invalid/", b"", {}, {"nobody.invalid"})


def test_an_endless_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 5)
    with FakeHttp() as fake:
        assert len(wire.post(fake.url, b"{}", {"webhook-id": "m"}, {"127.0.0.1"}, private=True).body) == 5
