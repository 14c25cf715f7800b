"""The ledger: one entry per act, ids and counts only; and the seals that chain what was written."""

from django.db import models
from django.db.models import Q

from qingqun.hub.moment import MomentField


class Entry(models.Model):
    """An act. Nothing in it changes; `place` is given once, when it is sealed."""

    act = models.CharField(max_length=20)
    at = MomentField()
    notice = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)  # who acted, NULL for a worker
    count = models.IntegerField(default=0)  # deliveries (or other rows) it concerned
    digest = models.CharField(max_length=64, default="", blank=True)  # SHA-256 over (delivery id, state)
    data = models.TextField(default="{}")  # canonical JSON: ids and counts, never names or text
    place = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="entries_to_seal", condition=Q(place__isnull=True)),
            models.Index(fields=["notice", "act"], name="entries_of_a_notice"),
        ]


class Seal(models.Model):
    """The entries at places first to last, chained to the seal before."""

    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    at = MomentField()
