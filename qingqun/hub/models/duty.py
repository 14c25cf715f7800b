"""Duty lists: who is to be reached now when it is an emergency."""

from django.db import models
from django.db.models import F, Q

from qingqun.hub.models.person import Person
from qingqun.hub.models.unit import Unit
from qingqun.hub.moment import MomentField


class DutyList(models.Model):
    name = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_lists")


class DutyTurn(models.Model):
    """A person on a list from a moment up to, not including, another."""

    duty_list = models.ForeignKey(DutyList, models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, models.CASCADE, related_name="turns")
    starts = MomentField()
    ends = MomentField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="turn_ends_after_it_starts")]
        indexes = [models.Index(fields=["ends", "starts"], name="turn_by_end")]
