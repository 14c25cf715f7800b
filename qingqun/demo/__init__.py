"""A seeded street office: one week of chats, its register and its truth; a school's and a hospital's week beside it."""

from qingqun.demo.office import Office, generate
from qingqun.demo.repertoire import WEEKS
from qingqun.demo.scale import scale, write_scale

__all__ = ["WEEKS", "Office", "generate", "scale", "write_scale"]
