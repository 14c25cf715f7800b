"""To the platform and back. Whatever goes wrong on the way says so on one page and lets nobody in."""

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.utils import respond_to_login_on_get
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingqun.hub.doors import joined
from qingqun.hub.doors.provider import Door
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 512


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask by a form before leaving for the platform."""
    door = _door(request, provider_id)
    asked: HttpResponse | None = respond_to_login_on_get(request, door)
    return asked or door.redirect_from_request(request)


@login_not_required  # type: ignore[untyped-decorator]  # same
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take who comes back: the state must be this browser's own, and is good once."""
    door = _door(request, provider_id)
    state = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=door.sub_id)
    code = request.GET.get("code") or request.GET.get("authCode") or ""
    if state is None:
        return _stopped(request, provider_id, _("这次登录已经过期，或者不是从这里开始的，请再试一次"))
    if not code or len(code) > LONGEST:
        return _stopped(request, provider_id, _("没有登录：在平台上取消了，或者平台没有给出授权"))
    try:
        found = door.sociallogin_from_response(request, door.who(code))
    except Refused as why:
        return _stopped(request, provider_id, str(why))
    found.state = state
    answer: HttpResponse = complete_social_login(request, found)
    return answer


def _door(request: HttpRequest, provider_id: str) -> Door:
    try:
        found = get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if not isinstance(found, Door):
        raise Http404
    return found


def _stopped(request: HttpRequest, platform: str, why: str) -> HttpResponse:
    joined.refused(platform)
    return render(request, "socialaccount/authentication_error.html", {"why": why}, status=403)
