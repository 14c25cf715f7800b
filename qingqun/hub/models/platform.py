"""What an office's platforms know: whose name there is whose, which department is which unit, which chats are listened to."""

from django.db import models
from django.db.models import Q

from qingqun.hub.models.person import Person
from qingqun.hub.models.states import Job, choices
from qingqun.hub.models.unit import Unit
from qingqun.hub.moment import MomentField


class Identity(models.Model):
    """A person's name on a platform, joined by an administrator's directory or by hand. Parted, the row stays and opens nothing."""

    platform = models.CharField(max_length=40)  # wecom, dingtalk, feishu, or the id of an OIDC provider
    uid = models.CharField(max_length=120)  # what the platform calls the person inside this corporation
    union = models.CharField(max_length=120, blank=True, default="")  # what it calls them in every application, where that is another
    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    joined_at = MomentField()
    joined_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    parted_at = MomentField(null=True)
    parted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "uid"], name="an_identity_once")]
        indexes = [models.Index(fields=["platform", "union"], name="identity_by_union", condition=~Q(union=""))]


class Department(models.Model):
    """A platform's department and the unit it became. One that is gone there keeps its row and its unit."""

    platform = models.CharField(max_length=40)
    external = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="departments")
    gone_at = MomentField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "external"], name="a_department_once")]


class Reading(models.Model):
    """A platform's directory as the worker reads it, to show what it would change or to do it: the job, and what became of it.

    `listed` is what was read, as the vault locks it, for a day at most. `said` is what an administrator said to it.
    """

    platform = models.CharField(max_length=40)
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)  # under which it is put
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    said = models.JSONField(default=dict)  # empty: only look; else seen, alike, really
    state = models.CharField(max_length=7, choices=choices(Job), default=Job.ASKED)
    asked_at = MomentField()
    worker = models.CharField(max_length=60, default="", blank=True)
    lease_until = MomentField(null=True)
    tries = models.SmallIntegerField(default=0)
    answers = models.IntegerField(default=0)  # of the platform so far
    ended_at = MomentField(null=True)
    why = models.CharField(max_length=300, default="", blank=True)
    counts = models.JSONField(default=dict)  # what was done
    listed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform"], name="one_reading_at_a_time", condition=Q(state__in=[Job.ASKED, Job.READING]))
        ]


class Chatroom(models.Model):
    """A group chat that a live source told of. Without a unit nothing of it is kept, only counted."""

    source = models.CharField(max_length=20)
    chat = models.CharField(max_length=160)  # the platform's own id
    name = models.CharField(max_length=120, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="chatrooms")
    seen_at = MomentField()
    passed = models.BigIntegerField(default=0)  # messages that were not taken, because it has no unit

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "chat"], name="a_chatroom_once")]


class Heard(models.Model):
    """A message of a live source: the queue to the judge, and afterwards ids, labels and verdicts; its text only until it was judged.

    `locked` is the text as the vault locks it, NULL once judged. `sender` and `key` are digests with a secret.
    """

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    room = models.ForeignKey(Chatroom, models.CASCADE, related_name="heard", null=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)  # the sender, where known here
    sender = models.CharField(max_length=64)
    sent_at = MomentField()
    heard_at = MomentField()
    locked = models.BinaryField(null=True)
    tries = models.SmallIntegerField(default=0)
    judged_at = MomentField(null=True)
    facts = models.JSONField(default=dict)  # labels: what later messages are judged after
    rules = models.JSONField(default=list)  # the names of the rules that hit
    told_at = MomentField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="heard_once")]
        indexes = [
            models.Index(fields=["id"], name="heard_to_judge", condition=Q(judged_at__isnull=True)),
            models.Index(fields=["sent_at"], name="heard_by_time"),
        ]
