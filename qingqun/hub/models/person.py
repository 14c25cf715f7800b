"""A person: where they work, who stands in for them, when they left. Never deleted; an erased person keeps an empty row."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from qingqun.hub.models.states import Right, choices
from qingqun.hub.models.unit import Unit
from qingqun.hub.models.worktime import WorkTime
from qingqun.hub.moment import MomentField

OFF = 1_000  # the rank from which on a channel rings in an emergency only


class User(AbstractUser):
    """An account to sign in with. What it may do stands in `Power`, what it receives on its person."""


class Person(models.Model):
    """Somebody notices are for, with or without an account."""

    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="persons")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person")
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    deputy = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    worktime = models.ForeignKey(WorkTime, models.PROTECT, null=True, blank=True, related_name="+")  # own hours, instead of the unit's
    inbox = models.BooleanField(default=True)  # False: no door to the inbox (paper, telephone), only a channel or a colleague reaches them
    left_at = MomentField(null=True, blank=True)
    tells_reading = models.BooleanField(default=True, db_default=True)  # False: nobody is told that they read what asks only to be read

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(deputy=models.F("id")), name="nobody_is_their_own_deputy")]


class Power(models.Model):
    """A right in a unit and all below it, given to a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="powers")
    unit = models.ForeignKey(Unit, models.CASCADE)
    right = models.CharField(max_length=13, choices=choices(Right))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "unit", "right"], name="a_power_once")]


class Contact(models.Model):
    """Where a channel reaches a person; the lower rank rings first, one from OFF on only in an emergency."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=20)  # the name of a file in deliver/channels/
    address = models.CharField(max_length=240)
    rank = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_address_a_channel")]
        indexes = [models.Index(fields=["channel", "address"], name="contact_by_address")]
