"""An emergency's draft remembers that a second person was asked."""

from django.db import migrations

import qingqun.hub.moment


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_first")]
    operations = [migrations.AddField("draft", "asked_at", qingqun.hub.moment.MomentField(blank=True, null=True))]
