"""What programs reach the hub with, and where the hub reaches them: tokens, calendar feeds, webhooks out with their outbox."""

from django.db import models
from django.db.models import Q

from qingqun.hub.models.notice import Notice
from qingqun.hub.models.person import Person
from qingqun.hub.models.states import Posting, choices
from qingqun.hub.moment import MomentField


class Token(models.Model):
    """A person's key for a program. Only its digest is kept; `proven`: made after a second factor, so rights that need one hold."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of 256 random bits: nothing to guess, so nothing to slow down
    scopes = models.CharField(max_length=200)  # words between spaces
    proven = models.BooleanField(default=False)
    made_at = MomentField()
    until = MomentField()
    used_at = MomentField(null=True)  # to the hour
    revoked_at = MomentField(null=True)


class Feed(models.Model):
    """The secret address of a person's calendar of deadlines; one a person, only its digest is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    titles = models.BooleanField(default=False)  # False: it says that something is due, not what
    made_at = MomentField()


class Hook(models.Model):
    """A subscription: where events go. An author's tells of their own notices, with `unit` an administrator's of that unit and below."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="hooks")
    unit = models.ForeignKey("Unit", models.CASCADE, null=True, related_name="+")
    url = models.CharField(max_length=500)
    events = models.CharField(max_length=120)  # words between spaces
    locked = models.BinaryField()  # the secret, as a credential is; while it is being replaced the new one and the old one
    old_until = MomentField(null=True)  # the old one signs too until then
    active = models.BooleanField(default=True)
    made_at = MomentField()
    failing_since = MomentField(null=True)


class Post(models.Model):
    """One event for one subscription: the outbox. `key` is its webhook-id, the same for every try."""

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="posts", db_constraint=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    event = models.CharField(max_length=20)
    key = models.CharField(max_length=32, unique=True)
    at = MomentField()  # when it happened
    people = models.IntegerField(default=0)
    state = models.CharField(max_length=7, choices=choices(Posting), default=Posting.QUEUED)
    not_before = MomentField()
    tries = models.SmallIntegerField(default=0)
    lease_until = MomentField(null=True)
    ended_at = MomentField(null=True)
    outcome = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "notice", "event"], name="an_event_once")]
        indexes = [models.Index(fields=["not_before"], name="posts_to_send", condition=Q(state=Posting.QUEUED))]
