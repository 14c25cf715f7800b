"""One client's connection to a server on this machine, kept between requests; and many clients in so many threads."""

import http.client
import json
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 60.0  # seconds


class Talk:
    """Asks a server; what it answers must be a success."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def asked(self, way: str, path: str, body: object, headers: dict[str, str] | None = None) -> Any:
        """Ask with JSON and return the JSON that comes back."""
        sent = None if body is None else json.dumps(body).encode()
        return json.loads(self.page(way, path, sent, {"content-type": "application/json", **(headers or {})}))

    def page(self, way: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        """Ask and return what comes back; being sent elsewhere afterwards is a success too."""
        try:
            self.line.request(way, path, body, headers)
            answer = self.line.getresponse()
            found = answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        assert answer.status < 400, (way, path, answer.status, found[:300])
        return found


def together(port: int, members: Sequence[T], threads: int, act: Callable[[Talk, T], None]) -> None:
    """Let each member act once, in so many threads with a kept connection each."""
    failed: list[Exception] = []

    def run(number: int) -> None:
        talk = Talk(port)
        try:
            for member in members[number::threads]:
                act(talk, member)
        except Exception as error:  # noqa: BLE001  told by the caller's thread
            failed.append(error)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    if failed:
        raise failed[0]
