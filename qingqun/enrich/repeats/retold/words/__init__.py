"""Words that stand for one another between two copies of a notice, where what stands around them is the same."""
