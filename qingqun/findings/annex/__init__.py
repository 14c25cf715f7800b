"""Further sheets of a report: one file each, a table made of what the audit knows."""
