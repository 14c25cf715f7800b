"""How often a person is rung: what was rung today, what one ring told of, and the digests somebody chose."""

from django.db import models
from django.db.models import Q

from qingqun.hub.models.delivery import Delivery
from qingqun.hub.models.person import Person
from qingqun.hub.moment import MomentField


class Pace(models.Model):
    """One row a person, kept by the outbox alone and shown to nobody: the routine rings of their last day with any."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="pace", db_constraint=False)
    day = MomentField()  # the midnight (UTC+8) at which the count began
    rings = models.IntegerField(default=0)
    last_at = MomentField()


class Told(models.Model):
    """A delivery that another one's ring told of. `channel` and `number` name that ring; open until its outcome is known."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="told", db_constraint=False, db_index=False)
    leader = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    channel = models.CharField(max_length=20)
    number = models.SmallIntegerField()
    at = MomentField()
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leader", "channel", "number", "delivery"], name="told_once_a_ring")]
        indexes = [models.Index(fields=["delivery"], name="told_open", condition=Q(is_open=True))]


class Digest(models.Model):
    """On this channel a person wants one ring at the times they chose, instead of one for each notice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    channel = models.CharField(max_length=20)
    times = models.CharField(max_length=60, blank=True, default="")  # 09:00 15:30; empty: when work opens
    next_at = MomentField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_digest_a_channel")]
