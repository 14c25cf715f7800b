"""What a rule may read."""
