"""How a delivery leaves the house: due deliveries become attempts, attempts are leased, rung and ended; one file per channel."""

from qingqun.hub.deliver.channels import CHANNELS, Opened, opened
from qingqun.hub.deliver.due import Resting
from qingqun.hub.deliver.finish import beat
from qingqun.hub.deliver.proof import prove
from qingqun.hub.deliver.round import look, ring, work

__all__ = ["CHANNELS", "Opened", "Resting", "beat", "look", "opened", "prove", "ring", "work"]
