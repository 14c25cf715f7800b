"""Rules on government apps."""
