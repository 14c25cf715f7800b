"""Rule packs: one document = one TOML file of clauses; a place = one TOML file that only includes documents."""

from qingqun.packs.catalogue import explain
from qingqun.packs.shelf import Listing, NoSuchPackError, everything, listing, load

__all__ = ["Listing", "NoSuchPackError", "everything", "explain", "listing", "load"]
