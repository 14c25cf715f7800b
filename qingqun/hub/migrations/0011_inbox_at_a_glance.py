from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0010_attempt_key"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="delivery",
            name="inbox_of_a_person",
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["person", "-not_before", "done_at", "notice", "id"], name="inbox_at_a_glance"),
        ),
    ]
