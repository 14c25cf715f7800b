"""What is said about a draft before it is sent."""

from qingqun.hub.preflight.check import Preflight, check, mark_of, refusals
from qingqun.hub.preflight.remark import Remark
from qingqun.hub.preflight.rewrite import Rewrite

__all__ = ["Preflight", "Remark", "Rewrite", "check", "mark_of", "refusals"]
