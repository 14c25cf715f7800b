"""Lawful wordings in the place of words that break a rule: where to cut, what to put there, which time instead."""
