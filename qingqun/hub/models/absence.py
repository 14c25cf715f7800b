"""When a person is away, and when they work apart from their unit's hours."""

from django.db import models
from django.db.models import F, Q

from qingqun.hub.models.person import Person
from qingqun.hub.moment import MomentField


class Leave(models.Model):
    """From a moment up to, not including, another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="leaves")
    starts = MomentField()
    ends = MomentField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="leave_ends_after_it_starts")]
        indexes = [models.Index(fields=["ends", "starts"], name="leave_by_end")]


class Shift(models.Model):
    """A span somebody is down to work. While a shift begins within a week, it counts instead of the unit's hours."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="shifts")
    starts = MomentField()
    ends = MomentField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_it_starts")]
        indexes = [models.Index(fields=["ends", "starts"], name="shift_by_end")]
