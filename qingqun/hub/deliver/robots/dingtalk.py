"""A robot in a DingTalk group: above 20 posts a minute it is blocked for ten; signed with HMAC-SHA256 over time and secret."""

import base64
import hmac
import time
from urllib.parse import urlencode

from qingqun.hub.deliver import cut, speak
from qingqun.hub.deliver.ringing import Credentials, Field, Outcome
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("钉钉群：每日摘要")
BASE = "https://oapi.dingtalk.com"
FIELDS = (Field("token", _("推送地址里的 access_token"), secret=True), Field("secret", _("加签密钥"), secret=True, hint=_("SEC 开头")))
_TEXT = 4_000  # bytes


def sign(secret: str, at: int) -> str:
    """Return the signature of a moment in ms."""
    return base64.b64encode(hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256")).decode()


def post(text: str, credentials: Credentials) -> Outcome:
    at = int(time.time() * 1_000)  # the platform's clock compares it
    query = {"access_token": credentials["token"], "timestamp": at, "sign": sign(str(credentials["secret"]), at)}
    body = speak.packed({"msgtype": "text", "text": {"content": cut.cut(text, _TEXT)}, "at": {"isAtAll": False}}).encode()
    answer = speak.ask(speak.Request("POST", f"/robot/send?{urlencode(query)}", body), credentials, BASE)
    found = speak.judge(answer, speak.code(speak.said(answer), "errcode"), {"130101", "-1"})
    return found or Outcome(Ring.SENT, "0")
