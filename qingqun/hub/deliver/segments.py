"""Short messages: how much of title and summary fits beside the template's own words and the whole link."""

from qingqun.hub.deliver import cut
from qingqun.hub.deliver.ringing import Credentials, Field, Ringing
from qingqun.i18n import _

ONE, EACH = 70, 67  # characters of one message alone, and of each of several that are joined
_SEGMENTS, _FIXED = 3, 30
FIELDS = (
    Field("segments", _("最多几条"), default=str(_SEGMENTS), kind="number", needed=False, hint=_("一条 70 字；多条合并时每条 67 字")),
    Field("fixed", _("签名与模板固定文字的字数"), default=str(_FIXED), kind="number", needed=False),
)


def fitted(ringing: Ringing, credentials: Credentials) -> tuple[str, str]:
    """Return title and summary so that the whole message has no more segments than allowed; the link stays whole."""
    most = int(credentials.get("segments") or _SEGMENTS)
    whole = ONE if most <= 1 else EACH * most
    room = whole - int(credentials.get("fixed") or _FIXED) - cut.in_units(ringing.link)
    return cut.laid(ringing.title, ringing.summary, room, cut.in_units)
