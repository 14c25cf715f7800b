"""DingTalk work notices (工作通知, topapi/message/corpconversation): taken at once, delivered later, so the result is asked for.

Over the limit (500 a day for one person) the platform says ok and the person simply gets nothing: `getsendresult` tells. The same words
reach a person once a day (open.dingtalk.com, limits of work notices): every try of a ring says the same, so one that was taken and answered
with an error rings nobody twice.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from qingqun.hub.deliver import cut, passes, speak, wire
from qingqun.hub.deliver.ringing import Asked, Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("钉钉")
LIMITS = Limits(person=Rate(500, 86_400), longest=4 * 1024)
KEYED = False
BASE = "https://oapi.dingtalk.com"
FIELDS = (
    Field("appkey", _("应用 AppKey")),
    Field("agentid", _("应用 AgentId"), kind="number"),
    Field("appsecret", _("应用 AppSecret"), secret=True),
)
ASK = 60  # seconds
_MESSAGE, _TITLE = 2_048, 150  # bytes of the whole message, of a title
_AGAIN = {"-1", "90018", "143103", "143104"}  # busy; too often in a minute
_WORN = {"40014", "42001"}
_HAD_TODAY = {"143106", "143206"}  # kept back because the same words reached them today: an earlier try of this ring
_GONE = ("invalid_user_id_list", "forbidden_user_id_list", "failed_user_id_list")
_HAD = {"read_user_id_list": "read", "unread_user_id_list": "unread"}


def render(ringing: Ringing, credentials: Credentials) -> Message:
    body = {"agent_id": int(credentials["agentid"]), "userid_list": ringing.address, "msg": card(ringing, _MESSAGE)}
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def card(ringing: Ringing, room: int) -> dict[str, Any]:
    """Return an action card of at most `room` bytes: what author and unit wrote begins no markup."""
    title = cut.cut(cut.plain(ringing.title), _TITLE, cut.in_json)
    made = _card(title, "", ringing.link)
    left = room - cut.in_bytes(speak.packed(made))
    return _card(title, cut.cut(cut.plain(f"{ringing.summary} · {ringing.unit}"), left, cut.in_json), ringing.link)


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def say(message: Message) -> Outcome:
        return classify(_carrying(credentials, "asyncsend_v2", message.body))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    found = speak.judge(response, _number(said), _AGAIN)
    return found or Outcome(Ring.SENT, "0", platform_id=speak.name(said, "task_id"), ask=ASK)


def poll_result(asked: Asked, credentials: Credentials) -> Outcome | None:
    """Ask which list the person stands in."""
    body = {"agent_id": int(credentials["agentid"]), "task_id": int(asked.platform_id)}
    answer = _carrying(credentials, "getsendresult", speak.packed(body).encode())
    said = speak.said(answer)
    if speak.judge(answer, _number(said), _AGAIN):
        return None
    lists = speak.inner(said, "send_result")
    gone = next((key for key in _GONE if asked.address in (lists.get(key) or [])), "")
    if gone:
        why = _why(lists, asked.address)
        return None if why in _HAD_TODAY else Outcome(Ring.REFUSED, f"{gone.partition('_')[0]} {why}".strip())
    had = next((word for key, word in _HAD.items() if asked.address in (lists.get(key) or [])), "")
    return Outcome(Ring.DELIVERED, had) if had else None


def _card(title: str, text: str, link: str) -> dict[str, Any]:
    inside = {"title": title, "markdown": f"### {title}\n\n{text}", "single_title": _("查看与确认"), "single_url": link}
    return {"msgtype": "action_card", "action_card": inside}


def _why(lists: dict[str, Any], address: str) -> str:
    rows = [row for row in lists.get("forbidden_list") or [] if isinstance(row, dict)]
    return next((speak.code(row, "code") for row in rows if row.get("userid") == address), "")


def _carrying(credentials: Credentials, what: str, body: bytes) -> wire.Answer:
    def post(token: str) -> wire.Answer:
        path = f"/topapi/message/corpconversation/{what}?{urlencode({'access_token': token})}"
        return speak.ask(speak.Request("POST", path, body), credentials, BASE)

    return passes.carrying(credentials, _issuer(credentials), post, lambda answer: _number(speak.said(answer)) in _WORN)


def _issuer(credentials: Credentials) -> Callable[[], passes.Issued | Outcome]:
    def issue() -> passes.Issued | Outcome:
        asked = urlencode({"appkey": credentials["appkey"], "appsecret": credentials["appsecret"]})
        answer = speak.ask(speak.Request("GET", f"/gettoken?{asked}"), credentials, BASE)
        said = speak.said(answer)
        found = speak.judge(answer, _number(said), _AGAIN)
        if found or not said.get("access_token"):
            return passes.denial(found)
        return passes.Issued(str(said["access_token"]), int(said.get("expires_in", 7_200)))

    return issue


def _number(said: dict[str, Any]) -> str:
    """Return the number; 88 only wraps another."""
    outer = speak.code(said, "errcode")
    return speak.code(said, "sub_code") or outer if outer == "88" else outer
