"""The reading process: a PDF comes in, a JSON list of its first pages' words goes out. Whatever goes wrong ends it, and that is the answer.

Its limits are the kernel's (setrlimit(2)), so that no trick inside a file can outlast them.
"""

import json
import logging
import resource
import sys
from io import BytesIO

from pypdf import PdfReader

from qingqun.hub.pdf.limits import ENDED_WELL, LETTERS, LOCKED, MEMORY, PAGES, SECONDS


def main() -> int:
    """Read from standard input, write to standard output, return the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe is no file: it writes none
    logging.disable()
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    found, left = list[str](), LETTERS
    for place in range(min(len(reader.pages), PAGES)):
        words = reader.pages[place].extract_text()[:left]
        found.append(words)
        left -= len(words)
    sys.stdout.write(json.dumps(found))
    return ENDED_WELL


if __name__ == "__main__":
    sys.exit(main())
