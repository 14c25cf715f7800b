"""ntfy (docs.ntfy.sh/publish): a topic for each person, on the house's own server, which takes 60 at once, then one in five seconds."""

from collections.abc import Iterable, Iterator

from qingqun.hub.deliver import cut, speak, wire
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("ntfy 推送")
LIMITS = Limits(credential=Rate(100, 240), longest=12 * 1024)  # fifty at once leave room for what comes late; see bucket.gentle
KEYED = False
FIELDS = (
    Field("base", _("服务器地址"), hint="https://ntfy.example.gov.cn"),
    Field("private", _("在内网"), kind="yes", needed=False),
    Field("token", _("访问令牌"), secret=True, needed=False),
)
TEXT = 4_096  # bytes; what is longer becomes a file
_TITLE = 250  # bytes
_HIGH, _USUAL = 5, 3


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    end = f"\n{ringing.link}"
    body = {
        "topic": ringing.address,
        "title": cut.cut(ringing.title, _TITLE),
        "message": cut.cut(ringing.summary, TEXT - cut.in_bytes(end)) + end,
        "click": ringing.link,
        "priority": _HIGH if ringing.urgent else _USUAL,
        "actions": [{"action": "view", "label": _("查看与确认"), "url": ringing.link}],
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    headers = {"authorization": f"Bearer {credentials['token']}"} if credentials.get("token") else {}

    def say(message: Message) -> Outcome:
        return classify(speak.ask(speak.Request("POST", "/", message.body, headers), credentials))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    number = "0" if said.get("id") and "code" not in said else speak.code(said, "code")
    return speak.judge(response, number) or Outcome(Ring.SENT, "0", platform_id=speak.name(said, "id"))
