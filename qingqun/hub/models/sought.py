"""What is searched of a notice; hub/search/ alone reads and writes it."""

from django.db import models

from qingqun.hub.models.notice import Notice


class Sought(models.Model):
    """A notice's present words as they are searched. Withdrawn ones have no row.

    Beside it stand the grams: SQLite's table hub_gram (FTS5), on PostgreSQL two more columns (`heads`, `grams`, each with a GIN index).
    """

    notice = models.OneToOneField(Notice, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    title = models.TextField()
    text = models.TextField()
