"""What a reader will read of a draft, and so what is judged."""

from qingqun.hub.models.notice import Written


def published(draft: Written) -> str:
    """Return title and text; the first line is the title, empty where there is none."""
    return joined(draft.title, draft.text)


def joined(title: str, text: str) -> str:
    """Put a title and a text together as readers see them."""
    return f"{title.strip()}\n{text.strip()}"


def parted(whole: str) -> tuple[str, str]:
    """Take them apart again."""
    title, _break, text = whole.partition("\n")
    return title, text.strip()
