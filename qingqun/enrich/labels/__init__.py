"""One label = one file: text to yes or no, a score, and the span that shows it."""
