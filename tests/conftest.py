"""What holds for every test: no network, no deadline (a slow machine is no failure), the language of the source."""

import socket

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach another machine, and let all read Chinese."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("a test wanted the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.delenv("QINGQUN_LANG", raising=False)
