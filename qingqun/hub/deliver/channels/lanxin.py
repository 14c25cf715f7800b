"""Lanxin (蓝信): a text from the application's robot to one person; `uuid` keeps it from coming twice. Its limits are not published."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from qingqun.hub.deliver import cut, passes, speak, wire
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("蓝信")
LIMITS = Limits(longest=8 * 1024)
KEYED = False  # for how long it knows a uuid is not published; a lost answer is asked for again at once
BASE = "https://open.e.lanxin.cn/open/apigw"
FIELDS = (
    Field("base", _("接口地址"), default=BASE),
    Field("private", _("在内网"), kind="yes", needed=False),
    Field("appid", _("应用 ID")),
    Field("secret", _("应用密钥"), secret=True),
)
_TEXT = 4_000  # bytes
_AGAIN = {"-1", "45009"}
_WORN = {"40014", "42001"}
_HIDDEN = ("invalidStaff", "invalidUser", "invalidUserIdList")


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    end = f"\n{_('查看与确认：')}{ringing.link}\n{ringing.unit}"
    title, summary = cut.laid(ringing.title, ringing.summary, _TEXT - cut.in_bytes(end) - 1)
    body = {
        "userIdList": [ringing.address],
        "msgType": "text",
        "msgData": {"text": {"content": f"{title}\n{summary}{end}"}},
        "uuid": ringing.mark,
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def post(message: Message, token: str) -> wire.Answer:
        path = f"/v1/bot/messages/create?{urlencode({'app_token': token})}"
        return speak.twice(lambda: speak.ask(speak.Request("POST", path, message.body), credentials, BASE))

    def say(message: Message) -> Outcome:
        return classify(passes.carrying(credentials, lambda: _issue(credentials), lambda token: post(message, token), _worn))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    found = speak.judge(response, speak.code(said, "errCode"), _AGAIN)
    if found:
        return found
    data = speak.inner(said, "data")
    hidden = next((key for key in _HIDDEN if data.get(key)), "")
    return Outcome(Ring.REFUSED, f"0 {hidden}") if hidden else Outcome(Ring.SENT, "0", platform_id=speak.name(data, "msgId"))


def _issue(credentials: Credentials) -> passes.Issued | Outcome:
    asked = urlencode({"grant_type": "client_credential", "appid": credentials["appid"], "secret": credentials["secret"]})
    answer = speak.ask(speak.Request("GET", f"/v1/apptoken/create?{asked}"), credentials, BASE)
    said = speak.said(answer)
    found = speak.judge(answer, speak.code(said, "errCode"), _AGAIN)
    data = speak.inner(said, "data")
    token = str(data.get("appToken") or data.get("app_token") or "")
    if found or not token:
        return passes.denial(found)
    return passes.Issued(token, int(data.get("expiresIn") or data.get("expires_in") or 7_200))


def _worn(answer: wire.Answer) -> bool:
    """Its numbers for a worn token are not published: the usual ones, 401, and any refusal that speaks of the token count."""
    said = speak.said(answer)
    number = speak.code(said, "errCode")
    spoken = number not in {"", "0"} and "token" in str(said.get("errMsg", "")).lower()
    return answer.status == 401 or number in _WORN or spoken
