"""DingTalk: departments level by level (department/listsub), members in pages (topapi/v2/user/list), sign-in by OAuth 2 (userAccessToken).

The directory knows `userid` and `unionid`, the sign-in only `unionId`; the corporation stands in the token's answer.
"""

from typing import Any
from urllib.parse import urlencode

from qingqun.hub.deliver import speak
from qingqun.hub.deliver.ringing import Credentials, Field
from qingqun.hub.deliver.speak import Request
from qingqun.hub.platforms._asking import MOST_PAGES, PLACE, Api, asked, number, plain, rows, word, words
from qingqun.hub.platforms._records import DepartmentRow, Listed, MemberRow, Who
from qingqun.i18n import _
from qingqun.words import Refused

TITLE = _("钉钉")
FIELDS = (
    Field("corpid", _("企业 CorpId")),
    Field("appkey", _("应用 AppKey")),
    Field("appsecret", _("应用 AppSecret"), secret=True),
    *PLACE,
)
ROOT = "1"
DOORS = ("https://login.dingtalk.com",)
PAGE = 100


def _issue(credentials: Credentials) -> Request:
    return Request("GET", f"/gettoken?{urlencode({'appkey': credentials['appkey'], 'appsecret': credentials['appsecret']})}")


def _bearing(request: Request, token: str) -> Request:
    return Request(request.way, f"{request.path}?{urlencode({'access_token': token})}", request.body)


API = Api(
    TITLE,
    "https://oapi.dingtalk.com",
    ("errcode",),
    frozenset({"40014", "42001"}),
    _issue,
    ("access_token", "expires_in"),
    _bearing,
)
_NEW = Api(
    TITLE, "https://api.dingtalk.com", ("code",), frozenset(), _issue, ("accessToken", "expireIn"), _bearing
)  # says no number where all is well


def listed(credentials: Credentials) -> Listed:
    """Read the whole directory, from the root down."""
    departments: dict[str, DepartmentRow] = {}
    waiting = [ROOT]
    while waiting:
        above = waiting.pop()
        for one in rows(_topapi(credentials, "department/listsub", {"dept_id": number(above)}), "result"):
            own = word(one.get("dept_id"))
            if own and own not in departments:
                departments[own] = DepartmentRow(own, word(one.get("name")), above)
                waiting.append(own)
    members: dict[str, MemberRow] = {}
    for own in (ROOT, *departments):
        members |= {one.uid: one for one in map(_member, _members(credentials, number(own))) if one.uid}
    return Listed(ROOT, tuple(departments.values()), tuple(members.values()))


def door(credentials: Credentials, back: str, state: str, _agent: str) -> str:
    asks = {"response_type": "code", "client_id": credentials["appkey"], "scope": "openid corpid", "prompt": "consent"}
    return f"{DOORS[0]}/oauth2/auth?{urlencode(asks | {'redirect_uri': back, 'state': state, 'corpId': credentials['corpid']})}"


def who(credentials: Credentials, code: str, _back: str) -> Who:
    asks = {"clientId": credentials["appkey"], "clientSecret": credentials["appsecret"], "code": code, "grantType": "authorization_code"}
    given = plain(_NEW, credentials, Request("POST", "/v1.0/oauth2/userAccessToken", speak.packed(asks).encode()))
    if given.get("corpId") != credentials["corpid"]:
        raise Refused(_("您的{title}账号不是本单位的").format(title=_(TITLE)))
    bearer = {"x-acs-dingtalk-access-token": word(given.get("accessToken"))}
    said = plain(_NEW, credentials, Request("GET", "/v1.0/contact/users/me", headers=bearer))
    return Who("", word(said.get("unionId")))


def _topapi(credentials: Credentials, what: str, body: dict[str, Any]) -> dict[str, Any]:
    return asked(API, credentials, Request("POST", f"/topapi/v2/{what}", speak.packed(body).encode()))


def _members(credentials: Credentials, department: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = 0
    for _page in range(MOST_PAGES):
        said = speak.inner(_topapi(credentials, "user/list", {"dept_id": department, "cursor": cursor, "size": PAGE}), "result")
        found += rows(said, "list")
        if not said.get("has_more"):
            return found
        cursor = number(said.get("next_cursor"))
    raise Refused(_("平台的回答没有尽头"))


def _member(one: dict[str, Any]) -> MemberRow:
    places = tuple(words(one, "dept_id_list"))
    return MemberRow(word(one.get("userid")), word(one.get("unionid")), word(one.get("name")), places, word(one.get("job_number")))
