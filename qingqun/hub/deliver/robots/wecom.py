"""A robot in a WeCom group (消息推送): 20 posts a minute, 2,048 bytes; the key stands in the address."""

from urllib.parse import urlencode

from qingqun.hub.deliver import cut, speak
from qingqun.hub.deliver.ringing import Credentials, Field, Outcome
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("企业微信群：每日摘要")
BASE = "https://qyapi.weixin.qq.com"
FIELDS = (Field("key", _("推送地址里的 key"), secret=True),)
_TEXT = 2_048  # bytes


def post(text: str, credentials: Credentials) -> Outcome:
    body = speak.packed({"msgtype": "text", "text": {"content": cut.cut(text, _TEXT)}}).encode()
    path = f"/cgi-bin/webhook/send?{urlencode({'key': credentials['key']})}"
    answer = speak.ask(speak.Request("POST", path, body), credentials, BASE)
    found = speak.judge(answer, speak.code(speak.said(answer), "errcode"), {"45009"})
    return found or Outcome(Ring.SENT, "0")
