"""Group robots: no deliveries, since one post pings a whole group. They carry one summary a day at most, and are off until switched on.

One platform = one file with TITLE, FIELDS and post(text, credentials), found by walking this folder.
"""

import importlib
import pkgutil
from typing import Protocol, cast

from qingqun.hub.deliver.ringing import Credentials, Field, Outcome


class Robot(Protocol):
    """A file in this folder."""

    TITLE: str
    FIELDS: tuple[Field, ...]

    def post(self, text: str, credentials: Credentials) -> Outcome:
        """Say a text in the robot's group; mention nobody. Raises Unsent or Unheard."""


ROBOTS: dict[str, Robot] = {
    f"robot_{found.name}": cast("Robot", importlib.import_module(f"{__name__}.{found.name}")) for found in pkgutil.iter_modules(__path__)
}
