"""The hub's own pages by the attack's clock: what the real web server runs while it is attacked."""

import os
from contextlib import ExitStack
from datetime import datetime

from qingqun.hub.wsgi import application  # isort: skip  what follows needs Django ready
from client import virtual

from qingqun.hub.now import kept_by

_for_good = ExitStack()
_for_good.enter_context(kept_by(virtual(datetime.fromisoformat(os.environ["ATTACK_START"]), float(os.environ["ATTACK_BEGUN"]))))

__all__ = ["application"]
