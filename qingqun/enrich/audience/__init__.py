"""To whom a text speaks, as far as its own words say."""

from qingqun.enrich.audience.read import addressees, assigned
from qingqun.enrich.audience.said import Addressee, Reach

__all__ = ["Addressee", "Reach", "addressees", "assigned"]
