"""A receipt is given of a revision: after a correction that matters the first one stays beside the new one."""

from django.db import migrations, models

_OF = """
UPDATE hub_receipt SET revision = (SELECT MAX(v.number) FROM hub_revision v JOIN hub_delivery d ON d.notice_id = v.notice_id
  WHERE d.id = hub_receipt.delivery_id AND v.material AND v.number > 1 AND v.at <= hub_receipt.at)
WHERE EXISTS (SELECT 1 FROM hub_revision v JOIN hub_delivery d ON d.notice_id = v.notice_id
  WHERE d.id = hub_receipt.delivery_id AND v.material AND v.number > 1 AND v.at <= hub_receipt.at)
"""


class Migration(migrations.Migration):
    dependencies = [("hub", "0002_draft_asked_at")]
    operations = [
        migrations.AddField("receipt", "revision", models.IntegerField(default=1, db_default=1)),
        migrations.RemoveConstraint("receipt", "one_receipt_a_kind"),
        migrations.AddConstraint("receipt", models.UniqueConstraint(fields=["delivery", "kind", "revision"], name="one_receipt_a_kind")),
        migrations.RunSQL(_OF, migrations.RunSQL.noop),
    ]
