"""Read moments with another library, in its own environment: PYTHON bench/deadline_others.py dateparser|jionlp < LINES > LINES.

In: JSON lines with text and sent_at. Out: one JSON line each, the moments found (ISO, UTC+8); the last line is the seconds taken.
Both libraries only find times. They are called as their documentation says, with the moment of sending as the base; a day without an hour
is taken as its last second, as the labels do.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

LAST = timedelta(days=1) - timedelta(seconds=1)
HOUR = timedelta(hours=1)
Read = Callable[[str, datetime], list[datetime]]


def with_dateparser() -> Read:
    """search_dates of https://dateparser.readthedocs.io/, the language given, the future preferred."""
    search: Any = importlib.import_module("dateparser.search").search_dates

    def read(text: str, sent: datetime) -> list[datetime]:
        found = search(text, languages=["zh"], settings={"RELATIVE_BASE": sent, "PREFER_DATES_FROM": "future"}) or []
        return [_day_end(at, sent) for _, at in found]

    return read


def _day_end(at: datetime, sent: datetime) -> datetime:
    """A day named alone comes at midnight or at the hour of the base: its end is meant."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + LAST if at == midnight or at.time() == sent.time() else at


def with_jionlp() -> Read:
    """ner.extract_time of https://github.com/dongrixinyu/JioNLP, with parsing, the base as seconds."""
    extract: Any = importlib.import_module("jionlp").ner.extract_time

    def read(text: str, sent: datetime) -> list[datetime]:
        base = {"year": sent.year, "month": sent.month, "day": sent.day, "hour": sent.hour, "minute": sent.minute, "second": sent.second}
        found = extract(text, time_base=base, with_parsing=True) or []
        details = [each["detail"] for each in found if each["type"] in ("time_point", "time_span") and each["detail"]]
        return [at for detail in details if (at := _until(detail["time"]))]

    return read


def _until(span: list[str]) -> datetime | None:
    """The end of the span named; an hour or a minute is meant from its start."""
    try:
        start, end = (datetime.fromisoformat(each) for each in span)
    except (TypeError, ValueError):  # open spans are told in words
        return None
    return start if end - start < HOUR else end


READERS = {"dateparser": with_dateparser, "jionlp": with_jionlp}


def main() -> None:
    """Read every line; a text that the library cannot stand has no moments."""
    out = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    read = READERS[sys.argv[1]]()
    rows = [json.loads(line) for line in sys.stdin]
    read("明天下午三点前", datetime(2026, 3, 11, 9))  # noqa: DTZ001  both take the base without a zone; reads its tables once
    start = time.perf_counter()
    for row in rows:
        try:
            found = read(row["text"], datetime.fromisoformat(row["sent_at"]).replace(tzinfo=None))
        except Exception:  # noqa: BLE001  whatever it raises on a text is its answer
            found = []
        out.write(json.dumps([at.replace(tzinfo=None).isoformat() + "+08:00" for at in found]) + "\n")
    out.write(json.dumps(time.perf_counter() - start) + "\n")


if __name__ == "__main__":
    main()
