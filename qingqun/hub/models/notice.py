"""A notice and what became of its text; before that its draft, and templates to begin with."""

from django.db import models
from django.db.models import F, Q, Value

from qingqun.hub.models.group import Topic
from qingqun.hub.models.person import Person
from qingqun.hub.models.states import Confirm, Importance, choices
from qingqun.hub.models.unit import Unit
from qingqun.hub.moment import MomentField


class Written(models.Model):
    """What an author writes, in a draft, a template or a notice."""

    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.JSONField(default=dict)  # an expression, see audience.py
    importance = models.CharField(max_length=9, choices=choices(Importance), default=Importance.ROUTINE)
    confirm = models.CharField(max_length=7, choices=choices(Confirm), default=Confirm.NONE)
    deadline = MomentField(null=True, blank=True)
    valid_until = MomentField(null=True, blank=True)
    send_at = MomentField(null=True, blank=True)
    ground = models.CharField(max_length=80, blank=True)  # the legal ground of an emergency: a clause's id

    class Meta:
        abstract = True


class Draft(Written):
    """Kept until it is sent or thrown away by its author; nothing with a secret marking is ever kept."""

    key = models.CharField(max_length=32, unique=True)  # becomes the notice's key: sending twice makes one notice
    author = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.ForeignKey("Notice", models.CASCADE, null=True, blank=True, related_name="+")  # what it passes on
    changed_at = MomentField()
    asked_at = MomentField(null=True, blank=True)  # an emergency: when a second person was asked; any change takes it back


class Template(Written):
    name = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="templates")


class Notice(Written):
    """An accepted notice. Its text is the current revision's; who gets it stands in the deliveries."""

    key = models.CharField(max_length=32, unique=True)  # the client's: an acceptance repeated after a lost answer makes one notice
    author = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")  # the office that sends it
    approver = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # the second person of an emergency
    accepted_at = MomentField()
    people = models.IntegerField(default=0)  # deliveries made at acceptance; later additions have ledger entries of their own
    revision = models.IntegerField(default=1)
    withdrawn_at = MomentField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )  # folds into that one where a person has it
    source = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)  # passed on from there
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )  # where copies and sources end
    anew = models.BooleanField(default=False, db_default=False)  # asks something its source does not: rings who has the source too
    added = models.JSONField(default=list, db_default=Value([], models.JSONField()))  # the words that the one it repeats has not
    gone = models.JSONField(default=list, db_default=Value([], models.JSONField()))  # the words that only that one has
    forgotten_at = MomentField(null=True, blank=True)  # who did what was deleted here

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approver=F("author")), name="nobody_approves_their_own"),
            models.CheckConstraint(
                condition=~Q(importance=Importance.EMERGENCY) | Q(approver__isnull=False) & ~Q(ground=""),
                name="an_emergency_has_ground_and_approver",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="notice_by_author"),
            models.Index(fields=["unit", "-id"], name="notice_by_unit"),
            models.Index(fields=["root"], name="notice_by_root", condition=Q(root__isnull=False)),
            models.Index(fields=["accepted_at"], name="notice_to_forget", condition=Q(forgotten_at__isnull=True)),
            models.Index(fields=["deadline"], name="notice_by_deadline", condition=Q(deadline__isnull=False, withdrawn_at__isnull=True)),
        ]


class Revision(models.Model):
    """What a notice said from a moment on; number 1 is what was accepted."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="revisions")
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = MomentField()
    material = models.BooleanField(default=False)  # True: it rings again

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="a_revision_once")]


class Attachment(models.Model):
    """A file beside a notice, a draft or an answer. `stored` is a random name under settings.ATTACHMENTS, never the user's."""

    notice = models.ForeignKey(Notice, models.CASCADE, null=True, blank=True, related_name="attachments")
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="attachments")
    receipt = models.ForeignKey("Receipt", models.CASCADE, null=True, blank=True, related_name="attachments")
    name = models.CharField(max_length=160)
    stored = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=80)  # as its first bytes show
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
