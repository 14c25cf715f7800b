"""A delivery: one notice for one person. The row in the inbox IS the delivery; channels only ring."""

from django.db import models
from django.db.models import F, Q

from qingqun.hub.models.notice import Notice
from qingqun.hub.models.person import Person
from qingqun.hub.models.states import Confirm, Lane, Means, Ring, State, choices
from qingqun.hub.moment import MomentField


class Hold(models.Model):
    """What was decided for all recipients of a notice with the same working time: when they see it, when it rings, and why."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="holds")
    worktime = models.BigIntegerField(default=0)  # the group: a WorkTime's id, 0 for the product's default ...
    shift_from = models.BigIntegerField(default=0)  # ... the start of the next or present shift in ms, 0 for none ...
    back_at = models.BigIntegerField(default=0)  # ... the end of the present leave in ms, 0 for none
    not_before = MomentField()
    ring_from = MomentField()
    ring_spread = models.IntegerField(default=0)  # seconds over which the group's rings are spread
    reason = models.JSONField(default=dict)  # {"code": ..., what the code's sentence needs}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "worktime", "shift_from", "back_at"], name="one_hold_a_group")]


class Delivery(models.Model):
    """Made by INSERT … SELECT from notice and persons in one transaction, which is why their keys need no check row by row."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False)
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    behalf = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )  # whom a deputy stands in for
    into = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )  # folded into what they have
    state = models.CharField(max_length=9, choices=choices(State))
    lane = models.CharField(max_length=9, choices=choices(Lane))
    inbox = models.BooleanField()  # the person's, copied: a released row without an inbox is queued, not delivered
    not_before = MomentField()  # in the inbox from here on
    ring_after = MomentField(null=True)  # may ring from here on; NULL: never, or the rings have been made
    delivered_at = MomentField(null=True)
    read_at = MomentField(null=True)
    done_at = MomentField(null=True)  # all that was asked is done
    snoozed_until = MomentField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="one_delivery_a_person"),
            models.CheckConstraint(
                condition=Q(ring_after__isnull=True) | Q(ring_after__gte=F("not_before")), name="no_ring_before_the_inbox"
            ),
        ]
        indexes = [
            # All that the list asks of most rows, so that they need not be fetched to be passed over.
            models.Index(fields=["person", "-not_before", "done_at", "notice", "id"], name="inbox_at_a_glance"),
            models.Index(fields=["lane", "not_before"], name="held_by_time", condition=Q(state=State.HELD)),
            models.Index(fields=["lane", "ring_after"], name="ring_by_time", condition=Q(ring_after__isnull=False)),
            models.Index(fields=["notice"], name="unproven", condition=Q(state__in=[State.QUEUED, State.SENT, State.UNKNOWN])),
        ]


class Attempt(models.Model):
    """One ring on one channel. Its key is the channel's idempotency key; who leases it must beat before `lease_until`."""

    key = models.CharField(max_length=32)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts", db_constraint=False, db_index=False)
    channel = models.CharField(max_length=20)
    number = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=choices(Ring), default=Ring.QUEUED)
    lane = models.CharField(max_length=9, choices=choices(Lane))
    not_before = MomentField()
    worker = models.CharField(max_length=60, default="", blank=True)
    lease_until = MomentField(null=True)
    tried_at = MomentField(null=True)
    ended_at = MomentField(null=True)
    outcome = models.CharField(max_length=200, default="", blank=True)  # the platform's word, without addresses
    platform_id = models.CharField(max_length=120, default="", blank=True)
    ask_after = MomentField(null=True)  # the platform can be asked from here on what became of it; NULL: never, or not any more

    class Meta:
        # What keeps a ring from being made twice is delivery, channel and number, with the delivery's row locked by who looks. Keys need no
        # index: nobody looks one up, 112 random bits do not meet, and their random order would touch a page for each row.
        constraints = [models.UniqueConstraint(fields=["delivery", "channel", "number"], name="one_ring_a_number")]
        indexes = [
            models.Index(fields=["lane", "channel", "not_before"], name="rings_to_claim", condition=Q(state=Ring.QUEUED)),
            models.Index(fields=["lease_until"], name="rings_to_rescue", condition=Q(state=Ring.SENDING)),
            models.Index(fields=["state", "tried_at"], name="rings_unproven", condition=Q(state__in=[Ring.SENT, Ring.UNKNOWN])),
            models.Index(fields=["channel", "ask_after"], name="rings_to_ask", condition=Q(ask_after__isnull=False)),
        ]


class Receipt(models.Model):
    """What a person gave back: read, confirmed or answered; by their own hand, or recorded by a colleague and marked so."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipts", db_constraint=False, db_index=False)
    kind = models.CharField(max_length=7, choices=choices(Confirm))
    revision = models.IntegerField(default=1, db_default=1)  # the last one that mattered when it was given: what was confirmed
    means = models.CharField(max_length=9, choices=choices(Means))
    at = MomentField()
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who recorded it for them
    answer = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "kind", "revision"], name="one_receipt_a_kind")]


class Door(models.Model):
    """The signed link of a delivery, bound to the first browser that opened it."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="door", db_constraint=False)
    browser = models.CharField(max_length=64)  # SHA-256 of the cookie it was given
    at = MomentField()
