"""Feishu application messages (im/v1/messages): a card with the link; `uuid` keeps a message from coming twice within an hour.

The platform forgets the uuid after an hour, so KEYED is not promised; a lost answer is asked for again at once, with the same uuid.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from qingqun.hub.deliver import cut, passes, speak, wire
from qingqun.hub.deliver.ringing import Asked, Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("飞书")
LIMITS = Limits(credential=(Rate(1_000, 60), Rate(50, 1)), person=Rate(5, 1), longest=30 * 1024)
KEYED = False
BASE = "https://open.feishu.cn"
FIELDS = (
    Field("app_id", _("应用 App ID")),
    Field("app_secret", _("应用 App Secret"), secret=True),
    Field("base", _("接口地址"), default=BASE, needed=False, hint=_("私有化部署时填写")),
    Field("private", _("在内网"), kind="yes", needed=False),
)
ASK = 300  # seconds
_TITLE, _SUMMARY = 300, 3_000  # bytes
_AGAIN = {"99991400", "230020", "11232", "1000004", "1000005"}  # too often: the application, one person; busy
_WORN = {"99991661", "99991663", "99991664", "99991668", "99991677"}
_OPEN = "/open-apis/im/v1/messages"


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    content = speak.packed(_card(ringing))
    body = {"receive_id": ringing.address, "msg_type": "interactive", "content": content, "uuid": ringing.mark}
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def say(message: Message) -> Outcome:
        path = f"{_OPEN}?{urlencode({'receive_id_type': kind(message.address)})}"
        return classify(_carrying(credentials, lambda: speak.Request("POST", path, message.body)))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    found = speak.judge(response, speak.code(said, "code"), _AGAIN)
    number = speak.name(speak.inner(said, "data"), "message_id")
    return found or Outcome(Ring.SENT, "0", platform_id=number, ask=ASK if number else 0)


def poll_result(asked: Asked, credentials: Credentials) -> Outcome | None:
    """Ask whether it was read; the platform tells for seven days."""
    path = f"{_OPEN}/{quote(asked.platform_id, safe='')}/read_users?user_id_type=open_id&page_size=20"
    answer = _carrying(credentials, lambda: speak.Request("GET", path))
    said = speak.said(answer)
    if speak.judge(answer, speak.code(said, "code"), _AGAIN) or not speak.inner(said, "data").get("items"):
        return None
    return Outcome(Ring.DELIVERED, "read")


def kind(address: str) -> str:
    """Return what kind of name of a person this is; the platform's own prefixes tell."""
    if "@" in address:
        return "email"
    return {"ou_": "open_id", "on_": "union_id"}.get(address[:3], "user_id")


def _card(ringing: Ringing) -> dict[str, Any]:
    button = {"tag": "button", "text": _plain(_("查看与确认")), "type": "primary", "url": ringing.link}
    return {
        "config": {"wide_screen_mode": True},
        "header": {"title": _plain(cut.cut(ringing.title, _TITLE)), "template": "red" if ringing.urgent else "blue"},
        "elements": [
            {"tag": "div", "text": _plain(cut.cut(ringing.summary, _SUMMARY))},
            {"tag": "action", "actions": [button]},
            {"tag": "note", "elements": [_plain(ringing.unit)]},
        ],
    }


def _plain(text: str) -> dict[str, str]:
    return {"tag": "plain_text", "content": text}


def _carrying(credentials: Credentials, made: Callable[[], speak.Request]) -> wire.Answer:
    def say(token: str) -> wire.Answer:
        request = made()
        bearing = speak.Request(request.way, request.path, request.body, {"authorization": f"Bearer {token}"})
        return speak.twice(lambda: speak.ask(bearing, credentials, BASE))

    return passes.carrying(credentials, lambda: _issue(credentials), say, _worn)


def _issue(credentials: Credentials) -> passes.Issued | Outcome:
    body = speak.packed({"app_id": credentials["app_id"], "app_secret": credentials["app_secret"]}).encode()
    answer = speak.ask(speak.Request("POST", "/open-apis/auth/v3/tenant_access_token/internal", body), credentials, BASE)
    said = speak.said(answer)
    found = speak.judge(answer, speak.code(said, "code"), _AGAIN)
    if found or not said.get("tenant_access_token"):
        return passes.denial(found)
    return passes.Issued(str(said["tenant_access_token"]), int(said.get("expire", 7_200)))


def _worn(answer: wire.Answer) -> bool:
    return speak.code(speak.said(answer), "code") in _WORN
