"""Rules on public accounts."""
