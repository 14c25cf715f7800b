"""Messages to facts."""

from qingqun.enrich.table import enrich

__all__ = ["enrich"]
