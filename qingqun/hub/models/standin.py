"""Who stood in for whom, of one notice."""

from django.db import models
from django.db.models import F, Q

from qingqun.hub.models.notice import Notice
from qingqun.hub.models.person import Person
from qingqun.hub.moment import MomentField


class Standin(models.Model):
    """What cannot wait for a person on leave is also their deputy's: ids only, so who asked whom survives, and nothing of what was said."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="standins", db_constraint=False, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)  # who is on leave
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    brought = models.BooleanField()  # the deputy has the notice for this alone; False: they were in its audience themselves
    at = MomentField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "person", "deputy"], name="one_standin_a_pair"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_stands_in_for_themselves"),
        ]
        indexes = [models.Index(fields=["notice", "deputy"], name="standin_by_deputy")]
