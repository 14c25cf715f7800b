"""How a delivery leaves the house: the outbox of rings, one file per channel under channels/. Nothing rings yet."""
