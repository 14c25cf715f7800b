"""Working hours as a unit writes them: the TOML text of docs/working-time.md, read by qingqun.clock."""

from django.db import models


class WorkTime(models.Model):
    """A profile that units and persons share. Without one the product's default hours count, and say so."""

    name = models.CharField(max_length=80, unique=True)
    text = models.TextField()  # what clock.unit reads
