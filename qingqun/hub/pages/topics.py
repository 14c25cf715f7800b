"""Topics: follow or mute. What is muted still comes, it only does not ring; a mandatory one says that it cannot be."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import inbox
from qingqun.hub.language import later
from qingqun.hub.models import Stance
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.words import Refused

URL, NAME, ROLES = "topics/", "topics", {READER}
NAV = (30, "topics", later("话题"))


def page(request: Asked) -> HttpResponse:
    """Show all topics, or take a stance to one."""
    if request.method != "POST":
        return show(request, "topics", topics=inbox.topics(request.visitor.person))
    topic, stance = request.POST.get("topic", ""), request.POST.get("stance", "")
    if topic.isascii() and topic.isdigit() and len(topic) < 19:
        try:
            inbox.take_stance(int(topic), request.visitor.person, Stance(stance) if stance in set(Stance) else None, now())
        except Refused as refused:
            messages.warning(request, str(refused))
    return back("topics")
