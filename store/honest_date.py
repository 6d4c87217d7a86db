"""The earliest honest date of an ask that is filed now, and who of those that matter is away until then.

Who could own it: the person named, else the service's owner; whoever is on duty on the days until then; the lead; the
deputies of these. Only while all of them are away at once the date moves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from store import departments, owning, presence
from store.database import Look
from store.presence import Absence
from store.refusals import NobodyToOwn
from store.rules import honest_date as rule
from store.rules.calendar import Calendar
from store.rules.honest_date import Gap
from store.snapshots import Department, Service

DUTY_DAYS = 60  # of the rota are looked at
MOST_TOLD = 2  # people whose absence is told
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody is away in working time before the honest date. `cover_id`: who is there instead, if anybody is."""

    person_id: str
    since: datetime
    until: datetime | None
    cover_id: str | None


@dataclass(frozen=True, slots=True)
class HonestDate:
    """`promised`: what the lead time alone comes to; `at`: what can honestly be expected, never earlier.

    `is_known` False: everybody is away and nobody said until when; `at` is `promised` then.
    """

    at: datetime
    promised: datetime
    is_known: bool = True
    away: tuple[Stretch, ...] = ()

    @property
    def is_moved(self) -> bool:
        return self.at > self.promised


def honest_date(look: Look, department: Department, service: Service | None, person_id: str | None) -> HonestDate:
    """By when a result can honestly be expected that is asked for now. Raises NoWorkingTime as `departments.earliest`.

    One indexed look-up where nobody is away; none where the act has looked for these people already.
    """
    promised = departments.earliest(department, service, look.now)
    known = presence.not_ended(look, _could_own(department, service, person_id))
    if not known:
        return HonestDate(promised, promised)
    first = _first(service, person_id)
    fixed = _fixed(department, first)
    known = _with_standing_deputies(look, known)
    known |= presence.not_ended(look, {one.deputy_id for one in known.values() if one.deputy_id})
    gap = rule.common([_gone(one, known) for one in fixed])
    fallen_to = _falls_to(look, department, fixed, known) if gap is not None and gap.holds(look.now) else None
    lead_time = service.lead_time if service else department.lead_time
    gaps = _nobody_there(look, department, gap, fallen_to, known)
    at = rule.earliest(department.calendar, lead_time, look.now, gaps)
    until = at or promised
    expected = [first] if first else _on_duty(department, look.now, until) or [department.lead_id]
    others = [*_on_duty(department, look.now, until), department.lead_id, *([fallen_to] if fallen_to else [])]
    told = [_stretch(department.calendar, one, others, known, look.now, until) for one in expected]
    return HonestDate(until, promised, at is not None, tuple(one for one in told if one)[:MOST_TOLD])


def with_absences(
    look: Look, department: Department, service: Service | None, person_id: str | None
) -> HonestDate | None:
    """The same where somebody who could own it is away now or later; None, and nothing worked out, where nobody is."""
    known = presence.not_ended(look, _could_own(department, service, person_id))
    return honest_date(look, department, service, person_id) if known else None


def _could_own(department: Department, service: Service | None, person_id: str | None) -> set[str]:
    on_duty = {*department.rota.people, *(one for _, one in department.rota.covers)}
    return on_duty.union(_fixed(department, _first(service, person_id)))


def _first(service: Service | None, person_id: str | None) -> str | None:
    return person_id or (service.owner_id if service else None)


def _fixed(department: Department, first: str | None) -> list[str]:
    """Who could own it on any day."""
    return [one for one in dict.fromkeys((first, department.lead_id)) if one]


def _with_standing_deputies(look: Look, known: Mapping[str, Absence]) -> dict[str, Absence]:
    """Who named nobody is stood in for by whom their department names, as `/away` does it."""
    return {
        one: absence if absence.deputy_id else replace(absence, deputy_id=presence.standing_deputy(look, one))
        for one, absence in known.items()
    }


def _nobody_there(
    look: Look, department: Department, gap: Gap | None, fallen_to: str | None, known: Mapping[str, Absence]
) -> list[Gap]:
    """What is left of the `gap` in which all are away at once, from now on: somebody may have got it, or be on duty."""
    if gap is not None and fallen_to is not None:
        gap = rule.common([gap, _gone(fallen_to, presence.not_ended(look, [fallen_to]))])
    if gap is None or (gap.until is not None and gap.until <= look.now):
        return []
    calendar = department.calendar
    first = calendar.local(max(gap.since, look.now)).date()
    days = [first + offset * _DAY for offset in range(DUTY_DAYS)]
    there = [day for day in days if _is_there(department.rota.on(day), day, calendar, known)]
    return rule.without_days(calendar, gap, there)


def _falls_to(look: Look, department: Department, fixed: list[str], known: Mapping[str, Absence]) -> str | None:
    """The member who gets what comes in now, while none of those it should go to is there."""
    try:
        owner_id = owning.who_owns(look, department.id, fixed[:1])
    except NobodyToOwn:
        return None
    return None if owner_id in known or owner_id in fixed else owner_id


def _gone(person_id: str, known: Mapping[str, Absence]) -> Gap | None:
    """When neither somebody nor their deputy is there."""
    absence = known.get(person_id)
    if absence is None:
        return None
    away = Gap(absence.since, absence.until)
    if absence.deputy_id is None:
        return away
    deputys = known.get(absence.deputy_id)
    return rule.common([away, Gap(deputys.since, deputys.until)]) if deputys else None


def _is_there(person_id: str | None, day: date, calendar: Calendar, known: Mapping[str, Absence]) -> bool:
    opening, closing = calendar.opening(day), calendar.closing(day)
    if person_id is None or opening is None or closing is None:
        return False
    gone = _gone(person_id, known)
    return gone is None or not gone.meets(opening, closing)


def _on_duty(department: Department, start: datetime, end: datetime) -> list[str]:
    """Who is on duty on the working days from `start` to `end`, each once."""
    calendar = department.calendar
    first, last = calendar.local(start).date(), calendar.local(end).date()
    days = (first + offset * _DAY for offset in range(min((last - first).days + 1, DUTY_DAYS)))
    named = (department.rota.on(day) for day in days if calendar.is_working_day(day))
    return list(dict.fromkeys(one for one in named if one))


def _stretch(
    calendar: Calendar,
    person_id: str,
    others: Iterable[str],
    known: Mapping[str, Absence],
    start: datetime,
    end: datetime,
) -> Stretch | None:
    """When somebody is away in working time from `start` to `end`, and who is there meanwhile."""
    absence = known.get(person_id)
    if absence is None or not Gap(absence.since, absence.until).meets(start, end):
        return None
    since, until = max(absence.since, start), min(absence.until or end, end)
    if not calendar.working_time(since, until):
        return None
    candidates = (absence.deputy_id, *others)
    covers = (one for one in candidates if one and one != person_id and _is_free(one, since, until, known))
    return Stretch(person_id, absence.since, absence.until, next(covers, None))


def _is_free(person_id: str, since: datetime, until: datetime, known: Mapping[str, Absence]) -> bool:
    absence = known.get(person_id)
    return absence is None or not Gap(absence.since, absence.until).meets(since, until)
