"""A platform is asked what became of a ring; its access tokens are kept for all workers."""

from django.db import migrations, models
from django.db.models import Q

from qingqun.hub.moment import MomentField


class Migration(migrations.Migration):
    dependencies = [("hub", "0003_receipt_revision")]
    operations = [
        migrations.CreateModel(
            name="Pass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("locked", models.BinaryField()),
                ("made_at", MomentField()),
                ("until", MomentField()),
            ],
        ),
        migrations.AddField("attempt", "ask_after", MomentField(null=True)),
        migrations.AddIndex(
            "attempt", models.Index(fields=["channel", "ask_after"], name="rings_to_ask", condition=Q(ask_after__isnull=False))
        ),
    ]
