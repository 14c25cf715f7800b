"""A seeded street office: one week of chats, its register and its truth."""
