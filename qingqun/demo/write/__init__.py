"""Writing the week in the formats in which real exports come."""
