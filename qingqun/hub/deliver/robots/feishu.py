"""A robot in a Feishu group: 100 posts a minute, 5 a second, 20 KB; signed with the secret inside the key, over nothing."""

import base64
import hmac
import time
from urllib.parse import quote

from qingqun.hub.deliver import cut, speak
from qingqun.hub.deliver.ringing import Credentials, Field, Outcome
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("飞书群：每日摘要")
BASE = "https://open.feishu.cn"
FIELDS = (Field("hook", _("推送地址里 hook/ 之后的部分"), secret=True), Field("secret", _("签名密钥"), secret=True))
_TEXT = 16_000  # bytes


def sign(secret: str, at: int) -> str:
    """Return the signature of a moment in seconds."""
    return base64.b64encode(hmac.digest(f"{at}\n{secret}".encode(), b"", "sha256")).decode()


def post(text: str, credentials: Credentials) -> Outcome:
    at = int(time.time())  # the platform's clock compares it
    said = {
        "timestamp": str(at),
        "sign": sign(str(credentials["secret"]), at),
        "msg_type": "text",
        "content": {"text": cut.cut(text, _TEXT)},
    }
    path = f"/open-apis/bot/v2/hook/{quote(str(credentials['hook']), safe='')}"
    answer = speak.ask(speak.Request("POST", path, speak.packed(said).encode()), credentials, BASE)
    found = speak.judge(answer, speak.code(speak.said(answer), "code", "StatusCode"), {"11232", "9499"})
    return found or Outcome(Ring.SENT, "0")
