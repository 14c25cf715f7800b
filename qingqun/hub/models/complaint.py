"""A complaint, anonymous where its writer wishes, and its answer."""

from django.db import models

from qingqun.hub.models.notice import Notice
from qingqun.hub.models.person import Person
from qingqun.hub.models.unit import Unit
from qingqun.hub.moment import MomentField


class Complaint(models.Model):
    """Its code is all that an anonymous writer needs to come back for the answer; the person is NULL for good then."""

    code = models.CharField(max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="complaints")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="complaints")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="complaints")
    text = models.TextField()
    at = MomentField()
    answer = models.TextField(default="", blank=True)
    answered_at = MomentField(null=True)
    answerer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
