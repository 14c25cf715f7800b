"""Registers (台账): sheets to groups and accounts."""
