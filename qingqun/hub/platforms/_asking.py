"""How a platform's interface is asked: with a token kept for all workers, its refusals inside HTTP 200 found, half an answer refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from qingqun.hub.deliver import passes, speak, wire
from qingqun.hub.deliver.ringing import Credentials, Field, Outcome
from qingqun.i18n import _
from qingqun.words import Refused

LARGEST = 8 * 1024 * 1024  # bytes of one answer: a department of ten thousand
MOST_PAGES = 5_000
_USUAL = 7_200  # seconds that a token lasts where the platform does not say
PLACE = (
    Field("base", _("接口地址"), needed=False, hint=_("私有化部署时填写")),
    Field("private", _("在内网"), kind="yes", needed=False),
    Field("signin", _("允许用它登录"), kind="yes", needed=False),
)


_answered: ContextVar[Callable[[], None]] = ContextVar("answered", default=lambda: None)


@contextmanager
def following(answered: Callable[[], None]) -> Iterator[None]:
    """Let `answered` be called after each answer of a platform meanwhile; what it raises ends the asking."""
    token = _answered.set(answered)
    try:
        yield
    finally:
        _answered.reset(token)


@dataclass(frozen=True, slots=True)
class Api:
    """A platform's interface: `issue` asks for a token, `bearing` puts it on a request, `number` finds the platform's own number."""

    title: str
    base: str
    keys: tuple[str, ...]
    worn: frozenset[str]
    issue: Callable[[Credentials], speak.Request]
    token: tuple[str, str]  # what the answer calls the token and its seconds
    bearing: Callable[[speak.Request, str], speak.Request]


def asked(api: Api, credentials: Credentials, request: speak.Request) -> dict[str, Any]:
    """Ask with a token and return what the platform said.

    Raises:
        Refused: it said no, or nothing that can be read.
    """

    def say(token: str) -> wire.Answer:
        return speak.ask(api.bearing(request, token), credentials, api.base, LARGEST)

    try:
        answer = passes.carrying(credentials, lambda: _issued(api, credentials), say, lambda answer: _number(api, answer) in api.worn)
    except speak.Denied as error:
        raise _refused(api, error.outcome.word) from None
    except (speak.Unsent, speak.Unheard) as error:
        raise _refused(api, str(error)) from None
    _answered.get()()
    return _read(api, answer)


def plain(api: Api, credentials: Credentials, request: speak.Request) -> dict[str, Any]:
    """Ask without a token of the application's.

    Raises:
        Refused: as `asked` does.
    """
    try:
        return _read(api, speak.ask(request, credentials, api.base, LARGEST), silent=True)
    except (speak.Unsent, speak.Unheard) as error:
        raise _refused(api, str(error)) from None


def rows(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects in a list.

    Raises:
        Refused: it is no list of objects: half a directory would look like people who left.
    """
    value = found.get(key)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _incomplete(key)
    return value


def word(value: object) -> str:
    """Return a number or a text as text, anything else as nothing. Half an emoji becomes a question mark, as no file takes it; NUL goes."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text.encode(errors="replace").decode().replace("\0", "").strip()


def words(found: dict[str, Any], key: str) -> list[str]:
    """Return the words of a list, none where there is no such list.

    Raises:
        Refused: something else stands there.
    """
    value = found.get(key) or []
    if not isinstance(value, list):
        raise _incomplete(key)
    return [word(one) for one in value]


def number(value: object) -> int:
    """Return a number of the platform's, 0 where there is none.

    Raises:
        Refused: something else stands there.
    """
    text = word(value) or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise _incomplete(text[:20])
    return int(text)


def _read(api: Api, answer: wire.Answer, *, silent: bool = False) -> dict[str, Any]:
    """Return what was said; `silent`: the platform gives no number where all is well."""
    number = _number(api, answer)
    found = speak.judge(answer, number or ("0" if silent and speak.said(answer) else ""))
    if found:
        raise _refused(api, found.word)
    return speak.said(answer)


def _number(api: Api, answer: wire.Answer) -> str:
    return speak.code(speak.said(answer), *api.keys)


def _issued(api: Api, credentials: Credentials) -> passes.Issued | Outcome:
    answer = speak.ask(api.issue(credentials), credentials, api.base)
    found, said = speak.judge(answer, _number(api, answer)), speak.said(answer)
    if found or not said.get(api.token[0]):
        return passes.denial(found)
    seconds = word(said.get(api.token[1]))
    lasts = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 8 else _USUAL
    return passes.Issued(str(said[api.token[0]]), lasts)


def _incomplete(key: str) -> Refused:
    return Refused(_("平台的回答不完整：没有“{key}”").format(key=key))


def _refused(api: Api, why: str) -> Refused:
    return Refused(_("{title}没有答应：{why}").format(title=_(api.title), why=why))
