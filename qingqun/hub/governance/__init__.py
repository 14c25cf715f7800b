"""Who may do what, who left, who complains. Its tables stand in models/; nothing acts on them yet."""
