"""WeCom: departments and members (department/list, user/list), sign-in by the application's page (auth/getuserinfo).

`errcode` stands inside a 200. Members of one department come in one answer, without pages. Who is of another corporation comes back with
an `openid` instead of a `userid`.
"""

from typing import Any
from urllib.parse import urlencode

from qingqun.hub.deliver.ringing import Credentials, Field
from qingqun.hub.deliver.speak import Request
from qingqun.hub.platforms._asking import PLACE, Api, asked, rows, word, words
from qingqun.hub.platforms._records import DepartmentRow, Listed, MemberRow, Who
from qingqun.i18n import _
from qingqun.words import Refused

TITLE = _("企业微信")
FIELDS = (
    Field("corpid", _("企业 ID")),
    Field("agentid", _("应用 AgentId"), kind="number"),
    Field("corpsecret", _("应用 Secret"), secret=True, hint=_("要能看到通讯录")),
    *PLACE,
)
ROOT = "1"
DOORS = ("https://login.work.weixin.qq.com", "https://open.weixin.qq.com")
_LEFT = "5"  # status: has left the corporation


def _issue(credentials: Credentials) -> Request:
    return Request("GET", f"/cgi-bin/gettoken?{urlencode({'corpid': credentials['corpid'], 'corpsecret': credentials['corpsecret']})}")


def _bearing(request: Request, token: str) -> Request:
    mark = "&" if "?" in request.path else "?"
    return Request(request.way, f"{request.path}{mark}{urlencode({'access_token': token})}", request.body)


API = Api(
    TITLE,
    "https://qyapi.weixin.qq.com",
    ("errcode",),
    frozenset({"40014", "42001"}),
    _issue,
    ("access_token", "expires_in"),
    _bearing,
)


def listed(credentials: Credentials) -> Listed:
    """Read the whole directory that the application may see."""
    found = rows(asked(API, credentials, Request("GET", "/cgi-bin/department/list")), "department")
    every = [DepartmentRow(word(one.get("id")), word(one.get("name")), word(one.get("parentid"))) for one in found]
    departments = list({one.id: one for one in every if one.id}.values())
    members: dict[str, MemberRow] = {}
    for number in dict.fromkeys([*(one.id for one in departments), *(one.parent for one in departments if one.parent != "0")]):
        said = asked(API, credentials, Request("GET", f"/cgi-bin/user/list?{urlencode({'department_id': number})}"))
        members |= {one.uid: one for one in map(_member, rows(said, "userlist")) if one.uid}
    return Listed(ROOT, tuple(one for one in departments if one.id != ROOT), tuple(members.values()))


def door(credentials: Credentials, back: str, state: str, agent: str) -> str:
    """Inside WeCom itself nothing has to be scanned."""
    if "wxwork" in agent.lower():
        inside = {"appid": credentials["corpid"], "redirect_uri": back, "response_type": "code", "scope": "snsapi_base", "state": state}
        return f"{DOORS[1]}/connect/oauth2/authorize?{urlencode(inside | {'agentid': credentials['agentid']})}#wechat_redirect"
    outside = {"login_type": "CorpApp", "appid": credentials["corpid"], "agentid": credentials["agentid"]}
    return f"{DOORS[0]}/wwlogin/sso/login?{urlencode(outside | {'redirect_uri': back, 'state': state})}"


def who(credentials: Credentials, code: str, _back: str) -> Who:
    said = asked(API, credentials, Request("GET", f"/cgi-bin/auth/getuserinfo?{urlencode({'code': code})}"))
    uid = word(said.get("userid") or said.get("UserId"))
    if not uid:
        raise Refused(_("您的{title}账号不是本单位的").format(title=_(TITLE)))
    return Who(uid, "")


def _member(one: dict[str, Any]) -> MemberRow:
    every = words(one, "department")
    main = word(one.get("main_department"))
    places = tuple(dict.fromkeys([main, *every] if main in every else every))
    return MemberRow(word(one.get("userid")), "", word(one.get("name")), places, "", word(one.get("status")) == _LEFT)
