"""Files to the one model: parsing, then admission."""
