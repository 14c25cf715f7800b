"""One format of the report = one file with `write(report, path)`. All print the same Report and the same Summary of it."""

from qingqun.findings.report.model import Grant, Note, Report
from qingqun.findings.report.summary import Summary, judging, summarise

__all__ = ["Grant", "Note", "Report", "Summary", "judging", "summarise"]
