"""What somebody typed into the forms of `/dept`, read: zones, hours, countries, days, lead times, names.

Each reader returns what was meant, or None and a sentence under the field's name in `faults`: all are told at once.
"""

import re
from datetime import date

from handlers import department_refusals
from handlers.fields import Values
from handlers.words import Words
from store.rules import naming, places
from store.rules.calendar import BadCalendar, Calendar
from store.rules.hours import BadHours, Hours
from store.rules.lead_time import BadLeadTime, LeadTime
from store.rules.naming import BadName
from store.rules.written_hours import BadLine, days_of, hours_of

NO_COUNTRY = "-"  # the choice of no public holidays
Faults = dict[str, str]


def calendar(values: Values, faults: Faults, words: Words) -> Calendar | None:
    """Zone, hours, country, region and closed days of a form; fields that it does not have count as empty."""
    zone = time_zone(values.text("time_zone") or "", faults, words)
    week = hours(values.text("hours") or "", faults, words)
    closed = closed_days(values.text("closed_days") or "", faults, words)
    country = values.choice("country") or NO_COUNTRY
    region = (values.text("region") or "").strip() or None
    if region and not region_is_known(country, region, faults, words):
        return None
    if zone is None or week is None or closed is None:
        return None
    return Calendar(zone, week, None if country == NO_COUNTRY else country, region, closed)


def time_zone(written: str, faults: Faults, words: Words) -> str | None:
    """A zone by its name or by a city."""
    found = places.zone_called(written)
    if found is None:
        near = places.zones_near(written)
        faults["time_zone"] = (
            words.say("I know no time zone “{zone}”. Did you mean {near}?", zone=written[:60], near=", ".join(near))
            if near
            else words.say("I know no time zone “{zone}”. Names are like Asia/Shanghai.", zone=written[:60])
        )
    return found


def hours(written: str, faults: Faults, words: Words) -> Hours | None:
    """The hours of a week, a line for each group of days."""
    try:
        return hours_of(written)
    except BadLine as bad:
        why = bad_hours(bad.fault, words) if bad.fault else words.say("Please write it like “mon-fri: 09:00-18:00”.")
        faults["hours"] = words.say("“{line}”: {why}", line=bad.line, why=why)
    except BadHours as fault:
        why = bad_hours(fault, words)
        faults["hours"] = words.say("“{line}”: {why}", line=fault.what, why=why) if fault.what else why
    return None


def bad_hours(fault: BadHours, words: Words) -> str:
    """Why hours cannot be used."""
    match fault.reason:
        case "overlap":
            return words.say("Two spans overlap.")
        case "ends_before_it_begins":
            return words.say(
                "It ends before it begins. An afternoon is 13:00-18:00, so nine to six is 9-18. "
                "A night is 22:00-06:00; a longer one is 18:00-09:00+1."
            )
        case "unknown_day":
            return words.say("That is no day. Days are mon, tue … sun, mon-fri, daily, weekend.")
        case "empty":
            return words.say("There is no working time in the week.")
        case "unreadable":
            return words.say("Spans are written like 09:00-12:00, 13:30-18:00, or 24h.")


def closed_days(written: str, faults: Faults, words: Words) -> frozenset[date] | None:
    """Days on which the department is closed."""
    try:
        return days_of(written)
    except BadLine as bad:
        faults["closed_days"] = words.say("“{day}” is no day. Please write it like 2026-12-24.", day=bad.line)
        return None


def region_is_known(country: str, region: str, faults: Faults, words: Words) -> bool:
    """Whether the country has this region; else the regions that it has are named."""
    try:
        Calendar("UTC", Hours.parse({"daily": "24h"}), None if country == NO_COUNTRY else country, region)
    except BadCalendar:
        known = () if country == NO_COUNTRY else places.regions_of(country)
        faults["region"] = (
            words.say(
                "I know no region “{region}” there. There are: {known}.", region=region[:40], known=", ".join(known)
            )
            if known
            else words.say("There are no regions to choose there. Please leave this empty.")
        )
        return False
    return True


def lead_time(written: str, faults: Faults, words: Words) -> LeadTime | None:
    """`2d` working days, `4h` working hours."""
    try:
        return LeadTime.parse(written)
    except BadLeadTime as bad:
        faults["lead_time"] = {
            "unreadable": words.say("Please write 2d for two working days, or 4h for four working hours."),
            "not_positive": words.say("It has to be more than nothing, like 4h or 2d."),
            "too_long": words.say("It may be a year at the most: 365d."),
        }[bad.reason]
        return None


def names(written: str, faults: Faults, words: Words, *, on_one_line: bool = False) -> tuple[str, ...] | None:
    """The names that people may type after @, a line each; `on_one_line` with commas between them."""
    try:
        return naming.names_of(re.split("[,，、;；]", written) if on_one_line else [written])
    except BadName as bad:
        faults["names"] = department_refusals.bad_name(bad, words)
        return None


def key(written: str, faults: Faults, words: Words) -> str | None:
    """The key by which the YAML file knows it."""
    try:
        return naming.key_of(written)
    except BadName as bad:
        faults["key"] = department_refusals.bad_name(bad, words)
        return None
