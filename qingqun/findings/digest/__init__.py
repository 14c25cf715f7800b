"""What is asked of one person, by when: built from that person's own exports, shown to that person alone, stored nowhere."""

from qingqun.findings.digest.build import digest
from qingqun.findings.digest.claim import Claim
from qingqun.findings.digest.model import PARTS, Change, Digest, Item
from qingqun.findings.digest.reader import Reader

__all__ = ["PARTS", "Change", "Claim", "Digest", "Item", "Reader", "digest"]
