"""The platforms of offices, answering as their documents say: WeCom, DingTalk, 政务钉钉, Feishu, Lanxin."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any, ClassVar

from fakes_http import FakePlatform, Heard, Told


class FakeWecom(FakePlatform):
    """`errcode` in a 200; 0 hides `invaliduser`; above 30 a minute for one member the rest is dropped without a word."""

    CHANNEL = "wecom"
    SECRETS: ClassVar[dict[str, str]] = {"corpid": "ww-corp", "agentid": "1000002", "corpsecret": "wecom-secret", "form": "card"}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.path != "/cgi-bin/message/send":
            return None
        card = heard.json.get("template_card") or {}
        return str(card.get("task_id", "")).partition("-")[0], heard.json["touser"], heard.body

    def admits(self, heard: Heard) -> bool:
        return heard.query.get("access_token") == f"{self.TOKEN}-{self.issued}"

    def says(self, word: str, heard: Heard) -> Told:
        if word == "worn":
            return 200, {"errcode": 42001, "errmsg": f"access_token {heard.query.get('access_token')} expired"}
        if word == "refuse":
            return 200, {"errcode": 0, "errmsg": "ok", "invaliduser": heard.json["touser"].lower(), "msgid": "m1"}
        if word == "later":
            return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}
        if word == "quota":
            return 200, {"errcode": 45009, "errmsg": "reach max api daily quota limit"}
        return 200, {"errcode": 0, "errmsg": "ok", "invaliduser": "", "invalidparty": "", "msgid": "xxx_1"}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.path != "/cgi-bin/gettoken":
            return 404, {}
        if word == "refuse" or heard.query.get("corpsecret") != self.SECRETS["corpsecret"]:
            return 200, {"errcode": 40001, "errmsg": f"invalid credential {heard.query.get('corpsecret')}"}
        if word == "later":
            return 200, {"errcode": -1, "errmsg": "system busy"}
        self.issued += 1
        return 200, {"errcode": 0, "errmsg": "ok", "access_token": f"{self.TOKEN}-{self.issued}", "expires_in": 7200}

    def fits(self, heard: Heard) -> Iterable[str]:
        text = (heard.json.get("text") or {}).get("content", "")
        if len(text.encode()) > 2_048:
            yield "text too long"
        if len(heard.json["touser"].split("|")) > 1_000:
            yield "too many"


class FakeWecomPrivate(FakeWecom):
    CHANNEL = "wecom_private"
    SECRETS: ClassVar[dict[str, str]] = {key: value for key, value in FakeWecom.SECRETS.items() if key != "form"}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        """A text carries no mark of its own: what it says is all that tells two apart."""
        found = super().read(heard)
        return found and (hashlib.sha256(found[2]).hexdigest()[:28], *found[1:])


class FakeDingtalk(FakePlatform):
    """Takes a work notice at once and delivers later: who is over the limit is in `forbidden_user_id_list` of the result.

    The same words reach a person once a day: `read` marks a message by its words.
    """

    CHANNEL = "dingtalk"
    KEYED_HERE = True
    SECRETS: ClassVar[dict[str, str]] = {"appkey": "ding-key", "agentid": "77", "appsecret": "ding-secret"}

    def __init__(self, answer: Any = "ok") -> None:
        super().__init__(answer)
        self.tasks: dict[str, str] = {}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.path != "/topapi/message/corpconversation/asyncsend_v2":
            return None
        return hashlib.sha256(heard.body).hexdigest()[:28], heard.json["userid_list"], heard.body

    def admits(self, heard: Heard) -> bool:
        return heard.query.get("access_token") == f"{self.TOKEN}-{self.issued}"

    def says(self, word: str, heard: Heard) -> Told:
        if word == "worn":
            return 200, {"errcode": 88, "errmsg": "ding talk error", "sub_code": "40014", "sub_msg": "不合法的access_token"}
        if word == "refuse":
            return 200, {"errcode": 33012, "errmsg": f"无效的USERID {heard.json['userid_list']}"}
        if word == "later":
            return 200, {"errcode": 143103, "errmsg": "QPM"}
        if word == "quota":
            return 200, {"errcode": 88, "errmsg": "ding talk error", "sub_code": "90018", "sub_msg": "所有接口的请求都被暂时禁用了"}
        number = str(256_271_667_000 + len(self.tasks))
        self.tasks[number] = heard.json["userid_list"]
        return 200, {"errcode": 0, "errmsg": "ok", "task_id": int(number), "request_id": "r"}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.path == "/gettoken":
            if word == "refuse" or heard.query.get("appsecret") != self.SECRETS["appsecret"]:
                return 200, {"errcode": 40089, "errmsg": f"不合法的corpid或corpsecret {heard.query.get('appsecret')}"}
            if word == "later":
                return 200, {"errcode": -1, "errmsg": "系统繁忙"}
            self.issued += 1
            return 200, {"errcode": 0, "access_token": f"{self.TOKEN}-{self.issued}", "expires_in": 7200}
        if heard.path == "/topapi/message/corpconversation/getsendresult":
            return 200, {"errcode": 0, "send_result": self._result(self.tasks.get(str(heard.json["task_id"]), ""))}
        return 404, {}

    def _result(self, address: str) -> dict[str, Any]:
        word = self.later.get(address, "")
        lists = {
            "refused": "forbidden_user_id_list",
            "invalid": "invalid_user_id_list",
            "read": "read_user_id_list",
            "arrived": "unread_user_id_list",
        }
        result: dict[str, Any] = {key: [] for key in (*lists.values(), "failed_user_id_list", "invalid_dept_id_list")}
        if word in lists:
            result[lists[word]] = [address]
        if word == "refused":
            result["forbidden_list"] = [{"code": "143105", "count": 501, "userid": address}]
        return result

    def fits(self, heard: Heard) -> Iterable[str]:
        if len(json.dumps(heard.json["msg"], ensure_ascii=False, separators=(",", ":")).encode()) > 2_048:
            yield "message too long"


class FakeDinggov(FakePlatform):
    """Checks its own signature and wraps its answer as a text; a refusal may stand in either."""

    CHANNEL = "dinggov"
    SECRETS: ClassVar[dict[str, str]] = {"tenant": "196729", "key": "gov-key", "secret": "gov-secret"}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.path != "/message/workNotification":
            return None
        return heard.form["bizMsgId"], heard.form["receiverIds"], heard.form["msg"].encode()

    def says(self, word: str, heard: Heard) -> Told:
        if not self._signed(heard):
            return 200, {"success": False, "errorCode": "SIGN", "errorMsg": "signature"}
        if word == "refuse":
            inner = {"success": False, "bizErrorCode": "RECEIVER_INVALID", "errorMsg": f"{heard.form['receiverIds']} 不存在"}
            return 200, {"success": True, "content": json.dumps(inner, ensure_ascii=False)}
        if word == "later":
            return 503, {}
        if word == "quota":  # which word it has for this is not published
            return 200, {"success": True, "content": json.dumps({"success": False, "bizErrorCode": "QUOTA_LIMIT"})}
        return 200, {"success": True, "content": json.dumps({"success": True, "content": {"msgId": "aeb07a615a5e"}})}

    def _signed(self, heard: Heard) -> bool:
        params = "&".join(f"{key}={heard.form[key]}" for key in sorted(heard.form))
        stamp, nonce = heard.headers["x-hmac-auth-timestamp"], heard.headers["x-hmac-auth-nonce"]
        text = f"POST\n{stamp}\n{nonce}\n{heard.path}\n{params}"
        digest = hmac.new(self.SECRETS["secret"].encode(), text.encode(), hashlib.sha256).digest()
        named = (
            heard.headers["apikey"] == self.SECRETS["key"] and stamp.endswith("+08:00") and heard.headers["x-hmac-auth-version"] == "1.0"
        )
        return named and heard.headers["x-hmac-auth-signature"] == base64.b64encode(digest).decode()

    def fits(self, heard: Heard) -> Iterable[str]:
        if len(heard.form["msg"].encode()) > 2_048:
            yield "message too long"


class FakeFeishu(FakePlatform):
    """A number in the body beside the status; a uuid it has had within the hour rings nobody again."""

    CHANNEL = "feishu"
    SECRETS: ClassVar[dict[str, str]] = {"app_id": "cli_a", "app_secret": "feishu-secret"}
    KEYED_HERE = True

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.way != "POST" or heard.path != "/open-apis/im/v1/messages":
            return None
        return heard.json["uuid"], heard.json["receive_id"], heard.json["content"].encode()

    def admits(self, heard: Heard) -> bool:
        return heard.headers.get("authorization") == f"Bearer {self.TOKEN}-{self.issued}"

    def says(self, word: str, heard: Heard) -> Told:
        if word == "worn":
            return 400, {"code": 99991663, "msg": f"token invalid {heard.headers.get('authorization')}"}
        if word == "refuse":
            return 200, {"code": 230013, "msg": f"Bot has NO availability to {heard.json['receive_id']}"}
        if word == "later":
            return 400, {"code": 230020, "msg": "frequency limit of the user"}
        if word == "quota":
            return 400, {"code": 99991403, "msg": "This month's API call quota has been exceeded"}
        return 200, {"code": 0, "msg": "success", "data": {"message_id": f"om_{heard.json['receive_id']}"}}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.path == "/open-apis/auth/v3/tenant_access_token/internal":
            if word == "refuse" or heard.json.get("app_secret") != self.SECRETS["app_secret"]:
                return 200, {"code": 10014, "msg": f"app secret invalid {heard.json.get('app_secret')}"}
            if word == "later":
                return 429, {"code": 99991400, "msg": "request trigger frequency limit"}, {"x-ogw-ratelimit-reset": "9"}
            self.issued += 1
            return 200, {"code": 0, "tenant_access_token": f"{self.TOKEN}-{self.issued}", "expire": 7200}
        if heard.path.endswith("/read_users"):
            who = heard.path.split("/")[-2].removeprefix("om_")
            read = [{"user_id_type": "open_id", "user_id": "ou_1", "timestamp": "1"}] if self.later.get(who) == "read" else []
            return 200, {"code": 0, "data": {"items": read, "has_more": False}}
        return 404, {}

    def fits(self, heard: Heard) -> Iterable[str]:
        if len(heard.json["uuid"]) > 50:
            yield "uuid too long"
        if len(heard.json["content"].encode()) > 30 * 1_024:
            yield "card too long"


class FakeLanxin(FakePlatform):
    """`errCode` in a 200; a uuid it has had rings nobody again."""

    CHANNEL = "lanxin"
    SECRETS: ClassVar[dict[str, str]] = {"appid": "100-200", "secret": "lanxin-secret"}
    KEYED_HERE = True

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.path != "/v1/bot/messages/create":
            return None
        return heard.json["uuid"], heard.json["userIdList"][0], heard.json["msgData"]["text"]["content"].encode()

    def admits(self, heard: Heard) -> bool:
        return heard.query.get("app_token") == f"{self.TOKEN}-{self.issued}"

    def says(self, word: str, heard: Heard) -> Told:
        if word == "worn":
            return 200, {"errCode": 10102, "errMsg": "app_token is invalid"}
        if word == "refuse":
            return 200, {"errCode": 0, "errMsg": "ok", "data": {"msgId": "m", "invalidStaff": heard.json["userIdList"]}}
        if word == "later":
            return 200, {"errCode": 45009, "errMsg": "too often"}
        if word == "quota":
            return 200, {"errCode": 45009, "errMsg": "daily quota reached"}
        return 200, {"errCode": 0, "errMsg": "ok", "data": {"msgId": "524288-1"}}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.path != "/v1/apptoken/create":
            return 404, {}
        if word == "refuse" or heard.query.get("secret") != self.SECRETS["secret"]:
            return 200, {"errCode": 10001, "errMsg": f"secret {heard.query.get('secret')} is wrong"}
        if word == "later":
            return 200, {"errCode": -1, "errMsg": "busy"}
        self.issued += 1
        return 200, {"errCode": 0, "errMsg": "ok", "data": {"appToken": f"{self.TOKEN}-{self.issued}", "expiresIn": 7200}}
