"""One format of the report = one file."""
