"""Before others can reach the pages: is what travels encrypted, and is the address free?"""

import ipaddress
import socket

from django.conf import settings

from qingqun.i18n import _
from qingqun.words import Refused


def guarded(host: str, certificate: str) -> None:
    """Refuse to serve other machines without encryption.

    Raises:
        Refused: names the settings that help.
    """
    if _loopback(host):
        return
    if not settings.HTTPS:
        raise Refused(_("{host} 别的机器也能访问，而 config.toml 里 https = false：密码会明文传输。见 docs/admin.md").format(host=host))
    if not certificate and not settings.BEHIND_PROXY:
        raise Refused(_("没有证书：请用 --certificate 和 --key，或设 behind_proxy = true 并放在做 TLS 的反向代理后面"))


def free(host: str, port: int) -> int:
    """Return the port, or a free one for 0.

    Raises:
        Refused: something listens there already.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(_("{host}:{port} 已被占用或不能用：是不是已经在运行？").format(host=host, port=port)) from error
        return int(probe.getsockname()[1])


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
