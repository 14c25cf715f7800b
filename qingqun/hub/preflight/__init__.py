"""What is said about a draft before it is sent."""

from qingqun.hub.preflight.check import Preflight, check

__all__ = ["Preflight", "check"]
