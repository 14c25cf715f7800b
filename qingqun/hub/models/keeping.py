"""What workers and administrators keep: credentials, token buckets, the beats of workers, settings."""

from django.db import models

from qingqun.hub.moment import MomentField


class Credential(models.Model):
    """What a channel needs to speak to its platform; `locked` is opened by vault.py alone."""

    channel = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    locked = models.BinaryField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="a_credential_once")]


class Pass(models.Model):
    """A platform's access token, kept for all workers; `locked` as a credential is. `key` is a digest of what it was issued for."""

    key = models.CharField(max_length=64, unique=True)
    locked = models.BinaryField()
    made_at = MomentField()
    until = MomentField()


class Bucket(models.Model):
    """A token bucket: per credential, and per recipient of a credential."""

    key = models.CharField(max_length=120, unique=True)
    tokens = models.FloatField()
    at = MomentField()


class Worker(models.Model):
    """A running worker; one that has not beaten for long is dead, and its leases are taken back."""

    name = models.CharField(max_length=60, unique=True)
    lane = models.CharField(max_length=9)
    beat = MomentField()


class Setting(models.Model):
    """What an administrator set on a page."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()
