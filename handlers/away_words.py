"""From when until when is somebody away, who stands in? `until monday deputy @sam`, `从12月3日到12月10日 代理 @sam`.

Pure. "Until Monday" is until Monday's opening: one is back on that day. "Through Friday" ends with its closing.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from store.rules.calendar import Calendar
from store.rules.due_words import Reason, read_due
from store.rules.hours import Hours

_PERSON = re.compile(
    r"(?:\b(?:my )?(?:deputy|cover|covered by|with|and)\b(?: is)?|代理人?是?|由|，|,)?\s*[:：]?\s*"
    r"(?:<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>|(?<![\w<])@(?P<handle>[\w.\-]+))"
    r"\s*(?:stands in|covers|代理|顶替)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|til|through|thru|to)\b|直到|到|至", re.IGNORECASE)
_SINCE = re.compile(r"^\s*(?:from|since|starting|beginning|as of|on|从|自)\s*", re.IGNORECASE)
_NOW = frozenset({"", "now", "today", "现在", "今天", "即日"})
_OPEN_END = frozenset({"", "further notice", "i am back", "i'm back", "回来", "回来为止"})
_FOR = re.compile(r"^\s*for\s+", re.IGNORECASE)
_WHOLE_DAY = re.compile(
    r"\b(?:through|thru|including|inclusive|end of|eod|eow|eom|cob|close)\b|底|末|内|包括|含|下班|整", re.IGNORECASE
)
_TAIL = re.compile(r"(?:为止|止|起|开始)\s*$")
_EVERY_DAY = Hours.parse({"daily": "00:00-24:00"})
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`since` None: now. `until` None: open. `deputy_id` or `handle`: who stands in. `unread`: the rest."""

    since: datetime | None = None
    until: datetime | None = None
    deputy_id: str | None = None
    handle: str | None = None
    unread: str = ""


def wanted(text: str, *, now: datetime, calendar: Calendar, zone: str) -> Wanted:
    """Read what was typed after `/away`. `calendar`: when the person works; `zone`: in which they speak of times."""
    person = _PERSON.search(text)
    rest = f"{text[: person.start()]} {text[person.end() :]}".strip(" ,，。.") if person else text.strip()
    deputy_id, handle = (person["id"], person["handle"]) if person else (None, None)
    before, word, after = _split(rest)
    since, since_read = _since(before, now, calendar, zone)
    until, until_read = _until(after, word, now, calendar, zone)
    unread = " ".join(part for part, was_read in ((before, since_read), (after, until_read)) if not was_read)
    return Wanted(since, until, deputy_id, handle, unread.strip())


def why_unread(unread: str, *, now: datetime, calendar: Calendar, zone: str) -> Reason | None:
    """Why words are no time that somebody can be away until, where they name one: "past", "too_far" …"""
    return read_due(f"by {unread}", now=now, calendar=calendar, zone=zone).reason


def _split(rest: str) -> tuple[str, str, str]:
    """What stands before "until", the word itself, what stands behind. Without it a bare time is the end."""
    found = _UNTIL.search(rest)
    if found is not None:
        return rest[: found.start()].strip(), found[0], rest[found.end() :].strip()
    return (rest, "", "") if _SINCE.match(rest) else ("", "", rest)


def _since(text: str, now: datetime, calendar: Calendar, zone: str) -> tuple[datetime | None, bool]:
    said = _TAIL.sub("", _SINCE.sub("", text)).strip()
    if said.casefold() in _NOW:
        return None, True
    due, is_day = _read(said, now, calendar, zone)
    if due is None:
        return None, False
    return (_opening(due, calendar) if is_day else due), True


def _until(text: str, word: str, now: datetime, calendar: Calendar, zone: str) -> tuple[datetime | None, bool]:
    said = _TAIL.sub("", text).strip()
    if said.casefold() in _OPEN_END:
        return None, True
    due, is_day = _read(_FOR.sub("in ", said), now, calendar, zone)
    if due is None:
        return None, False
    if not is_day or _WHOLE_DAY.search(f"{word} {said}"):
        return due, True
    opening = _opening(due, calendar)
    if opening > now:
        return opening, True
    later, is_day = _read(said, due + _MOMENT, calendar, zone)  # "until Monday", said on a Monday, is the next one
    return (_opening(later, calendar) if later is not None and is_day else due), True


def _read(said: str, now: datetime, calendar: Calendar, zone: str) -> tuple[datetime | None, bool]:
    """The instant, and whether only its day was named. What is left over of the words makes it unread."""
    for line in (f"by {said}", f"{said}前", said):
        read = read_due(line, now=now, calendar=calendar, zone=zone)
        if read.kind == "found" and read.due is not None and not read.rest.strip(" ,，。."):
            day = calendar.local(read.due - _MOMENT).date()
            return read.due, read.due == calendar.closing(day) and not read.explicit_clock
    every_day = replace(calendar, hours=_EVERY_DAY, country=None, region=None)  # one can be back after a Saturday too
    read = read_due(f"by {said}", now=now, calendar=every_day, zone=zone)
    if read.kind == "found" and not read.explicit_clock and not read.rest.strip():
        return read.due, True
    return None, False


def _opening(due: datetime, calendar: Calendar) -> datetime:
    """When the day of `due` begins to be worked; on a free day the next one that is."""
    local = calendar.local(due - _MOMENT)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return calendar.next_open(midnight)
