"""Directories read by the worker; webhooks whose secret is being replaced."""

import django.db.models.deletion
import qingqun.hub.moment
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0011_inbox_at_a_glance"),
    ]

    operations = [
        migrations.AddField(
            model_name="hook",
            name="old_until",
            field=qingqun.hub.moment.MomentField(null=True),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=40)),
                ("said", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("reading", "reading"), ("read", "read"), ("taken", "taken"), ("refused", "refused")],
                        default="asked",
                        max_length=7,
                    ),
                ),
                ("asked_at", qingqun.hub.moment.MomentField()),
                ("worker", models.CharField(blank=True, default="", max_length=60)),
                ("lease_until", qingqun.hub.moment.MomentField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("answers", models.IntegerField(default=0)),
                ("ended_at", qingqun.hub.moment.MomentField(null=True)),
                ("why", models.CharField(blank=True, default="", max_length=300)),
                ("counts", models.JSONField(default=dict)),
                ("listed", models.BinaryField(null=True)),
                (
                    "by",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.person"),
                ),
                (
                    "root",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "reading"])), fields=("platform",), name="one_reading_at_a_time"
                    )
                ],
            },
        ),
    ]
