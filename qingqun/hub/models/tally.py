"""How a notice stood when its time was over, as supervisors see it: in steps of k people, never an exact count."""

from django.db import models

from qingqun.hub.models.notice import Notice
from qingqun.hub.models.unit import Unit


class Tally(models.Model):
    """One cell: the whole notice (`unit` NULL), or the people of some units that share no person with any other cell.

    Kept are the steps alone: from how many to how many it was. What cannot be shown has no row.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tallies")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    rest = models.BooleanField(default=False)  # of the unit and what is below only those who are in no cell of their own
    people = models.IntegerField()
    delivered_low = models.IntegerField()
    delivered_high = models.IntegerField()
    done_low = models.IntegerField(null=True)  # NULL: nothing was asked
    done_high = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], name="one_tally_a_unit"),
            models.UniqueConstraint(fields=["notice"], condition=models.Q(unit=None), name="one_tally_of_the_whole"),
        ]
