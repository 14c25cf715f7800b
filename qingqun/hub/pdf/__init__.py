"""The words of a PDF's first pages, read in a process of its own that is ended when it takes too long or too much."""

from qingqun.hub.pdf.limits import PAGES, SECONDS
from qingqun.hub.pdf.read import texts

__all__ = ["PAGES", "SECONDS", "texts"]
