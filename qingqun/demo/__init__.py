"""A seeded street office: one week of chats, its register and its truth."""

from qingqun.demo.office import Office, generate
from qingqun.demo.scale import scale, write_scale

__all__ = ["Office", "generate", "scale", "write_scale"]
