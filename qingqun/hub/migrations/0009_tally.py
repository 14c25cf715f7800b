"""The right of supervisors, and how notices stood when their time was over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0008_platforms"),
    ]

    operations = [
        migrations.AlterField(
            model_name="power",
            name="right",
            field=models.CharField(
                choices=[
                    ("author", "author"),
                    ("approver", "approver"),
                    ("administrator", "administrator"),
                    ("auditor", "auditor"),
                    ("supervisor", "supervisor"),
                ],
                max_length=13,
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rest", models.BooleanField(default=False)),
                ("people", models.IntegerField()),
                ("delivered_low", models.IntegerField()),
                ("delivered_high", models.IntegerField()),
                ("done_low", models.IntegerField(null=True)),
                ("done_high", models.IntegerField(null=True)),
                ("notice", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="hub.notice")),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hub.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "unit"), name="one_tally_a_unit"),
                    models.UniqueConstraint(condition=models.Q(("unit", None)), fields=("notice",), name="one_tally_of_the_whole"),
                ],
            },
        ),
    ]
