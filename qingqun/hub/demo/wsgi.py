"""The hub's pages by the demo's clock."""

from contextlib import ExitStack

from qingqun.hub.demo.clock import kept
from qingqun.hub.wsgi import application

_for_good = ExitStack()
_for_good.enter_context(kept())

__all__ = ["application"]
