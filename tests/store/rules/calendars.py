"""Calendars that the tests of the rules share, and a way to write local times."""

from datetime import datetime
from zoneinfo import ZoneInfo

from store.rules.calendar import Calendar
from store.rules.hours import Hours

LUNCH = Hours.parse({"mon-fri": "09:00-12:00,13:30-18:00"})
PLAIN = Hours.parse({"mon-fri": "09:00-17:00"})
ALWAYS = Hours.parse({"daily": "24h"})
NIGHT = Hours.parse({"mon-fri": "22:00-06:00"})
EVERY_NIGHT = Hours.parse({"daily": "22:00-06:00"})

BEIJING = Calendar("Asia/Shanghai", LUNCH, "CN")
MUNICH = Calendar("Europe/Berlin", PLAIN, "DE", "BY")
NEW_YORK = Calendar("America/New_York", PLAIN, "US")

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Cairo", "Asia/Kolkata")


def at(text: str, zone: str) -> datetime:
    """`2026-05-14 09:30` on the wall clock of `zone`; a trailing `*` is its second time in a repeated hour."""
    moment = datetime.fromisoformat(text.rstrip("*")).replace(tzinfo=ZoneInfo(zone))
    return moment.replace(fold=1) if text.endswith("*") else moment


def shown(instant: datetime, zone: str) -> str:
    """The inverse of `at`, with the weekday: `Thu 2026-05-14 09:30`."""
    local = instant.astimezone(ZoneInfo(zone))
    return local.strftime("%a %Y-%m-%d %H:%M") + ("*" if local.fold else "")
