"""File an ask: from this transaction on it has a number, an owner and a due time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from store import departments, gray_zone, matching, moves, nudging, outbox, owning, people, presence
from store.acknowledging import check_due
from store.database import Act
from store.events import record
from store.filed import as_filed
from store.honest_date import honest_date
from store.outbox import To
from store.queries import asks as reading
from store.refusals import AlreadyDone, DepartmentClosed, GuestsMayNot, InputsMissing, SoonerThanPromised
from store.rules import rush
from store.rules.lifecycle import Move, Stage
from store.rules.rush import Cause
from store.snapshots import Ask, Department, Service
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


def file(act: Act, wish: Wish) -> Ask:
    """File an ask for `act.actor_id`. `act.key` (the command's trigger, the form's id) makes it happen once.

    Raises NothingSaid, TooLong, DuePassed, DueTooFar, SoonerThanPromised, InputsMissing, GuestsMayNot, NobodyToOwn,
    DepartmentClosed, AlreadyDone (with the ask that was filed).
    """
    number = _next_number(act)
    what = moves.said("what", wish.what, moves.LONGEST_TEXT)
    done_means = moves.maybe_said("done_means", wish.done_means)
    department = departments.by_id(act, wish.department_id)
    if department.archived:
        raise DepartmentClosed(department)
    service = department.service(wish.service_id)
    first = (wish.person_id, service.owner_id if service else None)
    presence.meet(act, (act.actor_id, *first, *departments.answering(department)))
    asker = people.find(act, act.actor_id or "")
    if asker is None or (asker.is_guest and not department.guests_may_ask):
        raise GuestsMayNot(department)
    inputs = _inputs(service, wish)
    owner = people.several(act, [owning.who_owns(act, department.id, first, (asker.id,))]).popitem()[1]
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
    made = act.connection.execute(_KEEP, columns)
    ask_id = int(made.inserted_primary_key[0])  # type: ignore[index]
    moves.open_custody(act, ask_id, owner.id, "file")
    particulars = {"owner": owner.id, "due": due.isoformat(), "rush": rushed is not None}
    if rushed is not None:
        particulars |= {"cause": rushed.cause, "earliest": rushed.earliest.isoformat()}
    if department.is_gray_zone:
        gray_zone.land(act, ask_id, gray_zone.NOBODY_NAMED)
    elif wish.match_id is not None:
        particulars["match"] = matching.use(act, wish.match_id)
    record(act, ask_id, Move.FILE, particulars, number=number)
    ask = as_filed(ask_id, columns, department, service, home, asker, owner)
    nudging.plan(act, ask, is_new=True)
    told = [To("you_own", person_id=owner.id), *_leads_told_of(rushed, ask, department, home)]
    outbox.post_together(act, ask_id, [To(reading.ASK_CARD, channel_id=department.channel_id), *told])
    return ask


_KEEP = insert(asks)


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


def _next_number(act: Act) -> int:
    """Numbers are given inside the transaction, so that there are no holes and no doubles. Raises AlreadyDone.

    The same statement tells whether the act was done before, and as of when the departments are to be read: whoever
    changes one holds the same row.
    """
    counted = act.connection.execute(_COUNT_ON, {"workspace": act.workspace_id, "done_as": act.key}).one()
    if counted.filed_before is not None:
        raise AlreadyDone(reading.by_id(act, counted.filed_before))
    departments.are_at(act, counted.departments_stamp)
    return int(counted.last_number)


_COUNT_ON = (
    update(workspaces)
    .where(workspaces.c.id == bindparam("workspace"))
    .values(last_number=workspaces.c.last_number + 1)
    .returning(
        workspaces.c.last_number,
        workspaces.c.departments_stamp,
        select(events.c.ask_id)
        .where(events.c.workspace_id == bindparam("workspace"), events.c.key == bindparam("done_as"))
        .scalar_subquery()
        .label("filed_before"),
    )
)
