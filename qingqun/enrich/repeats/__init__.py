"""The same notice again? Cosmetic changes fold; a changed fact never does.

A text is read into tokens: facts (day, hour, number, link) in one spelling and content characters;
politeness, relays and reminders fall away.
Same: the same tokens in an order that cannot have given a fact another companion. Related: most of the words shared. Different: the rest.
"""

from qingqun.enrich.repeats.cluster import cluster
from qingqun.enrich.repeats.compare import Comparison, compare
from qingqun.enrich.repeats.differ import Difference

__all__ = ["Comparison", "Difference", "cluster", "compare"]
