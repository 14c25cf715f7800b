"""One source = one file: sniff() and read()."""
