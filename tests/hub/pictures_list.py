"""Which pages are looked at, by whom, and what is done on them first."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from qingqun.hub.models import Complaint, Delivery, Unit

BROKEN = "出错"  # what is searched to see how an error of the house looks
Act = Callable[[Page, str], Any]


@dataclass(frozen=True)
class Visit:
    """A picture's name, and how one gets to what is on it."""

    name: str
    act: Act


def _to(name: str, address: str, *then: Callable[[Page], Any]) -> Visit:
    def act(page: Page, root: str) -> None:
        page.goto(f"{root}/{address}")
        for step in then:
            step(page)
            page.wait_for_load_state()

    return Visit(name, act)


def _click(what: str) -> Callable[[Page], Any]:
    return lambda page: page.click(what)


def _fill(**fields: str) -> Callable[[Page], Any]:
    def fill(page: Page) -> None:
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)

    return fill


def _open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def visits(house: SimpleNamespace) -> dict[str, list[Visit]]:
    """Return the visits by login; an empty one is nobody's."""
    return {
        "": _anybody(house),
        "lin": _reader(house),
        "fawen": _author(house),
        "pizhun": [_to("approve", "approve/"), _to("mine-approver", "mine/"), _to("mfa-setup", "accounts/2fa/totp/activate/")],
        "guanli": _administrator(house),
        "shenji": _auditor(),
        "xin": [
            _to(f"empty-{(name or 'inbox').split('/')[-1]}", f"{name}/" if name else "")
            for name in ("", "all", "catchup", "desk", "approve", "counts", "mine/reach")
        ],
        "lao": _second_factor(house),
        "fenguan": [_to("counts", "counts/", _open), _to("mine-supervisor", "mine/")],
    }


def _second_factor(house: SimpleNamespace) -> list[Visit]:
    def code(page: Page) -> None:
        counter = next(iter(totp.yield_hotp_counters_from_time()))
        page.fill("[name=code]", totp.format_hotp_value(totp.hotp_value(house.secret, counter)))
        page.click("main form button.wide")

    return [
        _to("mfa-asked", "accounts/2fa/authenticate/"),
        _to(
            "mfa-set",
            "accounts/2fa/authenticate/",
            code,
            lambda page: page.goto(page.url.split("/accounts")[0].rstrip("/") + "/accounts/2fa/"),
        ),
        _to("mfa-codes", "accounts/2fa/recovery-codes/"),
        _to("mfa-off", "accounts/2fa/totp/deactivate/"),
        _to("mfa-key", "accounts/2fa/webauthn/add/"),
    ]


def _anybody(house: SimpleNamespace) -> list[Visit]:
    wrong = _to("signin-wrong", "accounts/login/", _fill(login="lin", password="x" * 12), _click("main button[type=submit]"))
    return [
        _to("signin", "accounts/login/"),
        wrong,
        _to("forgot", "accounts/password/reset/", _open),
        _to("door-closed", f"go/{house.token}"),
        _to("door-open", f"go/{house.token}", _click("main form button")),
        _to("door-ended", f"go/{house.ended}"),
        _to("start", f"start/{house.once}/"),
        _to("start-poor", f"start/{house.once}/", _fill(new_password1="短", new_password2="短"), _click("main button.wide")),
        _to("start-wrong", "start/1-x/"),
        _to("complain-anonymous", "complaint/"),
        _to("complaint", "complaint/JKLM2345NPQR6789/"),
        _to("signout", "accounts/logout/"),
    ]


def _mine(house: SimpleNamespace, notice: Any) -> str:
    return f"n/{Delivery.objects.get(notice=notice, person=house.lin).pk}/"


def _reader(house: SimpleNamespace) -> list[Visit]:
    answer, passed = _mine(house, house.answer), _mine(house, house.passed)
    return [
        _to("inbox", ""),
        _to("inbox-open", "", _open),
        _to("catchup", "catchup/", _open),
        _to("all", "all/"),
        _to("notice-answer", answer),
        _to("notice-important", _mine(house, house.flood_notice)),
        _to("notice-changed", _mine(house, house.meeting), _open),
        _to("notice-passed", passed),
        _to("notice-gone", _mine(house, house.gone)),
        _to("notice-done", _mine(house, house.forgot)),
        _to("record", f"{answer}record/"),
        _to("topics", "topics/"),
        _to("search", "search/?q=台账"),
        _to("search-none", "search/?q=没有这个词"),
        _to("search-empty", "search/"),
        _to("mine", "mine/", _open),
        _to("rhythm", "mine/rhythm/", _open),
        _to("reach", "mine/reach/"),
        _to("tokens", "mine/tokens/", _open),
        _to(
            "tokens-made",
            "mine/tokens/",
            _open,
            _fill(name="演示"),
            _click("main label:has-text('收件') >> nth=0"),
            _click("main button.wide"),
        ),
        _to("complain", f"complaint/?delivery={answer.split('/')[1]}"),
        _to("mfa", "accounts/2fa/"),
        _to("password", "accounts/password/change/"),
        _to("missing", "nowhere/"),
        _to("broken", f"search/?q={BROKEN}"),
        _to("forbidden", "people/"),
        _to("large-on", "mine/", _click("form[action='/large/'] button")),
        _to("large-inbox", ""),
        _to("large-notice", answer),
        _to("large-mine", "mine/"),
    ]


def _author(house: SimpleNamespace) -> list[Visit]:
    return [
        _to("desk", "desk/", _open),
        _to("write-new", "desk/new/", _open),
        _to("write-bad", f"desk/{house.bad.pk}/", _open),
        _to("preview-bad", f"desk/{house.bad.pk}/preview/", _open),
        _to("preview-late", f"desk/{house.late.pk}/preview/", _open),
        _to("preview-shame", f"desk/{house.shame.pk}/preview/", _open),
        _to("preview-copy", f"desk/{house.good.pk}/preview/", _open),
        _to("preview-urgent", f"desk/{house.urgent.pk}/preview/", _open),
        _to("preview-taken", f"desk/{house.bad.pk}/preview/", _click("button[value^='take:'] >> nth=0")),
        _to("write-secret", "desk/new/", _fill(title="机密★5年 防汛部署", text="内容"), _click("button[value=preview]")),
        _to("sent-answers", f"desk/sent/{house.answer.pk}/", _open),
        _to("sent-important", f"desk/sent/{house.flood_notice.pk}/", _open),
        _to("sent-changed", f"desk/sent/{house.meeting.pk}/", _open),
        _to("sent-gone", f"desk/sent/{house.gone.pk}/", _open),
        _to("sent-over", f"desk/sent/{house.forgot.pk}/", _open),
        _to("correct", f"desk/sent/{house.flood_notice.pk}/correct/"),
        _to(
            "correct-look",
            f"desk/sent/{house.flood_notice.pk}/correct/",
            _fill(text="请值守人员于3月11日18:30前检查易积水点。"),
            _click("button[value=look]"),
        ),
        _to("better", "better/"),
        _to("search-author", "search/?q=防汛"),
        _to("mine-author", "mine/"),
    ]


def _administrator(house: SimpleNamespace) -> list[Visit]:
    unit = Unit.objects.exclude(parent=None)[0].pk
    return [
        _to("mine-administrator", "mine/"),
        _to("people", "people/"),
        _to("people-wrong", "people/", lambda page: page.set_input_files("#file", house.wrong), _click("button[value=take]")),
        _to("invite", "invite/"),
        _to("hours", "hours/"),
        _to("unit-hours", f"units/{unit}/hours/", _open),
        _to("channels", "channels/"),
        _to("channel-wecom", "channels/?name=wecom"),
        _to("channel-new", "channels/?name=dingtalk"),
        _to("channel-mail", "channels/?name=smtp"),
        _to("channel-try", "channels/?name=wecom", _fill(address="linxiaoyu"), _click("button[value=try]")),
        _to("channel-robot", "channels/?name=robot_wecom"),
        _to("platforms", "platforms/", _open),
        _to("directory", "directory/"),
        _to("directory-plan", "directory/", _click("button[value=look]"), _open),
        _to("duty", "duty/", _open),
        _to("rights", "rights/"),
        _to("rights-own", "rights/", _fill(who="不存在的人"), _click("form.section button")),
        _to("absences", "absences/", _open),
        _to("absences-wrong", "absences/", _fill(lines="不存在的人 2026-03-12\n1001 明天"), _click("button[value=type]")),
        _to("identities", "identities/", _open),
        _to("listening", "listening/", _open),
        _to("pace", "pace/"),
        _to("waivers", "waivers/"),
        _to("filing", "filing/"),
        _to("findings", "findings/", _open),
        _to("complaints-admin", "complaints/"),
        _to("inbox-admin", ""),
    ]


def _auditor() -> list[Visit]:
    first = Complaint.objects.filter(answered_at=None)[0].pk
    return [_to("complaints", "complaints/"), _to("findings-auditor", "findings/"), _to("mine-auditor", "mine/")] if first else []
