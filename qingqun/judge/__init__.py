"""Rules over facts: one rule = one file = one word, found by walking the folders."""
