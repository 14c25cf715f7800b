"""WeCom in a house of its own (私有化部署, 政务微信): the same paths at another host; texts, because older ones show no cards."""

from collections.abc import Iterable, Iterator

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.channels import wecom
from qingqun.hub.deliver.ringing import Credentials, Field, Message, Outcome, Ringing, Sent
from qingqun.i18n import _

TITLE = _("政务微信、私有化企业微信")
LIMITS = wecom.LIMITS
KEYED = False
FIELDS = (
    Field("base", _("接口地址"), hint="https://wx.example.gov.cn"),
    Field("private", _("在内网"), kind="yes", needed=False),
    *wecom.FIELDS[:3],
    Field("form", _("消息样式"), default="text", choices=("text", "card")),
)


def render(ringing: Ringing, credentials: Credentials) -> Message:
    return wecom.render(ringing, {**credentials, "form": credentials.get("form") or "text"})


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    return wecom.send(messages, credentials)


def classify(response: wire.Answer) -> Outcome:
    return wecom.classify(response)
