"""Notices can be searched: FTS5 on SQLite, tsvector with GIN on PostgreSQL; those there are already can be found too."""

import django.db.models.deletion
from typing import Any

from django.db import migrations, models

from qingqun.hub import search

_LITE = """
CREATE VIRTUAL TABLE hub_gram USING fts5(title, text, content='', detail='column', columnsize=0, prefix='4', tokenize='ascii')
"""
_POSTGRES = (
    "ALTER TABLE hub_sought ADD COLUMN heads tsvector NOT NULL, ADD COLUMN grams tsvector NOT NULL",
    "CREATE INDEX hub_sought_heads ON hub_sought USING gin (heads)",
    "CREATE INDEX hub_sought_grams ON hub_sought USING gin (grams)",
)


def grams(_apps: Any, schema_editor: Any) -> None:
    for statement in _POSTGRES if schema_editor.connection.vendor == "postgresql" else (_LITE,):
        schema_editor.execute(statement)


def fill(_apps: Any, _schema_editor: Any) -> None:
    search.refill()


class Migration(migrations.Migration):
    dependencies = [("hub", "0005_receipts_folding_pace")]
    operations = [
        migrations.CreateModel(
            name="Sought",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="hub.notice",
                    ),
                ),
                ("title", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(grams),
        migrations.RunPython(fill),
    ]
