"""SQLite as the hub uses it: Django's own, whose writers go in one after the other, emergencies first."""
