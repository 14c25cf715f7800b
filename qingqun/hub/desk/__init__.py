"""The desk: drafts, their audiences, sending them, and what became of what was sent."""
