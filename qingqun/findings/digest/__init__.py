"""What is asked of one person, by when: built from that person's own exports, shown to that person alone, stored nowhere."""

from qingqun.findings.digest.build import digest
from qingqun.findings.digest.model import Change, Digest, Item

__all__ = ["Change", "Digest", "Item", "digest"]
