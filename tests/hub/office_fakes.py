"""Platforms with a directory and a sign-in, answering as their documents say, errors inside HTTP 200 too."""

import json
from pathlib import Path
from typing import Any, ClassVar

from fakes_http import FakePlatform, Heard, Told

from qingqun.hub import vault
from qingqun.hub.models import Credential
from qingqun.hub.platforms import CHANNEL

SAMPLES = Path("tests/data/directory")


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


class FakeOffice(FakePlatform):
    """`people` are uid -> (name, department, number); `broken` names a path that answers with an error in a 200."""

    PLATFORM = ""

    def __init__(self) -> None:
        super().__init__()
        self.departments: dict[str, tuple[str, str]] = {}
        self.people: dict[str, tuple[str, str, str]] = {}
        self.gone: set[str] = set()
        self.broken = ""
        self.corp, self.codes = "own-corp", dict[str, str]()  # a code and whose it is; empty: of another corporation

    def read(self, heard: Heard) -> None:
        return None

    def switch_on(self, **more: Any) -> None:
        values = {**self.SECRETS, "base": self.base, "private": True, "signin": True, **more}
        row = {"locked": vault.lock(json.dumps(values)), "active": True}
        Credential.objects.update_or_create(channel=CHANNEL + self.PLATFORM, name="default", defaults=row)

    def other(self, heard: Heard, word: str) -> Told:
        if self.broken and self.broken in heard.path:
            return 200, {"errcode": 60011, "code": 60011, "errmsg": "no privilege", "msg": "no privilege"}
        return self.told(heard)

    def told(self, heard: Heard) -> Told:
        raise NotImplementedError


class FakeWecomOffice(FakeOffice):
    PLATFORM = "wecom"
    SECRETS: ClassVar[dict[str, str]] = {"corpid": "own-corp", "agentid": "7", "corpsecret": "wecom-secret"}

    def told(self, heard: Heard) -> Told:
        ok = {"errcode": 0, "errmsg": "ok"}
        if heard.path == "/cgi-bin/gettoken":
            return 200, ok | {"access_token": "t", "expires_in": 7200}
        if heard.query.get("access_token") != "t":
            return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
        if heard.path == "/cgi-bin/department/list":
            return 200, ok | {"department": [{"id": int(k), "name": n, "parentid": int(p)} for k, (n, p) in self.departments.items()]}
        if heard.path == "/cgi-bin/user/list":
            return 200, ok | {"userlist": self._members(heard.query["department_id"])}
        who = self.codes.pop(heard.query.get("code", ""), None)
        if who is None:
            return 200, {"errcode": 40029, "errmsg": "invalid code"}
        return 200, ok | ({"userid": who} if who else {"openid": "o-stranger", "external_userid": "e"})

    def _members(self, department: str) -> list[dict[str, Any]]:
        return [
            {"userid": uid, "name": name, "department": [int(place)], "status": 5 if uid in self.gone else 1}
            for uid, (name, place, _number) in self.people.items()
            if place == department
        ]


class FakeDingtalkOffice(FakeOffice):
    PLATFORM = "dingtalk"
    SECRETS: ClassVar[dict[str, str]] = {"corpid": "own-corp", "appkey": "key", "appsecret": "ding-secret"}
    PAGE = 2

    def told(self, heard: Heard) -> Told:
        if heard.path == "/gettoken":
            return 200, {"errcode": 0, "access_token": "t", "expires_in": 7200}
        if heard.path == "/v1.0/oauth2/userAccessToken":
            who = self.codes.pop(heard.json["code"], None)
            if who is None:
                return 400, {"code": "invalidParameter.authCode.notFound", "message": "bad code"}
            return 200, {"accessToken": f"u-{who}", "expireIn": 7200, "corpId": self.corp if who else "other-corp"}
        if heard.path == "/v1.0/contact/users/me":
            return 200, {"nick": "x", "unionId": heard.headers["x-acs-dingtalk-access-token"].removeprefix("u-") + "-union", "openId": "o"}
        if heard.path == "/topapi/v2/department/listsub":
            below = [(k, n) for k, (n, p) in self.departments.items() if p == str(heard.json["dept_id"])]
            return 200, {"errcode": 0, "result": [{"dept_id": int(k), "name": n, "parent_id": heard.json["dept_id"]} for k, n in below]}
        return 200, {"errcode": 0, "result": self._page(str(heard.json["dept_id"]), heard.json["cursor"])}

    def _page(self, department: str, cursor: int) -> dict[str, Any]:
        every = [(uid, one) for uid, one in self.people.items() if one[1] == department]
        rows = [
            {"userid": uid, "unionid": f"{uid}-union", "name": name, "dept_id_list": [int(place)], "job_number": number}
            for uid, (name, place, number) in every[cursor : cursor + self.PAGE]
        ]
        more = cursor + self.PAGE < len(every)
        return {"has_more": more, "list": rows} | ({"next_cursor": cursor + self.PAGE} if more else {})


class FakeFeishuOffice(FakeOffice):
    PLATFORM = "feishu"
    SECRETS: ClassVar[dict[str, str]] = {"app_id": "cli", "app_secret": "feishu-secret", "tenant": "own-corp"}
    PAGE = 2

    def told(self, heard: Heard) -> Told:
        if heard.path.endswith("tenant_access_token/internal"):
            return 200, {"code": 0, "tenant_access_token": "t", "expire": 7200}
        if heard.path.endswith("/oauth/token"):
            who = self.codes.pop(heard.json["code"], None)
            return (200, {"code": 0, "access_token": f"u-{who}"}) if who is not None else (400, {"code": 20003, "error": "invalid_grant"})
        if heard.path.endswith("/user_info"):
            who = heard.headers["authorization"].removeprefix("Bearer u-")
            names = {"open_id": f"other-app-{who}", "union_id": f"{who}-union", "tenant_key": self.corp if who else "other-corp"}
            return 200, {"code": 0, "data": names}
        if heard.path.endswith("/children"):
            rows = [{"open_department_id": k, "name": n, "parent_department_id": p} for k, (n, p) in self.departments.items()]
            return 200, {"code": 0, "data": self._page(rows, heard)}
        place = heard.query["department_id"]
        rows = [self._member(uid, one) for uid, one in self.people.items() if one[1] == place]
        return 200, {"code": 0, "data": self._page(rows, heard)}

    def _member(self, uid: str, one: tuple[str, str, str]) -> dict[str, Any]:
        status = {"is_resigned": uid in self.gone, "is_activated": True}
        names = {"open_id": uid, "union_id": f"{uid}-union", "user_id": uid}
        return {**names, "name": one[0], "department_ids": [one[1]], "employee_no": one[2], "status": status}

    def _page(self, rows: list[dict[str, Any]], heard: Heard) -> dict[str, Any]:
        start = int(heard.query.get("page_token") or 0)
        more = start + self.PAGE < len(rows)
        found: dict[str, Any] = {"has_more": more}
        if rows[start : start + self.PAGE]:
            found["items"] = rows[start : start + self.PAGE]
        return found | ({"page_token": str(start + self.PAGE)} if more else {})


OFFICES: dict[str, type[FakeOffice]] = {one.PLATFORM: one for one in (FakeWecomOffice, FakeDingtalkOffice, FakeFeishuOffice)}
ROOTS = {"wecom": "1", "dingtalk": "1", "feishu": "0"}


def peopled(fake: FakeOffice) -> FakeOffice:
    """Give the office two stations and five people, more than a page holds."""
    root = ROOTS[fake.PLATFORM]
    fake.departments = {"2": ("东社区", root), "3": ("南社区", root), "4": ("网格", "3")}
    fake.people = {
        "li": ("小李", root, ""),
        "wang": ("小王", "2", ""),
        "a": ("甲", "3", "901"),
        "b": ("乙", "3", "902"),
        "c": ("丙", "3", ""),
    }
    return fake
