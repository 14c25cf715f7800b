"""Mail: one message a recipient, its Message-ID from the attempt (RFC 5322 3.6.4). A server's 250 proves nothing but that it took it.

Credentials: host, port, sender; user and password where the server asks; tls "starttls" (the default), "tls" or "no".
"""

import re
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("邮件")
LIMITS = Limits(credential=Rate(1_200, 60), person=Rate(20, 3_600))
KEYED = False  # mail servers do not look at a Message-ID before they take it
FIELDS = (
    Field("host", _("发信服务器")),
    Field("port", _("端口"), default="587", kind="number"),
    Field("sender", _("发件人"), hint="qingqun@example.gov.cn"),
    Field("user", _("账号"), needed=False),
    Field("password", _("密码"), secret=True, needed=False),
    Field("tls", _("加密"), default="starttls", choices=("starttls", "tls", "no")),
)
TIMEOUT = 20.0  # seconds without an answer
_LINE = 60  # characters of a subject
_ENHANCED = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}")  # RFC 3463


def render(ringing: Ringing, credentials: Credentials) -> Message:
    mail = EmailMessage(policy=SMTP)
    sender = str(credentials["sender"])
    mail["From"] = sender
    mail["To"] = ringing.address
    mail["Subject"] = " ".join(ringing.title.split())[:_LINE]
    mail["Message-ID"] = f"<{ringing.mark}@{parseaddr(sender)[1].partition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answer, please
    if ringing.urgent:
        mail["Importance"] = "high"
    mail.set_content(f"{ringing.summary}\n\n{_('查看与确认：')}{ringing.link}\n\n{ringing.unit}\n")
    return Message(ringing.attempt, ringing.mark, ringing.address, mail.as_bytes())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    """Use one connection for all, and a new one after a failure."""
    server: smtplib.SMTP | None = None
    try:
        for message in messages:
            try:
                server = server or _connected(credentials)
            except (OSError, smtplib.SMTPException) as error:
                yield message.attempt, _unsent(error)
                continue
            outcome = _handed(server, message, parseaddr(str(credentials["sender"]))[1])
            if outcome.state == Ring.UNKNOWN or outcome.again:
                _close(server)
                server = None
            yield message.attempt, outcome
    finally:
        _close(server)


def classify(response: tuple[int, bytes]) -> Outcome:
    """Read a reply (RFC 5321 4.2): 2 took it, 4 asks to come again, 5 is for good."""
    code, text = response
    enhanced = text.split(b" ", 1)[0]  # what follows may name the address
    word = f"{code} {enhanced.decode()}" if _ENHANCED.fullmatch(enhanced) else str(code)
    if 200 <= code < 300:
        return Outcome(Ring.SENT, word)
    return Outcome(Ring.REFUSED, word, again=400 <= code < 500)


def _handed(server: smtplib.SMTP, message: Message, sender: str) -> Outcome:
    """Before the text is on its way nothing has happened; after that a lost answer leaves the outcome unknown."""
    try:
        for reply in (server.mail(sender), server.rcpt(message.address)):
            if not 200 <= reply[0] < 300:
                with suppress(smtplib.SMTPException):
                    server.rset()
                return classify(reply)
    except (OSError, smtplib.SMTPException) as error:
        return _unsent(error)
    try:
        return classify(server.data(message.body))
    except smtplib.SMTPDataError as error:
        return classify((error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()))
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(Ring.UNKNOWN, type(error).__name__)


def _connected(credentials: Credentials) -> smtplib.SMTP:
    tls, place = credentials.get("tls", "starttls"), (str(credentials["host"]), int(credentials.get("port", 25)))
    trusted = ssl.create_default_context()
    server = smtplib.SMTP_SSL(*place, timeout=TIMEOUT, context=trusted) if tls == "tls" else smtplib.SMTP(*place, timeout=TIMEOUT)
    try:
        if tls == "starttls":
            server.starttls(context=trusted)
        if credentials.get("user"):
            server.login(str(credentials["user"]), str(credentials["password"]))
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _unsent(error: Exception) -> Outcome:
    return Outcome(Ring.REFUSED, type(error).__name__, again=True)


def _close(server: smtplib.SMTP | None) -> None:
    if server:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()
