"""Receipts that protect, notices passed on, rings that keep a pace."""

import django.db.models.deletion
import qingqun.hub.moment
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0004_asking_platforms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("times", models.CharField(blank=True, default="", max_length=60)),
                ("next_at", qingqun.hub.moment.MomentField()),
            ],
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pace",
                        serialize=False,
                        to="hub.person",
                    ),
                ),
                ("day", qingqun.hub.moment.MomentField()),
                ("rings", models.IntegerField(default=0)),
                ("last_at", qingqun.hub.moment.MomentField()),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("number", models.SmallIntegerField()),
                ("at", qingqun.hub.moment.MomentField()),
                ("is_open", models.BooleanField(default=True)),
            ],
        ),
        migrations.AddField(
            model_name="draft",
            name="source",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="hub.notice"),
        ),
        migrations.AddField(
            model_name="notice",
            name="added",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="notice",
            name="anew",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="forgotten_at",
            field=qingqun.hub.moment.MomentField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="gone",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="notice",
            name="root",
            field=models.ForeignKey(
                blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.notice"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="source",
            field=models.ForeignKey(
                blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.notice"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="tells_reading",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("root__isnull", False)), fields=["root"], name="notice_by_root"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("forgotten_at__isnull", True)), fields=["accepted_at"], name="notice_to_forget"),
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="digests", to="hub.person"),
        ),
        migrations.AddField(
            model_name="told",
            name="delivery",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="told", to="hub.delivery"
            ),
        ),
        migrations.AddField(
            model_name="told",
            name="leader",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.delivery"
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "channel"), name="one_digest_a_channel"),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(condition=models.Q(("is_open", True)), fields=["delivery"], name="told_open"),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(fields=("leader", "channel", "number", "delivery"), name="told_once_a_ring"),
        ),
    ]
