"""What a reader sees and gives back."""

from qingqun.hub.inbox.receive import receive

__all__ = ["receive"]
