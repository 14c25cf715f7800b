"""Names on platforms, their departments, the chats listened to and what was heard."""

import django.db.models.deletion
import qingqun.hub.moment
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0007_reach"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chatroom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("chat", models.CharField(max_length=160)),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("seen_at", qingqun.hub.moment.MomentField()),
                ("passed", models.BigIntegerField(default=0)),
                (
                    "unit",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="chatrooms", to="hub.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=40)),
                ("external", models.CharField(max_length=80)),
                ("gone_at", qingqun.hub.moment.MomentField(null=True)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="departments", to="hub.unit")),
            ],
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("sender", models.CharField(max_length=64)),
                ("sent_at", qingqun.hub.moment.MomentField()),
                ("heard_at", qingqun.hub.moment.MomentField()),
                ("locked", models.BinaryField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("judged_at", qingqun.hub.moment.MomentField(null=True)),
                ("facts", models.JSONField(default=dict)),
                ("rules", models.JSONField(default=list)),
                ("told_at", qingqun.hub.moment.MomentField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="hub.person"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="hub.chatroom"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=40)),
                ("uid", models.CharField(max_length=120)),
                ("union", models.CharField(blank=True, default="", max_length=120)),
                ("joined_at", qingqun.hub.moment.MomentField()),
                ("parted_at", qingqun.hub.moment.MomentField(null=True)),
                (
                    "joined_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.person"
                    ),
                ),
                (
                    "parted_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.person"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="identities", to="hub.person")),
            ],
        ),
        migrations.AddConstraint(
            model_name="chatroom",
            constraint=models.UniqueConstraint(fields=("source", "chat"), name="a_chatroom_once"),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(fields=("platform", "external"), name="a_department_once"),
        ),
        migrations.AddIndex(
            model_name="heard",
            index=models.Index(condition=models.Q(("judged_at__isnull", True)), fields=["id"], name="heard_to_judge"),
        ),
        migrations.AddIndex(
            model_name="heard",
            index=models.Index(fields=["sent_at"], name="heard_by_time"),
        ),
        migrations.AddConstraint(
            model_name="heard",
            constraint=models.UniqueConstraint(fields=("source", "key"), name="heard_once"),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(condition=models.Q(("union", ""), _negated=True), fields=["platform", "union"], name="identity_by_union"),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.UniqueConstraint(fields=("platform", "uid"), name="an_identity_once"),
        ),
    ]
