"""How much of a PDF is looked at, and what looking may cost."""

LARGEST = 20 * 2**20  # bytes of the file
OBJECTS = 300_000  # "obj" words in it: a book of a thousand pages has a tenth of that
PAGES = 10  # from the first on: a marking stands on the cover or at the head of a page
LETTERS = 1_000_000  # of all pages together
SECONDS = 10  # by the clock, and of the processor
MEMORY = 1024 * 2**20  # bytes of addresses, the interpreter's own included
ENDED_WELL, LOCKED = 0, 3  # what the reading process ends with
