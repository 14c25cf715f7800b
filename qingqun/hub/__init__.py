"""The second story: write, preflight, hold, deliver, confirm. A Django project; nothing of it is loaded by the audit."""
