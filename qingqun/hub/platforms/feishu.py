"""Feishu: departments and members in pages (contact/v3), sign-in by OAuth 2 (authen/v2/oauth/token, authen/v1/user_info).

Joined by `open_id` and `union_id`: the first is the application's own, the second the same for all applications of an office.
"""

from typing import Any
from urllib.parse import urlencode

from qingqun.hub.deliver import speak
from qingqun.hub.deliver.ringing import Credentials, Field
from qingqun.hub.deliver.speak import Request
from qingqun.hub.platforms._asking import MOST_PAGES, PLACE, Api, asked, plain, rows, word, words
from qingqun.hub.platforms._records import DepartmentRow, Listed, MemberRow, Who
from qingqun.i18n import _
from qingqun.words import Refused

TITLE = _("飞书")
FIELDS = (
    Field("app_id", _("应用 App ID")),
    Field("app_secret", _("应用 App Secret"), secret=True),
    Field("tenant", _("企业 tenant_key")),
    *PLACE,
)
ROOT = "0"
DOORS = ("https://accounts.feishu.cn",)
PAGE = 50


def _issue(credentials: Credentials) -> Request:
    body = speak.packed({"app_id": credentials["app_id"], "app_secret": credentials["app_secret"]}).encode()
    return Request("POST", "/open-apis/auth/v3/tenant_access_token/internal", body)


def _bearing(request: Request, token: str) -> Request:
    return Request(request.way, request.path, request.body, {"authorization": f"Bearer {token}"})


API = Api(
    TITLE,
    "https://open.feishu.cn",
    ("code",),
    frozenset({"99991661", "99991663", "99991664", "99991668", "99991677"}),
    _issue,
    ("tenant_access_token", "expire"),
    _bearing,
)


def listed(credentials: Credentials) -> Listed:
    """Read the whole directory that the application may see."""
    below = "/open-apis/contact/v3/departments/0/children"
    found = _paged(credentials, below, {"fetch_child": "true", "department_id_type": "open_department_id"})
    every_row = [
        DepartmentRow(word(one.get("open_department_id")), word(one.get("name")), word(one.get("parent_department_id"))) for one in found
    ]
    departments = list({one.id: one for one in every_row if one.id}.values())
    members: dict[str, MemberRow] = {}
    for number in (ROOT, *(one.id for one in departments)):
        asks = {"department_id": number, "department_id_type": "open_department_id", "user_id_type": "open_id"}
        every = _paged(credentials, "/open-apis/contact/v3/users/find_by_department", asks)
        members |= {one.uid: one for one in map(_member, every) if one.uid}
    return Listed(ROOT, tuple(departments), tuple(members.values()))


def door(credentials: Credentials, back: str, state: str, _agent: str) -> str:
    asks = {"client_id": credentials["app_id"], "response_type": "code", "redirect_uri": back, "state": state}
    return f"{DOORS[0]}/open-apis/authen/v1/authorize?{urlencode(asks)}"


def who(credentials: Credentials, code: str, back: str) -> Who:
    asks = {"grant_type": "authorization_code", "client_id": credentials["app_id"], "client_secret": credentials["app_secret"]}
    body = speak.packed(asks | {"code": code, "redirect_uri": back}).encode()
    given = plain(API, credentials, Request("POST", "/open-apis/authen/v2/oauth/token", body))
    bearer = {"authorization": f"Bearer {word(given.get('access_token'))}"}
    said = speak.inner(plain(API, credentials, Request("GET", "/open-apis/authen/v1/user_info", headers=bearer)), "data")
    if not said.get("tenant_key") or said["tenant_key"] != credentials["tenant"]:
        raise Refused(_("您的{title}账号不是本单位的").format(title=_(TITLE)))
    return Who(word(said.get("open_id")), word(said.get("union_id")))


def _paged(credentials: Credentials, path: str, asks: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    mark: dict[str, str] = {}
    for _page in range(MOST_PAGES):
        query = urlencode(asks | {"page_size": str(PAGE)} | mark)
        said = speak.inner(asked(API, credentials, Request("GET", f"{path}?{query}")), "data")
        found += rows(said, "items") if "items" in said or said.get("has_more") else []
        if not said.get("has_more"):
            return found
        mark = {"page_token": word(said.get("page_token"))}
    raise Refused(_("平台的回答没有尽头"))


def _member(one: dict[str, Any]) -> MemberRow:
    status = speak.inner(one, "status")
    places = tuple(words(one, "department_ids"))
    gone = bool(status.get("is_resigned") or status.get("is_exited"))
    return MemberRow(word(one.get("open_id")), word(one.get("union_id")), word(one.get("name")), places, word(one.get("employee_no")), gone)
