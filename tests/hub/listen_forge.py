"""Calls that carry whatever a test wants, signed as each platform signs."""

import base64
import hmac
import json
from datetime import datetime
from typing import Any

import listen_help as said

from qingqun.hub.listen.call import Call
from qingqun.hub.moment import to_ms


def told(source: str, text: str, at: datetime, number: str = "n-1", sender: str = "li-id") -> dict[str, Any]:
    """Return what a platform tells of one group message, before it is sealed or signed."""
    seconds = to_ms(at) // 1000
    group: dict[str, dict[str, Any]] = {
        "onebot": {"post_type": "message", "message_type": "group", "time": seconds, "self_id": 1, "message_id": number, "group_id": "g", "user_id": sender, "message": [{"type": "text", "data": {"text": text}}]},
        "dingtalk": {"msgId": number, "createAt": to_ms(at), "conversationId": "g", "conversationTitle": "防汛群", "msgtype": "text", "conversationType": "2", "senderStaffId": sender, "text": {"content": text}},
        "wecom": {"msgid": number, "chatid": "g", "chattype": "group", "from": {"userid": sender}, "msgtype": "text", "text": {"content": text}},
        "feishu": said.feishu_event(text, at, {"number": number, "chat": "g", "private": False, "sender": sender}),
        "chatlab": {"meta": {"name": "防汛群", "platform": "wechat", "type": "group", "groupId": "g"}, "messages": [{"sender": sender, "timestamp": seconds, "type": 0, "content": text, "platformMessageId": number}]},
    }  # fmt: skip
    return group[source]


def signed(source: str, inside: Any, at: datetime) -> Call:
    """Return a call with a right signature, whatever is inside."""
    body = json.dumps(inside).encode()
    if source == "onebot":
        return Call("POST", {}, {"x-signature": "sha1=" + hmac.digest(b"onebot-secret", body, "sha1").hex()}, body)
    if source == "dingtalk":
        stamp, secret = str(to_ms(at)), said.SECRETS["dingtalk"]["appsecret"]
        sign = base64.b64encode(hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")).decode()
        return Call("POST", {}, {"timestamp": stamp, "sign": sign}, body)
    if source == "feishu":
        sealed = said.seal_feishu(inside)
        return Call("POST", {}, said.sign_feishu(sealed, at), sealed)
    if source == "wecom":
        closed = said.seal_wecom(json.dumps(inside))
        return Call("POST", said.sign_wecom(closed, at), {}, json.dumps({"encrypt": closed}).encode())
    return Call("POST", {}, {"authorization": "Bearer clb_secret"}, body)
