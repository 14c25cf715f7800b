"""Files to the one model: parsing, then admission."""

from qingqun.intake.grant import Grant, IncompleteGrantError
from qingqun.intake.loading import FileRead, Loaded, load
from qingqun.intake.stated import Stated

__all__ = ["FileRead", "Grant", "IncompleteGrantError", "Loaded", "Stated", "load"]
