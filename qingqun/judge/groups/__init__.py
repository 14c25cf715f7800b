"""Rules on work groups."""
