"""What the clock says when a file given to it is wrong: always the file, the place in it and the reason."""

from qingqun.i18n import _
from qingqun.words import Refused


class ClockFileError(Refused):
    """A unit, region or calendar file that cannot be used. The key is a dotted path such as season.2.hours."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        place = _("{file}：{key}：{reason}") if key else _("{file}：{reason}")
        super().__init__(place.format(file=file, key=key, reason=reason))


class NoticeError(Refused):
    """A holiday notice that could not be read. The line is 1-based; 0 means the text as a whole."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        place = _("第 {line} 行：{reason}") if line else _("通知：{reason}")
        super().__init__(place.format(line=line, reason=reason))
