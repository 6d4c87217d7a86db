"""`python -m bot load FILE`: the file's departments become the ledger's, all in one act or none.

`prepare` reads and resolves; `changes` says what would be different; `load` does it.
"""

from collections.abc import Sized
from dataclasses import dataclass, fields
from datetime import date, datetime

from bot.loading.directory import Directory, NotFound
from bot.loading.file import DepartmentText, Mentioned, RotaText, ServiceText, Unreadable, read_file
from bot.loading.lines import BadFile, Fault, Written
from store import departments, people, setting_up
from store.database import Act, Look
from store.people import Profile
from store.plans import Plan, ServicePlan, as_plan
from store.rules.calendar import Calendar, NoWorkingTime
from store.rules.hours import Hours
from store.rules.naming import plain
from store.snapshots import Rota


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file asks for, with Slack's ids. `advice`: sentences about what works less well than it could.

    `lines`: where each name stands that may be typed after @.
    """

    plans: tuple[Plan, ...]
    profiles: tuple[Profile, ...]
    advice: tuple[str, ...]
    lines: dict[str, int]


def prepare(text: str, directory: Directory, held: frozenset[str] = frozenset()) -> Prepared:
    """Read a YAML text and find its people and channels on Slack. `held`: the names that the ledger has already.

    Raises BadFile with every fault by its line, and what the Slack client raises.
    """
    resolver = _Resolver(directory)
    try:
        written = read_file(text, held)
    except Unreadable as bad:
        raise BadFile([*bad.faults, *resolver.unknown(bad.mentioned), *_doubles(bad.mentioned.called)]) from bad
    plans = [resolver.plan(one) for one in written]
    faults = resolver.faults + _doubles([(one.key, one.names) for one in written])
    if faults:
        raise BadFile(faults)
    lines = {plain(said.text): said.line for one in written for said in (one.key, *one.names)}
    return Prepared(
        tuple(plan for plan in plans if plan is not None), tuple(resolver.met.values()), tuple(resolver.advice), lines
    )


def names_held(look: Look) -> frozenset[str]:
    """What departments and their services are called in the ledger."""
    found = [*departments.all_of(look), *departments.closed(look)]
    services = (service for one in found for service in one.services)
    return frozenset({name for one in found for name in one.names} | {name for one in services for name in one.names})


class _Resolver:
    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.faults: list[Fault] = []
        self.advice: list[str] = []
        self.met: dict[str, Profile] = {}

    def plan(self, text: DepartmentText) -> Plan | None:
        lead_id = self._person(text.lead)
        member_ids = [self._person(member) for member in text.members]
        owners = [self._person(service.owner) if service.owner else None for service in text.services]
        channel_id = self._channel(text.channel)
        usergroup_id = self._usergroup(text.usergroup)
        rota, deputies = self._rota(text.rota), self._deputies(text)
        if lead_id is None or channel_id is None:
            return None
        calendar = text.calendar
        return Plan(
            key=text.key.text,
            names=tuple(dict.fromkeys(name.text for name in text.names)),
            channel_id=channel_id,
            lead_id=lead_id,
            member_ids=tuple(sorted({one for one in member_ids if one})),
            time_zone=calendar.zone,
            hours=calendar.hours.as_yaml(),
            country=calendar.country,
            region=calendar.region,
            closed_days=tuple(sorted(day.isoformat() for day in calendar.closed)),
            lead_time=str(text.lead_time),
            locale=text.locale,
            ladder=text.ladder.as_yaml(),
            guests_may_ask=text.guests_may_ask,
            usergroup_id=usergroup_id,
            services=tuple(_service(service, owner) for service, owner in zip(text.services, owners, strict=True)),
            rota=rota,
            deputies=deputies,
            is_gray_zone=text.is_gray_zone,
        )

    def _rota(self, text: RotaText | None) -> Rota | None:
        if text is None:
            return None
        turns = [found for said in text.people if (found := self._person(said))]
        covers = [(day, found) for day, said in text.covers if (found := self._person(said))]
        return Rota(tuple(turns), text.first_monday, tuple(covers))

    def _deputies(self, text: DepartmentText) -> tuple[tuple[str, str], ...] | None:
        if text.deputies is None:
            return None
        found: dict[str, str] = {}
        for said, deputy in text.deputies:
            person_id, deputy_id = self._person(said), self._person(deputy)
            if person_id and person_id == deputy_id:
                self.faults.append(Fault(said.line, f"deputies: {said.text} cannot stand in for themselves."))
            elif person_id in found:
                self.faults.append(Fault(said.line, f"deputies: {said.text} is there twice."))
            elif person_id and deputy_id:
                found[person_id] = deputy_id
        return tuple(sorted(found.items()))

    def unknown(self, mentioned: Mentioned) -> list[Fault]:
        """The faults of what is mentioned."""
        for said in mentioned.people:
            self._person(said)
        for said in mentioned.channels:
            self._channel(said)
        for said in mentioned.usergroups:
            self._usergroup(said)
        return self.faults

    def _person(self, said: Written) -> str | None:
        try:
            found = self.directory.person(said.text)
        except NotFound as fault:
            self.faults.append(Fault(said.line, str(fault)))
            return None
        self.met[found.id] = found
        return found.id

    def _channel(self, said: Written) -> str | None:
        try:
            found = self.directory.channel(said.text)
        except NotFound as fault:
            self.faults.append(Fault(said.line, str(fault)))
            return None
        if found.is_archived:
            self.faults.append(Fault(said.line, f"#{found.name} is archived."))
        elif not found.is_member:
            self.advice.append(f"Baton is not in #{found.name} yet: type /invite @Baton there, or no card can appear.")
        return found.id

    def _usergroup(self, said: Written | None) -> str | None:
        if said is None:
            return None
        try:
            return self.directory.usergroup(said.text)
        except NotFound as fault:
            self.faults.append(Fault(said.line, str(fault)))
            return None


def _service(text: ServiceText, owner_id: str | None) -> ServicePlan:
    rest = text.offered
    return ServicePlan(
        text.name,
        text.names,
        str(text.lead_time),
        owner_id,
        text.restate,
        rest.inputs,
        rest.done_means,
        rest.promise,
        text.ladder,
    )


def _doubles(called: list[tuple[Written, tuple[Written, ...]]]) -> list[Fault]:
    """Two departments may share neither a key nor anything that is typed after @."""
    faults: list[Fault] = []
    keys: dict[str, int] = {}
    names: dict[str, str] = {}
    for key, others in called:
        if key.text in keys:
            faults.append(Fault(key.line, f"key {key.text} is used in line {keys[key.text]} already."))
            continue
        keys[key.text] = key.line
        for said in (key, *others):
            other = names.setdefault(plain(said.text), key.text)
            if other != key.text:
                faults.append(Fault(said.line, f"{said.text!r} is a name of the department {other} too."))
    return faults


@dataclass(frozen=True, slots=True)
class Changes:
    """What loading would change: sentences by department. `left_alone`: in the ledger, but not in the file."""

    sentences: tuple[str, ...]
    left_alone: tuple[str, ...]


def changes(look: Look, prepared: Prepared) -> Changes:
    """How the file differs from the ledger. Raises BadFile if a name is taken by a department that is not in it."""
    known = {one.key: as_plan(one) for one in departments.all_of(look)}
    wanted = {plan.key for plan in prepared.plans}
    taken = [
        Fault(prepared.lines[plain(name)], f"{name!r} is a name of the department {key}, which is in the ledger.")
        for key, plan in known.items()
        if key not in wanted
        for name in (key, *plan.names)
        if plain(name) in prepared.lines
    ]
    never = [
        Fault(prepared.lines[plain(plan.key)], f"{plan.key} has no working time in the next year: look at its hours.")
        for plan in prepared.plans
        if not _ever_opens(plan, look.now)
    ]
    if taken or never:
        raise BadFile([*taken, *never])
    named = {profile.id: f"@{profile.handle}" for profile in prepared.profiles}
    sentences: list[str] = []
    for plan in prepared.plans:
        before = known.get(plan.key)
        if before is None:
            many = f"{_many(plan.member_ids, 'member')}, {_many(plan.services, 'service')}"
            sentences.append(f"{plan.key}: new, led by {named.get(plan.lead_id, plan.lead_id)}, {many}")
        else:
            sentences += _differences(look, before, plan, named)
    return Changes(tuple(sentences), tuple(key for key in known if key not in wanted))


def _ever_opens(plan: Plan, now: datetime) -> bool:
    closed = frozenset(date.fromisoformat(day) for day in plan.closed_days)
    try:
        Calendar(plan.time_zone, Hours.parse(plan.hours), plan.country, plan.region, closed).next_open(now)
    except NoWorkingTime:
        return False
    return True


def load(act: Act, prepared: Prepared) -> Changes:
    """Make the ledger's departments be as the file says. Returns what changed."""
    done = changes(act, prepared)
    for profile in prepared.profiles:
        people.remember(act, profile)
    for plan in prepared.plans:
        setting_up.set_up(act, plan)
    return done


def _rest(service: ServicePlan) -> list[str]:
    needs = [f"{one.name} {one.help}".strip() + ("" if one.required else " (optional)") for one in service.inputs]
    return [
        *([f"needs {'; '.join(needs)}"] if needs else []),
        *([f"done means {service.done_means}"] if service.done_means else []),
        *([f"promises {service.promise}"] if service.promise else []),
        *([f"nudged {', '.join(f'{rung} {one}' for rung, one in service.ladder.items())}"] if service.ladder else []),
    ]


def _differences(look: Look, before: Plan, after: Plan, named: dict[str, str]) -> list[str]:
    gone = people.several(look, {before.lead_id, *before.member_ids})
    names = {person.id: f"@{person.handle}" for person in gone.values()} | named

    def shown(value: object) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{key} {one}" for key, one in value.items()) or "nothing"
        if isinstance(value, tuple):
            return ", ".join(shown(one) for one in value) or "nobody"
        if isinstance(value, Rota):
            covers = "".join(f", {shown(person_id)} on {day}" for day, person_id in value.covers)
            return f"{shown(value.people)} from {value.first_monday}{covers}" if value.people else f"nobody{covers}"
        if isinstance(value, ServicePlan):
            owner = f", {shown(value.owner_id)}" if value.owner_id else ""
            synonyms = "".join(f" / {name}" for name in value.names[1:])
            rest = "".join(f", {said}" for said in _rest(value))
            return f"{value.name}{synonyms} ({value.lead_time}{owner}{', restated' if value.restate else ''}{rest})"
        return names.get(str(value), "none" if value is None else str(value))

    found: list[str] = []
    for each in fields(Plan):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old == new or (new is None and each.name in ("rota", "deputies")):
            continue  # what the file does not speak of stays
        if isinstance(old, dict):  # of a long mapping only what differs
            old, new = (
                {key: one for key, one in old.items() if new.get(key) != one},
                {key: one for key, one in new.items() if old.get(key) != one},
            )
        found.append(f"{after.key}: {each.name.removesuffix('_id').removesuffix('_ids')} {shown(old)} → {shown(new)}")
    return found


def _many(some: Sized, one: str) -> str:
    return f"{len(some)} {one}" if len(some) == 1 else f"{len(some)} {one}s"
