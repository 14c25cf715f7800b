"""One document = one TOML; a place = a TOML that only includes others."""
