"""Working time: statutory days, make-up days, a unit's hours. Pure; now is always an argument."""
