"""A file, as a download: a notice's for its readers and author, an answer's for its giver and that author, a draft's for its author."""

from django.http import Http404, HttpResponseBase

from qingqun.hub import attachments, inbox, sql
from qingqun.hub.models import Attachment
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked

URL, NAME, ROLES, METHODS = "file/<int:attachment>/", "file", {READER}, {"GET", "HEAD"}

_AUTHOR = """
SELECT n.author_id FROM hub_attachment a LEFT JOIN hub_receipt r ON r.id = a.receipt_id LEFT JOIN hub_delivery d ON d.id = r.delivery_id
JOIN hub_notice n ON n.id = COALESCE(a.notice_id, d.notice_id) WHERE a.id = %s
UNION ALL SELECT f.author_id FROM hub_attachment a JOIN hub_draft f ON f.id = a.draft_id WHERE a.id = %s
UNION ALL SELECT d.person_id FROM hub_attachment a JOIN hub_receipt r ON r.id = a.receipt_id JOIN hub_delivery d ON d.id = r.delivery_id
WHERE a.id = %s
"""


def page(request: Asked, attachment: int) -> HttpResponseBase:
    """Give it out; anybody else's is not found."""
    file = Attachment.objects.filter(pk=attachment).first()
    if file is None or not _may(file, request.visitor.person):
        raise Http404
    return attachments.given_out(file)


def _may(file: Attachment, person: int) -> bool:
    if person in {row[0] for row in sql.rows(_AUTHOR, [file.pk] * 3)}:
        return True
    return file.notice_id is not None and inbox.sees_file(file.notice_id, person, now())
