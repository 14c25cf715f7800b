"""Working time: statutory days, make-up days, a unit's hours. Pure; now is always an argument.

China has kept one zone without summer time since 1991, so local time is UTC plus eight hours, always; no zone database is needed.
"""

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
