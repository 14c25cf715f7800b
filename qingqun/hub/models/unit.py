"""A unit and the tree it stands in."""

from django.db import models

from qingqun.hub.models.worktime import WorkTime


class Unit(models.Model):
    """Its `path` holds the ids from the root down, as /1/5/9/, so that sub-units are one LIKE; `tree.settle` keeps it."""

    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=240, default="", db_index=True)
    worktime = models.ForeignKey(WorkTime, models.PROTECT, null=True, blank=True, related_name="+")  # its own, where it has any
    effective = models.ForeignKey(WorkTime, models.PROTECT, null=True, blank=True, related_name="+")  # its own or the nearest above
