"""WeCom application messages: a card with the signed link, or a text of 2,048 bytes at most (developer.work.weixin.qq.com, message/send).

Above 30 a minute or 1,000 an hour for one member the platform drops silently, which is why the buckets stay below. `errcode` 0 hides those
who got nothing: invaliduser, unlicenseduser. Every try of a ring says the same, so the platform's own check for doubles, asked for here,
keeps a second text back; a card's task_id must be new at every try, which makes it another message.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from qingqun.hub.deliver import cut, passes, speak, wire
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("企业微信")
LIMITS = Limits(person=(Rate(30, 60), Rate(1_000, 3_600)), longest=8 * 1024)
KEYED = False
BASE = "https://qyapi.weixin.qq.com"
TEXT = 2_048  # bytes
_SAME = 4 * 3_600  # seconds, the longest: a second text in the same words is kept back
FIELDS = (
    Field("corpid", _("企业 ID")),
    Field("agentid", _("应用 AgentId"), kind="number"),
    Field("corpsecret", _("应用 Secret"), secret=True),
    Field("form", _("消息样式"), default="card", choices=("card", "text"), hint=_("只在微信里看消息的人收不到卡片，请选“纯文字”")),
)
_TITLE, _SUMMARY = 36, 160  # characters a card shows
_AGAIN = {"-1", "45009", "45033"}  # busy, too often, too many at once
_WORN = {"40014", "42001"}
_HIDDEN = ("invaliduser", "unlicenseduser", "invalidparty", "invalidtag")


def render(ringing: Ringing, credentials: Credentials) -> Message:
    body: dict[str, Any] = {"touser": ringing.address, "agentid": int(credentials["agentid"])}
    if credentials.get("form") == "text":
        body |= {"msgtype": "text", "text": {"content": _text(ringing)}, "enable_duplicate_check": 1, "duplicate_check_interval": _SAME}
    else:
        body |= {"msgtype": "template_card", "template_card": _card(ringing)}
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def post(message: Message, token: str) -> wire.Answer:
        path = f"/cgi-bin/message/send?{urlencode({'access_token': token})}"
        return speak.ask(speak.Request("POST", path, message.body), credentials, BASE)

    def say(message: Message) -> Outcome:
        return classify(passes.carrying(credentials, lambda: _issue(credentials), lambda token: post(message, token), _worn))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    """Read an answer to a message for one member: whoever is named as invalid or unlicensed is that member."""
    said = speak.said(response)
    found = speak.judge(response, speak.code(said, "errcode"), _AGAIN)
    if found:
        return found
    hidden = next((key for key in _HIDDEN if said.get(key)), "")
    return Outcome(Ring.REFUSED, f"0 {hidden}") if hidden else Outcome(Ring.SENT, "0", platform_id=speak.name(said, "msgid"))


def _text(ringing: Ringing) -> str:
    end = f"\n{_('查看与确认：')}{ringing.link}\n{cut.plain(ringing.unit)}"
    title, summary = cut.laid(cut.plain(ringing.title), cut.plain(ringing.summary), TEXT - cut.in_bytes(end) - 1)
    return f"{title}\n{summary}{end}"


def _card(ringing: Ringing) -> dict[str, Any]:
    return {
        "card_type": "button_interaction",
        "source": {"desc": cut.cut(ringing.unit, 13, len), "desc_color": 2 if ringing.urgent else 0},
        "main_title": {"title": cut.cut(ringing.title, _TITLE, len)},
        "sub_title_text": cut.cut(ringing.summary, _SUMMARY, len),
        "task_id": f"{ringing.mark}-{ringing.attempt}",
        "card_action": {"type": 1, "url": ringing.link},
        "button_list": [{"text": _("查看与确认"), "style": 1, "type": 1, "url": ringing.link}],
    }


def _issue(credentials: Credentials) -> passes.Issued | Outcome:
    asked = urlencode({"corpid": credentials["corpid"], "corpsecret": credentials["corpsecret"]})
    answer = speak.ask(speak.Request("GET", f"/cgi-bin/gettoken?{asked}"), credentials, BASE)
    said = speak.said(answer)
    found = speak.judge(answer, speak.code(said, "errcode"), _AGAIN)
    if found or not said.get("access_token"):
        return passes.denial(found)
    return passes.Issued(str(said["access_token"]), int(said.get("expires_in", 7_200)))


def _worn(answer: wire.Answer) -> bool:
    return speak.code(speak.said(answer), "errcode") in _WORN
