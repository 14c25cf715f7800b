"""Version 1: one resource = one file, its `router` found by walking this folder. Every call declares its gate: Bearer(scope, *rights)."""
