"""The other platforms, answering as their documents say: short messages by Aliyun and Tencent, ntfy, Matrix."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from fakes_http import FakePlatform, Heard, Told


class FakeAliyun(FakePlatform):
    """Checks ACS3-HMAC-SHA256; never knows a message again, so whatever comes twice is sent twice."""

    CHANNEL = "sms_aliyun"
    SECRETS: ClassVar[dict[str, str]] = {"key": "LTAI-key", "secret": "aliyun-secret", "sign": "和平街道", "template": "SMS_1"}

    def address(self, who: str) -> str:
        return "138000" + str(int(hashlib.sha256(who.encode()).hexdigest(), 16) % 100_000).zfill(5)

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.headers.get("x-acs-action") != "SendSms":
            return None
        return heard.query["OutId"], heard.query["PhoneNumbers"], heard.query["TemplateParam"].encode()

    def says(self, word: str, heard: Heard) -> Told:
        if not self._signed(heard):
            return 400, {"Code": "SignatureDoesNotMatch", "Message": f"signed by {heard.headers['authorization']}"}
        if word == "refuse":
            return 200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": f"{heard.query['PhoneNumbers']} illegal", "RequestId": "r"}
        if word == "later":
            return 200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发分钟级流控Permits:1", "RequestId": "r"}
        if word == "quota":
            return 200, {"Code": "isv.AMOUNT_NOT_ENOUGH", "Message": "账户余额不足", "RequestId": "r"}
        return 200, {"Code": "OK", "Message": "OK", "BizId": f"9007{heard.query['PhoneNumbers']}^0", "RequestId": "r"}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.headers.get("x-acs-action") != "QuerySendDetails" or not self._signed(heard):
            return 404, {}
        status = {"arrived": 3, "refused": 2}.get(self.later.get(heard.query["PhoneNumber"], ""), 1)
        row = {"PhoneNum": heard.query["PhoneNumber"], "SendStatus": status, "ErrCode": "UNDELIVERED" if status == 2 else "DELIVERED"}
        return 200, {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": [row]}, "TotalCount": 1}

    def _signed(self, heard: Heard) -> bool:
        given = heard.headers.get("authorization", "")
        names = given.partition("SignedHeaders=")[2].partition(",")[0].split(";")
        query = "&".join(f"{quote(key, safe='~')}={quote(value, safe='~')}" for key, value in sorted(heard.query.items()))
        lines = "".join(f"{name}:{heard.headers[name]}\n" for name in names)
        request = f"{heard.way}\n{heard.path}\n{query}\n{lines}\n{';'.join(names)}\n{hashlib.sha256(heard.body).hexdigest()}"
        text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
        wanted = hmac.new(self.SECRETS["secret"].encode(), text.encode(), hashlib.sha256).hexdigest()
        asked = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
        return asked <= set(names) and given.endswith(f"Signature={wanted}") and "Credential=LTAI-key," in given

    def fits(self, heard: Heard) -> Iterable[str]:
        yield from _segments("".join(_values(heard.query["TemplateParam"])))


class FakeTencent(FakePlatform):
    """Checks TC3-HMAC-SHA256; says for the number in the set whether it took it."""

    CHANNEL = "sms_tencent"
    SECRETS: ClassVar[dict[str, str]] = {"key": "AKID-key", "secret": "tencent-secret", "app": "1400", "sign": "和平街道", "template": "22"}
    address = FakeAliyun.address

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        if heard.headers.get("x-tc-action") != "SendSms":
            return None
        return heard.json["SessionContext"], heard.json["PhoneNumberSet"][0].removeprefix("+86"), heard.body

    def says(self, word: str, heard: Heard) -> Told:
        if not self._signed(heard):
            return 200, {
                "Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": heard.headers["authorization"]}, "RequestId": "r"}
            }
        number = heard.json["PhoneNumberSet"][0]
        codes = {
            "refuse": "InvalidParameterValue.IncorrectPhoneNumber",
            "later": "LimitExceeded.PhoneNumberThirtySecondLimit",
            "quota": "FailedOperation.InsufficientBalanceInSmsPackage",
        }
        code = codes.get(word, "Ok")
        row = {
            "SerialNo": f"5000:{number}" if code == "Ok" else "",
            "PhoneNumber": number,
            "Fee": int(code == "Ok"),
            "Code": code,
            "Message": f"{number}",
        }
        return 200, {"Response": {"SendStatusSet": [row], "RequestId": "r"}}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.headers.get("x-tc-action") != "PullSmsSendStatusByPhoneNumber" or not self._signed(heard):
            return 404, {}
        number = heard.json["PhoneNumber"]
        status = {"arrived": "SUCCESS", "refused": "FAIL"}.get(self.later.get(number.removeprefix("+86"), ""), "")
        rows = [{"SerialNo": f"5000:{number}", "ReportStatus": status, "Description": "UNDELIV"}] if status else []
        return 200, {"Response": {"PullSmsSendStatusSet": rows, "RequestId": "r"}}

    def _signed(self, heard: Heard) -> bool:
        at = heard.headers["x-tc-timestamp"]
        day = datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%d")
        lines = f"content-type:{heard.headers['content-type']}\nhost:{heard.headers['host']}\n"
        request = f"POST\n/\n\n{lines}\ncontent-type;host\n{hashlib.sha256(heard.body).hexdigest()}"
        text = f"TC3-HMAC-SHA256\n{at}\n{day}/sms/tc3_request\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = b"TC3" + self.SECRETS["secret"].encode()
        for part in (day, "sms", "tc3_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return heard.headers["authorization"] == (
            f"TC3-HMAC-SHA256 Credential=AKID-key/{day}/sms/tc3_request, SignedHeaders=content-type;host, Signature={wanted}"
        )

    def fits(self, heard: Heard) -> Iterable[str]:
        yield from _segments("".join(heard.json["TemplateParamSet"]))


class FakeNtfy(FakePlatform):
    """Tells success by an `id`; never knows a message again."""

    CHANNEL = "ntfy"
    SECRETS: ClassVar[dict[str, str]] = {"token": "tk_ntfy"}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        return hashlib.sha256(heard.body).hexdigest()[:28], heard.json["topic"], heard.body

    def says(self, word: str, heard: Heard) -> Told:
        if heard.headers.get("authorization") != f"Bearer {self.SECRETS['token']}":
            return 401, {"code": 40101, "http": 401, "error": f"unauthorized {heard.headers.get('authorization')}"}
        if word == "refuse":
            return 403, {"code": 40301, "http": 403, "error": f"forbidden {heard.json['topic']}"}
        if word == "later":
            return 429, {"code": 42901, "http": 429, "error": "limit reached: too many requests"}
        if word == "quota":
            return 429, {"code": 42908, "http": 429, "error": "limit reached: daily message quota reached"}
        return 200, {"id": "hwQ2YpKdmg", "time": 1, "expires": 2, "event": "message", "topic": heard.json["topic"]}

    def fits(self, heard: Heard) -> Iterable[str]:
        if len(heard.json["message"].encode()) > 4_096:
            yield "message too long"


class FakeMatrix(FakePlatform):
    """Rooms by alias, transactions by id: what comes twice on one device is one event."""

    CHANNEL = "matrix"
    SECRETS: ClassVar[dict[str, str]] = {"user": "@qingqun:fake", "password": "matrix-secret"}
    KEYED_HERE = True

    def __init__(self, answer: Any = "ok") -> None:
        super().__init__(answer)
        self.rooms: dict[str, str] = {}

    def address(self, who: str) -> str:
        return f"@{who}:fake"

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        parts = [unquote(part) for part in heard.path.split("/")]
        if heard.way != "PUT" or parts[4:5] != ["rooms"]:
            return None
        return parts[8], next((who for who in self.rooms.values() if parts[5] == f"!{who}"), parts[5]), heard.body

    def admits(self, heard: Heard) -> bool:
        return heard.headers.get("authorization") == f"Bearer {self.TOKEN}-{self.issued}"

    def says(self, word: str, heard: Heard) -> Told:
        if word == "worn":
            return 401, {"errcode": "M_UNKNOWN_TOKEN", "error": f"Invalid {heard.headers.get('authorization')}", "soft_logout": False}
        if word == "refuse":
            return 403, {"errcode": "M_FORBIDDEN", "error": "not in room"}
        if word == "later":
            return 429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 4_500}
        if word == "quota":
            return 403, {
                "errcode": "M_RESOURCE_LIMIT_EXCEEDED",
                "error": "This server has reached its limit",
                "limit_type": "monthly_active_user",
            }
        return 200, {"event_id": "$abc"}

    def other(self, heard: Heard, word: str) -> Told:
        if heard.path.endswith("/login"):
            if word == "refuse" or heard.json["password"] != self.SECRETS["password"]:
                return 403, {"errcode": "M_FORBIDDEN", "error": f"Invalid password {heard.json['password']}"}
            if word == "later":
                return 429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 4_500}
            self.issued += 1
            return 200, {"access_token": f"{self.TOKEN}-{self.issued}", "device_id": heard.json["device_id"], "user_id": "@qingqun:fake"}
        if "/directory/room/" in heard.path:
            alias = unquote(heard.path.rpartition("/")[2])
            return (200, {"room_id": f"!{self.rooms[alias]}"}) if alias in self.rooms else (404, {"errcode": "M_NOT_FOUND"})
        if heard.path.endswith("/createRoom"):
            who = heard.json["invite"][0]
            self.rooms[f"#{heard.json['room_alias_name']}:fake"] = who
            return 200, {"room_id": f"!{who}"}
        return 404, {}


def _segments(text: str) -> Iterable[str]:
    """Three segments of 67 UTF-16 units, of which the template's own words take 30."""
    if len(text.encode("utf-16-le")) // 2 > 3 * 67 - 30:
        yield f"too many segments: {len(text)}"


def _values(text: str) -> list[str]:
    return [str(value) for value in json.loads(text).values()]
