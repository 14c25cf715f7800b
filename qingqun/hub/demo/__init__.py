"""The demo's hub: the street office of the audit's demo, a clock that can be moved, one notice played from writing to confirming."""
