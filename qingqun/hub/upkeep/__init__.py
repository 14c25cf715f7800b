"""What an administrator's commands do: found a hub, keep copies of it, bring one back, look after it."""
