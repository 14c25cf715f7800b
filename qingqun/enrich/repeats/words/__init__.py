"""Words that may differ between two sendings of one notice, one file for each kind."""
