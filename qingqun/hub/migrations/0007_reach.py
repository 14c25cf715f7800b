"""Tokens, calendar feeds, subscriptions and their outbox."""

import django.db.models.deletion
import qingqun.hub.models.states
import qingqun.hub.moment
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0006_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("titles", models.BooleanField(default=False)),
                ("made_at", qingqun.hub.moment.MomentField()),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="feed", to="hub.person")),
            ],
        ),
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500)),
                ("events", models.CharField(max_length=120)),
                ("locked", models.BinaryField()),
                ("active", models.BooleanField(default=True)),
                ("made_at", qingqun.hub.moment.MomentField()),
                ("failing_since", qingqun.hub.moment.MomentField(null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hooks", to="hub.person")),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="hub.unit")),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.CharField(max_length=200)),
                ("proven", models.BooleanField(default=False)),
                ("made_at", qingqun.hub.moment.MomentField()),
                ("until", qingqun.hub.moment.MomentField()),
                ("used_at", qingqun.hub.moment.MomentField(null=True)),
                ("revoked_at", qingqun.hub.moment.MomentField(null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="hub.person")),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=32, unique=True)),
                ("at", qingqun.hub.moment.MomentField()),
                ("people", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("dropped", "dropped"),
                        ],
                        default=qingqun.hub.models.states.Posting["QUEUED"],
                        max_length=7,
                    ),
                ),
                ("not_before", qingqun.hub.moment.MomentField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("lease_until", qingqun.hub.moment.MomentField(null=True)),
                ("ended_at", qingqun.hub.moment.MomentField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=60)),
                (
                    "hook",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="hub.hook"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.notice"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", qingqun.hub.models.states.Posting["QUEUED"])),
                        fields=["not_before"],
                        name="posts_to_send",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("hook", "notice", "event"), name="an_event_once")],
            },
        ),
    ]
