"""How much an untrusted office file may hold, and how a refusal reads."""

from dataclasses import dataclass

from qingqun.words import Refused


class OfficeError(Refused):
    """A file that is refused. `code` is a word for programs, the text a sentence for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; checked before a parser that keeps whole sheets in memory sees the file.

    The ratio is Apache POI's (`ZipSecureFile`): 100 to 1 for a part that unpacks to more than 100 KiB.
    """

    packed: int = 20 * 2**20
    unpacked: int = 200 * 2**20
    entries: int = 2_000
    ratio: int = 100
    ratio_from: int = 100 * 2**10
    rows: int = 200_000
    columns: int = 256
    cells: int = 4_000_000


DEFAULT = Limits()
