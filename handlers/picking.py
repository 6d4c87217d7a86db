"""A time that was picked in a form, and a link that was typed there."""

from datetime import datetime
from urllib.parse import urlsplit

from store.snapshots import Ask


def promised(picked: datetime | None, ask: Ask) -> datetime:
    """The picked time; the promise itself, to the second, where the picker was left as it stood.

    A picker knows minutes only, and a promise may have seconds: without this, leaving it alone would move it.
    """
    if picked is None or int(picked.timestamp()) // 60 == int(ask.due.timestamp()) // 60:
        return ask.due
    return picked


def is_web_link(link: str) -> bool:
    """Whether `link` is an http(s) address with a host, and so can be opened by whoever reads it."""
    try:
        address = urlsplit(link)
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.hostname) and not any(c.isspace() for c in link)
