"""A client that goes through the pages: it sends drafts by the desk's own form and confirms with one tap, and keeps the same log as the others.

`gone KEY` is its own word: the draft is not there any more, so it was sent, though the answer was lost.
"""

import http.client
import os
import random
import re
import threading
from pathlib import Path
from urllib.parse import urlencode

from client import Clock, unanswered, unlike
from django.db import DatabaseError, connection

from qingqun.hub import sql
from qingqun.hub.models import Draft, Person
from qingqun.hub.moment import to_ms

TOKEN = "attack" * 5 + "ab"  # a browser chooses what it sends as both cookie and field
MARK = re.compile(r'name="mark" value="([^"]*)"')
PATIENCE = 60.0  # seconds
CANARY = os.environ.get("ATTACK_CANARY", "")  # what no page may show
LOOKED_AT = ("/channels/", "/channels/?name=wecom", "/platforms/", "/mine/", "/record/", "/no-such-page/", "/go/broken/", "/metrics")
GONE, FOUND, SEEN_ELSEWHERE = 404, 200, 303


class Browser:
    def __init__(self, log: Path, port: int, session: str, clock: Clock) -> None:
        self.log, self.port, self.clock, self.chance = log, port, clock, random.Random()
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"

    def run(self, stop: threading.Event, parent: int) -> None:
        author = Person.objects.order_by("pk")[0]
        while not stop.is_set() and os.getppid() == parent:
            try:
                waiting = unanswered(self.log)
                key = waiting[0][0] if waiting else self._drafted(author)
                self._send(key, author)
                self._confirm(author)
                if CANARY:
                    self._asked("GET", self.chance.choice(LOOKED_AT))
            except (DatabaseError, OSError, http.client.HTTPException):  # no answer: asked again
                connection.close()
            stop.wait(self.chance.uniform(0.1, 0.5))

    def _drafted(self, author: Person) -> str:
        key, now, words = os.urandom(16).hex(), self.clock(), unlike(self.chance)
        where = {"any": [{"unit": author.unit_id, "below": True}], "minus": []}
        Draft.objects.create(key=key, author=author, unit=author.unit, title=words[:6], text=words[6:], audience=where, changed_at=now)
        self._note(f"try {key} web {to_ms(now)}")
        return key

    def _send(self, key: str, author: Person) -> None:
        draft = sql.value("SELECT id FROM hub_draft WHERE key = %s", [key])
        address = f"/desk/{draft or 0}/preview/"
        status, page, _where = self._asked("GET", address)
        if draft is None or status == GONE:
            self._note(f"gone {key}")
        elif status == FOUND and (mark := MARK.search(page)):
            _status, _page, where = self._asked("POST", address, act="send", seen="1", mark=mark[1])
            if sent := re.search(r"/desk/sent/(\d+)/", where):
                people = sql.value("SELECT count(*) FROM hub_person WHERE unit_id = %s", [author.unit_id])
                self._note(f"ok {key} {sent[1]} {people}")

    def _confirm(self, author: Person) -> None:
        mine = "SELECT id FROM hub_delivery WHERE person_id = %s AND state = 'delivered' AND read_at IS NULL ORDER BY id DESC LIMIT 5"
        for (delivery,) in sql.rows(mine, [author.pk]):
            status, _page, where = self._asked("POST", f"/n/{delivery}/confirm/")
            if status in {FOUND, SEEN_ELSEWHERE} and "accounts" not in where:
                self._note(f"read {delivery}")

    def _asked(self, method: str, address: str, **form: str) -> tuple[int, str, str]:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if method == "POST" else None
            asking.request(method, address, body, headers)
            answer = asking.getresponse()
            page = answer.read().decode()
            if CANARY and CANARY in page:
                self._note(f"leak {address}")
            return answer.status, page, answer.headers.get("Location", "")
        finally:
            asking.close()

    def _note(self, line: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
