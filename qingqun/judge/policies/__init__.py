"""Rules on a unit's own group rules."""
