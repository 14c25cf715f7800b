"""The hub as one Django app: its nouns share one schema."""

from django.apps import AppConfig


class Hub(AppConfig):
    name = "qingqun.hub"
    label = "hub"
    default_auto_field = "django.db.models.BigAutoField"
