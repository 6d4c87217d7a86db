"""What the ledger shows to the floors above: frozen, complete, without a connection behind them.

Cards are pure functions of these. Times are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from store.rules.calendar import Calendar
from store.rules.kept import Kept
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import OPEN_STAGES, Answerer, Outcome, Role, Stage
from store.rules.offering import Input
from store.rules.permissions import Matter
from store.rules.rush import Cause


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace. `gone`: the account was deactivated."""

    id: str
    handle: str
    name: str
    locale: str
    time_zone: str
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """Something a department promises. `owner_id`: who owns its asks by default. `inputs`: what it needs to start.

    `promise`: what askers read of it; `done_means`: what done looks like; `changed_by`: who last wrote it in Slack.
    `ladder`: how its asks are nudged, None: as the department's; `ladder_changes`: the rungs in which it is another.
    """

    id: int
    name: str
    names: tuple[str, ...]
    lead_time: LeadTime
    owner_id: str | None
    restate: bool
    inputs: tuple[Input, ...] = ()
    done_means: str | None = None
    promise: str | None = None
    changed_by: str | None = None
    ladder: Ladder | None = None
    ladder_changes: Mapping[str, str | int | bool] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Rota:
    """Who is on duty: `people` in turn, a week each from `first_monday` on; `covers` names others for single days."""

    people: tuple[str, ...] = ()
    first_monday: date | None = None
    covers: tuple[tuple[date, str], ...] = ()

    def on(self, day: date) -> str | None:
        """Who is on duty on a day, or None."""
        turn = (day - self.first_monday).days // 7 if self.first_monday else -1
        regular = self.people[turn % len(self.people)] if self.people and turn >= 0 else None
        return dict(self.covers).get(day, regular)

    def is_covered(self, day: date) -> bool:
        return day in dict(self.covers)


@dataclass(frozen=True, slots=True)
class Department:
    """A team that takes asks. `names[0]` is how it is shown; all of `names` may be typed after @.

    `deputies`: (person, who stands in for them). `archived`: closed, so that it takes no asks any more.
    `is_gray_zone`: the desk where asks land that fit no department.
    """

    id: int
    key: str
    names: tuple[str, ...]
    channel_id: str
    lead_id: str
    member_ids: tuple[str, ...]
    calendar: Calendar
    lead_time: LeadTime
    locale: str
    ladder: Ladder
    guests_may_ask: bool
    usergroup_id: str | None
    services: tuple[Service, ...]
    rota: Rota = Rota()
    deputies: tuple[tuple[str, str], ...] = ()
    archived: bool = False
    is_gray_zone: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    def service(self, service_id: int | None) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    def ladder_of(self, service_id: int | None) -> Ladder:
        """How an ask for a service is nudged: by the service's own ladder, or the department's."""
        service = self.service(service_id)
        return service.ladder if service and service.ladder else self.ladder


@dataclass(frozen=True, slots=True)
class Change:
    """What the owner offers in place of what was asked, while the asker has not answered."""

    id: int
    result: str | None
    due: datetime
    reason: str | None
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that the asker owes the owner. `mark` names for good what is to be answered (`change12`).

    `holds`: the owner's clock stands still meanwhile; for an offered change it runs, as the asked date stands.
    """

    mark: str
    since: datetime
    holds: bool


def awaited(stage: Stage, question: tuple[int, datetime] | None, change: tuple[int, datetime] | None) -> Awaited | None:
    """What is awaited of the asker, by the row id and the instant of the pending question and the offered change."""
    if stage not in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return None
    if question is not None:
        return Awaited(f"question{question[0]}", question[1], holds=True)
    return Awaited(f"change{change[0]}", change[1], holds=False) if change is not None else None


@dataclass(frozen=True, slots=True)
class Baton:
    """An offer to pass custody on, while nobody has answered it. `note`: what is done, what is next, where it is."""

    id: int
    giver_id: str
    offered_by: str
    receiver: Person
    to_department_id: int | None
    to_department_name: str | None
    note: str
    offered_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """Something the service needs to start, and what the asker said to it."""

    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the owner asks somebody: `words`, or a `proposal` of their own ("I suggest …"), or both.

    `ended`: answered, agreed, taken_back, or overtaken by another move; None while it is pending.
    """

    id: int
    asked_as: Answerer
    asked_by: str
    asked_of: str
    words: str | None
    proposal: str | None
    asked_at: datetime
    ended: str | None = None
    answer: str | None = None
    answered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Where the public card of an ask stands on Slack."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask as it stands. `owner` of a closed ask is who owned it last.

    `asked_due`: what the asker wanted; `due`: the promise that counts now; `due_was_given`: the asker named a time.
    `lead_id` leads the department that owns the ask. `earliest`: what it would have promised when a rush was filed;
    null once another department has it.
    `question`: the pending one to the asker, if any; the owner's clock stands still meanwhile.
    `late_from`: since when it is late, where that is not `due` itself: nobody has worked since a closing.
    `kept`: how its promise came out, once it is delivered or ended after it was due; `late_by`: working time.
    `at_gray_zone`: it waits at the desk to be placed.
    """

    id: int
    number: int
    version: int
    stage: Stage
    outcome: Outcome | None
    outcome_reason: str | None
    department_id: int
    department_name: str
    department_channel_id: str
    lead_id: str
    service_name: str | None
    restate: bool
    asker: Person
    asker_department_name: str | None
    askers_lead_id: str | None
    owner: Person
    owned_since: datetime
    what: str
    done_means: str | None
    result: str | None
    asked_due: datetime
    due: datetime
    due_was_given: bool
    promise_number: int
    promised_at: datetime
    rush_reason: str | None
    is_private: bool
    source_link: str | None
    evidence: str | None
    evidence_link: str | None
    missing: str | None
    filed_at: datetime
    acknowledged_at: datetime | None
    delivered_at: datetime | None
    deliveries: int
    closed_at: datetime | None
    fed_at: datetime
    change: Change | None
    card: Card | None
    baton: Baton | None = None
    service_id: int | None = None
    inputs: tuple[Answered, ...] = ()
    rush_cause: Cause | None = None
    earliest: datetime | None = None
    question: Question | None = None
    kept: Kept | None = None
    late_from: datetime | None = None
    late_by: timedelta = timedelta(0)
    at_gray_zone: bool = False
    chain: "Chain | None" = None  # filled in by `queries.chains.along` only

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def waits_for_asker(self) -> bool:
        """Whether the next move is the asker's: a verdict, or the answer to an offered change or to a question."""
        return self.stage is Stage.DELIVERED or (self.is_open and (self.change or self.question) is not None)

    @property
    def awaited(self) -> Awaited | None:
        """The answer that the asker owes the owner, or None. A verdict is not one of them: it has nudges of its own."""
        question = (self.question.id, self.question.asked_at) if self.question else None
        change = (self.change.id, self.change.offered_at) if self.change else None
        return awaited(self.stage, question, change)

    @property
    def owner_id(self) -> str:
        return self.owner.id

    @property
    def holder(self) -> Person:
        """Who has the monkey's next move."""
        return self.asker if self.waits_for_asker else self.owner

    @property
    def is_rush(self) -> bool:
        """Whether the promise that counts now is sooner than the department's lead time allowed."""
        return self.rush_reason is not None and (self.earliest is None or self.due < self.earliest)

    @property
    def can_be_countered(self) -> bool:
        """Whether the owner may answer a rush with the earliest time in one click, while nothing else is offered."""
        working = self.stage in (Stage.OPEN, Stage.ACKNOWLEDGED)
        sooner = self.earliest is not None and self.due < self.earliest
        return working and sooner and not self.waits_for_asker and not self.restates

    @property
    def restates(self) -> bool:
        """Whether acknowledging still needs the owner's own words."""
        return self.restate and self.stage is Stage.OPEN

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is past, and working time with it.

        While the asker is asked something, the clock stands where it stood then.
        """
        counted_to = self.question.asked_at if self.question else now
        return self.stage in (Stage.OPEN, Stage.ACKNOWLEDGED) and (self.late_from or self.due) < counted_to

    def roles_of(self, person_id: str) -> frozenset[Role]:
        """What `person_id` is to this ask. The asker's lead counts only when the asker's account is gone."""
        roles = {Role.BYSTANDER}
        if person_id == self.owner.id:
            roles.add(Role.OWNER)
        if person_id == self.lead_id:
            roles.add(Role.OWNERS_LEAD)
        if person_id == self.asker.id:
            roles.add(Role.ASKER)
        if person_id == self.askers_lead_id and self.asker.gone:
            roles.add(Role.ASKERS_LEAD)
        if self.baton and person_id == self.baton.receiver.id:
            roles.add(Role.RECEIVER)
        if self.baton and person_id == self.baton.offered_by:
            roles.add(Role.OFFERER)
        return frozenset(roles)

    def may_read(self, person_id: str) -> bool:
        """Whether `person_id` may see the text: everybody, but of a private ask only those it concerns."""
        concerned = {self.asker.id, self.owner.id, self.lead_id, self.askers_lead_id}
        concerned |= {self.baton.receiver.id} if self.baton else set()
        return not self.is_private or person_id in concerned


@dataclass(frozen=True, slots=True)
class Link:
    """An ask that another waits for. `depth`: 1 for what the ask itself waits for, 2 for what that waits for …"""

    ask: Ask
    parent_id: int
    depth: int


@dataclass(frozen=True, slots=True)
class Chain:
    """What an ask is part of, and all that it waits for: each link before those that it waits for in turn."""

    part_of: Ask | None = None
    links: tuple[Link, ...] = ()

    @property
    def children(self) -> tuple[Ask, ...]:
        """What the ask itself waits for, or waited for."""
        return tuple(link.ask for link in self.links if link.depth == 1)

    @property
    def waits_for(self) -> tuple[Link, ...]:
        """The links that hold the ask up now: open ones, as far as everything between is open too."""
        found: list[Link] = []
        closed_at = None
        for link in self.links:
            if closed_at is not None and link.depth > closed_at:
                continue
            closed_at = None if link.ask.is_open else link.depth
            if link.ask.is_open:
                found.append(link)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an ask, for its history."""

    at: datetime
    what: str
    actor: Person | None
    particulars: dict[str, object]


@dataclass(frozen=True, slots=True)
class DepartmentChange:
    """One part of a department became another. `before`, `after`: the fields that differ, by name, as a plan has them.

    `part` may also be new, close or reopen; `actor` None: it was loaded from a file.
    """

    at: datetime
    part: Matter
    actor: Person | None
    before: dict[str, Any]
    after: dict[str, Any]
