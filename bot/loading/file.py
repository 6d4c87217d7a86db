"""The YAML file of departments, read: everything that can be checked without asking Slack is checked here."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from yaml.nodes import MappingNode, Node, ScalarNode

from bot.loading import offered
from bot.loading.lines import BadFile, Fault, Sheet, Written, line_of
from handlers.words import language_of
from store.rules.calendar import BadCalendar, Calendar
from store.rules.hours import BadHours, Hours
from store.rules.ladder import Ladder
from store.rules.lead_time import BadLeadTime, LeadTime
from store.rules.naming import KEY, LONGEST, MOST, BadName, names_of
from store.rules.offering import MOST_SERVICES
from store.rules.thresholds import BadLadder

DEPARTMENT_KEYS = (
    "key",
    "names",
    "channel",
    "lead",
    "members",
    "time_zone",
    "hours",
    "holidays",
    "closed_days",
    "lead_time",
    "language",
    "ladder",
    "guests_may_ask",
    "usergroup",
    "services",
    "rota",
    "deputies",
    "gray_zone",
)
NEEDED = ("key", "names", "channel", "lead", "time_zone", "hours", "lead_time")
ROTA_KEYS = ("people", "first_monday", "covers")
SERVICE_KEYS = ("name", "names", "lead_time", "owner", "restate", "ladder", *offered.KEYS)

ANY_HOURS = Hours.parse({"daily": "24h"})

WHY_HOURS = {
    "overlap": "two spans overlap",
    "ends_before_it_begins": "a span ends before it begins (a night is 22:00-06:00, a longer one 18:00-09:00+1)",
    "unknown_day": "that is no day (mon, tue … sun, mon-fri, daily, weekend)",
    "unreadable": "spans are written 09:00-12:00,13:30-18:00",
    "empty": "there is no working time in the week",
}
WHY_LEAD_TIME = {
    "unreadable": "write 2d for working days or 4h for working hours",
    "not_positive": "it has to be more than nothing",
    "too_long": "it may be a year at the most",
}
WHY_CALENDAR = {
    "unknown_zone": "time_zone {what!r} is unknown; names are like Asia/Shanghai or Europe/Berlin",
    "unknown_country": "holidays of {what!r} are unknown; write a country like CN, or a region of it like DE-BY",
    "unknown_region": "holidays know no region {what!r} in that country",
}
STANDARD = Ladder()
WHY_LADDER = {
    "unknown_rung": "there is no such rung",
    "unreadable": "write 2d, 4h, a number, or off",
    "not_positive": "it has to be more than nothing",
    "too_long": "it is too much",
    "cannot_be_off": "it cannot be off, or asks would stay open for ever",
    "out_of_order": "it has to come after the one before",
}


@dataclass(frozen=True, slots=True)
class ServiceText:
    """A service as written: people still by handle or e-mail."""

    name: str
    names: tuple[str, ...]
    lead_time: LeadTime
    owner: Written | None
    restate: bool
    offered: offered.Offered
    ladder: dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class RotaText:
    """A rota as written: who takes turns, from which week on, who covers which day."""

    people: tuple[Written, ...]
    first_monday: date | None
    covers: tuple[tuple[date, Written], ...]


@dataclass(frozen=True, slots=True)
class DepartmentText:
    """A department as written: people and channel still by name. `line` is where it begins.

    `rota`, `deputies` None: the file does not speak of them.
    """

    line: int
    key: Written
    names: tuple[Written, ...]
    channel: Written
    lead: Written
    members: tuple[Written, ...]
    calendar: Calendar
    lead_time: LeadTime
    locale: str
    ladder: Ladder
    guests_may_ask: bool
    usergroup: Written | None
    services: tuple[ServiceText, ...]
    rota: RotaText | None
    deputies: tuple[tuple[Written, Written], ...] | None
    is_gray_zone: bool


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Who and what a file names that only Slack knows, and what its departments are called."""

    called: list[tuple[Written, tuple[Written, ...]]] = field(default_factory=list)
    people: list[Written] = field(default_factory=list)
    channels: list[Written] = field(default_factory=list)
    usergroups: list[Written] = field(default_factory=list)
    desks: list[Written] = field(default_factory=list)


class Unreadable(BadFile):
    """A file with faults; what it mentions can be looked up all the same, so that those faults are told too."""

    def __init__(self, faults: Collection[Fault], mentioned: Mentioned) -> None:
        super().__init__(faults)
        self.mentioned = mentioned


def read_file(text: str, held: frozenset[str] = frozenset()) -> tuple[DepartmentText, ...]:
    """The departments of a YAML text; names that the ledger has already (`held`) may be as they are.

    Raises BadFile with every fault by its line.
    """
    sheet = Sheet(held)
    root = sheet.open(text)
    if root is None:
        raise BadFile([Fault(1, "The file is empty; it begins with departments:.")])
    entries = sheet.mapping(root, "The file", ("departments",))
    if "departments" not in entries:
        sheet.fault(1, "The file has no departments.")
        raise BadFile(sheet.faults)
    items = sheet.items(entries["departments"], "departments")
    if not items and not sheet.faults:
        sheet.fault(line_of(entries["departments"]), "The list of departments is empty.")
    mentioned = Mentioned()
    found = [one for node in items if (one := _department(sheet, node, mentioned))]
    for said in mentioned.desks[1:]:
        sheet.fault(said.line, f"{mentioned.desks[0].text} is the gray-zone desk already; a workspace has one.")
    if sheet.faults:
        raise Unreadable(sheet.faults, mentioned)
    return tuple(found)


def _department(sheet: Sheet, node: Node, mentioned: Mentioned) -> DepartmentText | None:
    before = len(sheet.faults)
    of = sheet.mapping(node, "A department", DEPARTMENT_KEYS)
    if not of:
        return None
    missing = [name for name in NEEDED if name not in of]
    if missing:
        sheet.fault(line_of(node), f"This department lacks {', '.join(missing)}.")
    key = sheet.text(of["key"], "key") if "key" in of else None
    if key and not KEY.fullmatch(key.text):
        sheet.fault(key.line, f"key {key.text!r} has to be one short word of letters, digits, - and _.")
    names = tuple(sheet.texts(of["names"], "names")) if "names" in of else ()
    _check_names(sheet, names)
    if "names" in of and not names and getattr(of["names"], "value", None) == []:
        sheet.fault(line_of(of["names"]), "names is empty: what may people type after @?")
    channel = sheet.text(of["channel"], "channel") if "channel" in of else None
    lead = sheet.text(of["lead"], "lead") if "lead" in of else None
    members = tuple(sheet.texts(of["members"], "members")) if "members" in of else ()
    calendar = _calendar(sheet, of)
    lead_time = _lead_time(sheet, of["lead_time"]) if "lead_time" in of else None
    locale = _locale(sheet, of.get("language"))
    ladder = _ladder(sheet, of.get("ladder"))
    guests = sheet.flag(of["guests_may_ask"], "guests_may_ask") if "guests_may_ask" in of else False
    usergroup = sheet.text(of["usergroup"], "usergroup") if "usergroup" in of else None
    services = _services(sheet, of.get("services"), lead_time, ladder, mentioned)
    rota = _rota(sheet, of["rota"], mentioned) if "rota" in of else None
    deputies = _deputies(sheet, of["deputies"], mentioned) if "deputies" in of else None
    is_desk = sheet.flag(of["gray_zone"], "gray_zone") if "gray_zone" in of else False
    if is_desk and key:
        mentioned.desks.append(Written(key.text, line_of(of["gray_zone"])))
    mentioned.called.extend([(key, names)] if key else [])
    mentioned.people.extend(said for said in (lead, *members) if said)
    mentioned.channels.extend([channel] if channel else [])
    mentioned.usergroups.extend([usergroup] if usergroup else [])
    if len(sheet.faults) > before or not (key and channel and lead and calendar and lead_time and names):
        return None
    return DepartmentText(
        line_of(node),
        key,
        names,
        channel,
        lead,
        members,
        calendar,
        lead_time,
        locale,
        ladder,
        guests,
        usergroup,
        services,
        rota,
        deputies,
        is_desk,
    )


def _check_names(sheet: Sheet, names: Sequence[Written]) -> None:
    new = [said for said in names if said.text not in sheet.held]
    for said in new:
        try:
            names_of([said.text])
        except BadName as fault:
            sheet.fault(said.line, f"names: {fault.what!r} is too long; {LONGEST} characters are the most.")
    if new and len(names) > MOST:
        sheet.fault(names[MOST].line, f"names: a department has {MOST} at the most.")


def _calendar(sheet: Sheet, of: dict[str, Node]) -> Calendar | None:
    hours = _hours(sheet, of["hours"]) if "hours" in of else None
    zone = sheet.text(of["time_zone"], "time_zone") if "time_zone" in of else None
    free = sheet.text(of["holidays"], "holidays") if "holidays" in of else None
    closed = _closed_days(sheet, of["closed_days"]) if "closed_days" in of else frozenset()
    country, _, region = (free.text if free else "").partition("-")
    before = len(sheet.faults)
    # Each looked at beside what is surely right, so that a fault in one does not hide that of another.
    if zone is not None:
        _is_calendar(sheet, zone, zone.text)
    if free is not None:
        _is_calendar(sheet, free, "UTC", country, region or None)
    if hours is None or zone is None or len(sheet.faults) > before:
        return None
    return Calendar(zone.text, hours, country or None, region or None, closed)


def _is_calendar(sheet: Sheet, said: Written, zone: str, country: str | None = None, region: str | None = None) -> None:
    try:
        Calendar(zone, ANY_HOURS, country, region)
    except BadCalendar as fault:
        sheet.fault(said.line, WHY_CALENDAR[fault.reason].format(what=fault.what) + ".")


def _hours(sheet: Sheet, node: Node) -> Hours | None:
    days = sheet.plain(node, "hours")
    before = len(sheet.faults)
    for day, spans in days.items():
        _parse_hours(sheet, node, {day: spans}, alone=True)
    return _parse_hours(sheet, node, days) if len(sheet.faults) == before else None


def _parse_hours(sheet: Sheet, node: Node, days: dict[str, object], *, alone: bool = False) -> Hours | None:
    """The hours of these days. `alone`: of one entry, which may well be closed."""
    try:
        return Hours.parse(days)
    except BadHours as fault:
        if not (alone and fault.reason == "empty"):
            what = f" ({fault.what})" if fault.what else ""
            sheet.fault(_line_inside(node, fault.what), f"hours cannot be read{what}: {WHY_HOURS[fault.reason]}.")
        return None


def _line_inside(node: Node, text: str) -> int:
    """The line below `node` that says `text`, for faults that know their text only."""
    for key, value in getattr(node, "value", ()):
        said = value.value if isinstance(value, ScalarNode) else ""
        if isinstance(key, ScalarNode) and text and (text in key.value.lower() or text in said.lower()):
            return line_of(key)
    return line_of(node)


def _closed_days(sheet: Sheet, node: Node) -> frozenset[date]:
    found = [_day(sheet, said, "closed_days") for said in sheet.texts(node, "closed_days")]
    return frozenset(day for day in found if day is not None)


def _lead_time(sheet: Sheet, node: Node) -> LeadTime | None:
    said = sheet.text(node, "lead_time")
    if said is None:
        return None
    try:
        return LeadTime.parse(said.text)
    except BadLeadTime as fault:
        sheet.fault(said.line, f"lead_time {said.text!r}: {WHY_LEAD_TIME[fault.reason]}.")
        return None


def _locale(sheet: Sheet, node: Node | None) -> str:
    said = sheet.text(node, "language") if node is not None else None
    if said is None:
        return "en-US"
    if not re.fullmatch(r"(en|zh)([-_]\w+)*", said.text, re.IGNORECASE):
        sheet.fault(said.line, f"language {said.text!r}: Baton speaks en-US and zh-CN.")
    return {"en": "en-US", "zh_CN": "zh-CN"}[language_of(said.text)]


def _ladder_changes(sheet: Sheet, node: Node, ladder: Ladder) -> dict[str, str | int | bool]:
    """The rungs in which a service is nudged otherwise than its department."""
    named = sheet.plain(node, "ladder")
    return _ladder(sheet, node, ladder).only(named)


def _ladder(sheet: Sheet, node: Node | None, standard: Ladder = STANDARD) -> Ladder:
    if node is None:
        return standard
    try:
        return standard.changed(sheet.plain(node, "ladder"))
    except BadLadder as fault:
        line = _line_inside(node, fault.rung.lower())
        sheet.fault(line, f"ladder: {fault.rung} {fault.what}: {WHY_LADDER[fault.reason]}.")
        return standard


def _services(
    sheet: Sheet, node: Node | None, standard: LeadTime | None, ladder: Ladder, mentioned: Mentioned
) -> tuple[ServiceText, ...]:
    found: list[ServiceText] = []
    if node is not None and len(getattr(node, "value", ())) > MOST_SERVICES:
        sheet.fault(line_of(node), f"A department may have {MOST_SERVICES} services at the most.")
    taken: set[str] = set()
    for item in sheet.items(node, "services") if node is not None else ():
        of = sheet.mapping(item, "A service", SERVICE_KEYS)
        name = sheet.text(of["name"], "name") if "name" in of else None
        if name is None:
            if of and "name" not in of:
                sheet.fault(line_of(item), "This service has no name.")
            continue
        lead_time = _lead_time(sheet, of["lead_time"]) if "lead_time" in of else standard
        owner = sheet.text(of["owner"], "owner") if "owner" in of else None
        mentioned.people.extend([owner] if owner else [])
        restate = sheet.flag(of["restate"], "restate") if "restate" in of else False
        others = sheet.texts(of["names"], "names") if "names" in of else []
        names = tuple(dict.fromkeys((name.text, *(said.text for said in others))))
        for one in names:
            if one.casefold() in taken:
                sheet.fault(name.line, f"Two services of this department are called {one!r}.")
            taken.add(one.casefold())
        if lead_time is not None:
            rest = offered.offered(sheet, of, names, name.line)
            changes = _ladder_changes(sheet, of["ladder"], ladder) if "ladder" in of else {}
            found.append(ServiceText(name.text, names, lead_time, owner, restate, rest, changes))
    return tuple(found)


def _rota(sheet: Sheet, node: Node, mentioned: Mentioned) -> RotaText:
    if isinstance(node, ScalarNode) and node.value.strip().lower() in ("off", "no", "none"):
        return RotaText((), None, ())
    of = sheet.mapping(node, "rota", ROTA_KEYS)
    people = tuple(sheet.texts(of["people"], "rota: people")) if "people" in of else ()
    first = sheet.text(of["first_monday"], "rota: first_monday") if "first_monday" in of else None
    monday = _day(sheet, first, "rota: first_monday") if first else None
    if people and not first:
        sheet.fault(line_of(node), "rota lacks first_monday: the Monday on which the first of the people begins.")
    if first and monday and monday.weekday():
        sheet.fault(first.line, f"rota: first_monday {first.text} is no Monday.")
    covers = []
    for day, person in _pairs(sheet, of["covers"], "rota: covers") if "covers" in of else ():
        covered = _day(sheet, day, "rota: covers")
        covers.extend([(covered, person)] if covered else [])
    mentioned.people.extend([*people, *(person for _, person in covers)])
    return RotaText(people, monday if people else None, tuple(sorted(covers, key=lambda cover: cover[0])))


def _deputies(sheet: Sheet, node: Node, mentioned: Mentioned) -> tuple[tuple[Written, Written], ...]:
    found = _pairs(sheet, node, "deputies")
    for person, deputy in found:
        mentioned.people.extend((person, deputy))
        if person.text == deputy.text:
            sheet.fault(person.line, f"deputies: {person.text} cannot stand in for themselves.")
    return tuple(found)


def _pairs(sheet: Sheet, node: Node, what: str) -> list[tuple[Written, Written]]:
    """A mapping of text to text, both with their lines."""
    sheet.mapping(node, what)  # tells what is no mapping, and what stands there twice
    found = []
    for key, value in getattr(node, "value", ()) if isinstance(node, MappingNode) else ():
        left, right = sheet.text(key, what), sheet.text(value, what)
        found.extend([(left, right)] if left and right else [])
    return found


def _day(sheet: Sheet, said: Written, what: str) -> date | None:
    try:
        return date.fromisoformat(said.text)
    except ValueError:
        sheet.fault(said.line, f"{what}: {said.text!r} is no day; write it like 2026-12-24.")
        return None
