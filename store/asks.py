"""File an ask: from this transaction on it has a number, an owner and a due time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from store import departments, gray_zone, matching, moves, nudging, outbox, owning, people, presence
from store.acknowledging import check_due
from store.database import Act, Together
from store.events import Event, record_all
from store.filed import as_filed
from store.honest_date import honest_date
from store.outbox import To
from store.queries import asks as reading
from store.refusals import AlreadyDone, DepartmentClosed, GuestsMayNot, InputsMissing, SoonerThanPromised
from store.rules import rush
from store.rules.lifecycle import Move, Stage
from store.rules.rush import Cause
from store.snapshots import Ask, Department, Person, Service
from store.tables import asks, events, workspaces


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `due` None: the department's promise is the due time.

    `person_id`: who was named as owner. `rush_reason`: given when the asker knows that it is sooner than promised;
    `rush_cause` says which kind of reason that is, OTHER where it is left out. `inputs`: what the service needs to
    start, each with what was said to it. Where `done_means` is left out, what it means for the service holds.
    `match_id`: the remembered match that chose the department.
    """

    department_id: int
    what: str
    service_id: int | None = None
    person_id: str | None = None
    done_means: str | None = None
    due: datetime | None = None
    rush_reason: str | None = None
    rush_cause: Cause | None = None
    is_private: bool = False
    source_link: str | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    match_id: int | None = None


def _file_all(acts: Sequence[Act], wishes: Sequence[Wish]) -> list[Ask]:
    """File a wish for the actor of each act; what many want at once costs few statements more than one alone."""
    numbers = _next_numbers(acts)
    _meet(acts, wishes)
    several = [_prepared(act, wish, number) for act, wish, number in zip(acts, wishes, numbers, strict=True)]
    connection = acts[0].connection
    kept = connection.execute(_KEEP, [one.columns for one in several])
    ids = {row.number: int(row.id) for row in kept}
    filed = [one.as_filed(ids[one.number]) for one in several]
    moves.open_custodies(
        connection, [moves.custody_row(one.act, ask.id, ask.owner.id, "file", ask.filed_at) for one, ask in filed]
    )
    record_all([_event(one, ask) for one, ask in filed])
    nudging.plan_new([(one.act, ask) for one, ask in filed])
    outbox.post_all([(one.act, ask.id, one.told(ask)) for one, ask in filed])
    return [ask for _, ask in filed]


file = Together(_file_all)
"""File an ask for `act.actor_id`. `act.key` (the command's trigger, the form's id) makes it happen once.

Raises NothingSaid, TooLong, DuePassed, DueTooFar, SoonerThanPromised, InputsMissing, GuestsMayNot, NobodyToOwn,
DepartmentClosed, AlreadyDone (with the ask that was filed).
"""

_KEEP = insert(asks).returning(asks.c.id, asks.c.number)


def _meet(acts: Sequence[Act], wishes: Sequence[Wish]) -> None:
    """Read who is concerned, all in one statement: the askers, and who may come to own what they ask for."""
    concerned: set[str | None] = set()
    for act, wish in zip(acts, wishes, strict=True):
        department = departments.by_id(act, wish.department_id)
        concerned |= {act.actor_id, *_first(department, wish), *departments.answering(department)}
    presence.meet(acts[0], concerned)


def _first(department: Department, wish: Wish) -> tuple[str | None, str | None]:
    """Who owns it before anybody on duty: the person named, the service's owner."""
    service = department.service(wish.service_id)
    return (wish.person_id, service.owner_id if service else None)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A wish that can be filed, with the columns of its row."""

    act: Act
    wish: Wish
    department: Department
    service: Service | None
    home: Department | None
    asker: Person
    owner: Person
    rushed: "_Rush | None"
    columns: dict[str, Any]

    @property
    def number(self) -> int:
        return int(self.columns["number"])

    def as_filed(self, ask_id: int) -> tuple["_Prepared", Ask]:
        """With the ask that came of it."""
        return self, as_filed(ask_id, self.columns, self.department, self.service, self.home, self.asker, self.owner)

    def told(self, ask: Ask) -> list[To]:
        """The card in the channel, and who is told besides."""
        card = To(reading.ASK_CARD, channel_id=self.department.channel_id)
        leads = _leads_told_of(self.rushed, ask, self.department, self.home)
        return [card, To("you_own", person_id=self.owner.id), *leads]


def _prepared(act: Act, wish: Wish, number: int) -> _Prepared:
    what = moves.said("what", wish.what, moves.LONGEST_TEXT)
    done_means = moves.maybe_said("done_means", wish.done_means)
    department = departments.by_id(act, wish.department_id)
    if department.archived:
        raise DepartmentClosed(department)
    service = department.service(wish.service_id)
    asker = people.find(act, act.actor_id or "")
    if asker is None or (asker.is_guest and not department.guests_may_ask):
        raise GuestsMayNot(department)
    inputs = _inputs(service, wish)
    owner_id = owning.who_owns(act, department.id, _first(department, wish), (asker.id,))
    owner = people.several(act, [owner_id])[owner_id]
    due, rushed = _promise(act, department, service, wish)
    home = departments.of_person(act, asker.id)
    columns = {
        "workspace_id": act.workspace_id,
        "number": number,
        "department_id": department.id,
        "service_id": service.id if service else None,
        "asker_id": asker.id,
        "asker_department_id": home.id if home else None,
        "what": what,
        "done_means": done_means or (service.done_means if service else None),
        "inputs": inputs or None,
        "asked_due": due,
        "due": due,
        "due_was_given": wish.due is not None,
        "promise_number": 1,
        "promised_at": act.now,
        "rush_reason": rushed.reason if rushed else None,
        "rush_cause": rushed.cause if rushed else None,
        "earliest": rushed.earliest if rushed else None,
        "is_private": wish.is_private,
        "source_link": wish.source_link,
        "stage": Stage.OPEN,
        "filed_at": act.now,
        "fed_at": act.now,
        "deliveries": 0,
        "version": 1,
    }
    return _Prepared(act, wish, department, service, home, asker, owner, rushed, columns)


def _event(one: _Prepared, ask: Ask) -> Event:
    """That it was filed; besides, where it came from is written down."""
    particulars = {"owner": ask.owner.id, "due": ask.due.isoformat(), "rush": one.rushed is not None}
    if one.rushed is not None:
        particulars |= {"cause": one.rushed.cause, "earliest": one.rushed.earliest.isoformat()}
    if one.department.is_gray_zone:
        gray_zone.land(one.act, ask.id, gray_zone.NOBODY_NAMED)
    elif one.wish.match_id is not None:
        particulars["match"] = matching.use(one.act, one.wish.match_id)
    return Event(one.act, ask.id, Move.FILE, particulars, ask.number)


def _inputs(service: Service | None, wish: Wish) -> list[dict[str, str]]:
    """What the asker said to what the service needs, as it is kept. Raises InputsMissing, TooLong."""
    said = dict(wish.inputs)
    kept = []
    missing = []
    for place, needed in enumerate(service.inputs if service else ()):
        answer = moves.maybe_said(f"input_{place}", said.get(needed.name))
        if answer is not None:
            kept.append({"name": needed.name, "answer": answer})
        elif needed.required:
            missing.append((place, needed.name))
    if service is not None and missing:
        raise InputsMissing(service, f"input_{missing[0][0]}", tuple(name for _, name in missing))
    return kept


def _leads_told_of(rushed: "_Rush | None", ask: Ask, department: Department, home: Department | None) -> Iterator[To]:
    """The lead who has to find the time hears of a rush; the asker's own lead, of one that was asked for late."""
    if rushed is None:
        return
    if department.lead_id not in (ask.owner.id, ask.asker.id):
        yield To("rush", person_id=department.lead_id)
    to_explain = home is not None and home.id != department.id and home.lead_id not in (ask.asker.id, ask.owner.id)
    if home is not None and to_explain and rush.is_the_askers_to_explain(rushed.cause):
        yield To("rush_of_yours", person_id=home.lead_id)


@dataclass(frozen=True, slots=True)
class _Rush:
    reason: str
    cause: Cause
    earliest: datetime


def _promise(act: Act, department: Department, service: Service | None, wish: Wish) -> tuple[datetime, _Rush | None]:
    """The due time of a wish, and why it is a rush if it is one."""
    if wish.due is None:
        return honest_date(act, department, service, wish.person_id).at, None
    earliest = departments.earliest(department, service, act.now)
    check_due(act, wish.due)
    if wish.due >= earliest or department.is_gray_zone:  # whoever it is placed with has to say whether that can be
        return wish.due, None
    reason = moves.maybe_said("rush_reason", wish.rush_reason)
    if reason is None:
        raise SoonerThanPromised(department, earliest, wish.due)
    return wish.due, _Rush(reason, wish.rush_cause or Cause.OTHER, earliest)


def _next_numbers(acts: Sequence[Act]) -> range:
    """Numbers are given inside the transaction, so that there are no holes and no doubles. Raises AlreadyDone.

    The same statement tells whether one of the acts was done before, and as of when the departments are to be read:
    whoever changes one holds the same row.
    """
    act = acts[0]
    keys = [each.key for each in acts if each.key is not None]
    wanted = {"workspace": act.workspace_id, "many": len(acts), "done_as": keys}
    counted = act.connection.execute(_COUNT_ON, wanted).one()
    if counted.filed_before is not None:
        raise AlreadyDone(reading.by_id(act, counted.filed_before))
    departments.are_at(act, counted.departments_stamp)
    return range(counted.last_number - len(acts) + 1, counted.last_number + 1)


_COUNT_ON = (
    update(workspaces)
    .where(workspaces.c.id == bindparam("workspace"))
    .values(last_number=workspaces.c.last_number + bindparam("many"))
    .returning(
        workspaces.c.last_number,
        workspaces.c.departments_stamp,
        select(func.min(events.c.ask_id))
        .where(events.c.workspace_id == bindparam("workspace"), events.c.key.in_(bindparam("done_as", expanding=True)))
        .scalar_subquery()
        .label("filed_before"),
    )
)
