"""The gray-zone desk: whatever fits no department lands here, and a coordinator owns it at once.

The desk is a department with a mark, so its rota, hours, channel and nudges are those of any department. What lies
there leaves only by being placed (`placing.py`), or by being put down or withdrawn.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update

from store import departments, holding, matching, moves, outbox, owning, permitting, presence
from store.acknowledging import promise_of
from store.database import Act, Look
from store.events import record
from store.honest_date import honest_date
from store.queries import asks as reading
from store.queries.department_changes import CHANGED
from store.refusals import NobodyToOwn, NotNow, NotRouted
from store.rules.gray_zone import Offered, is_nobodys
from store.rules.lifecycle import Move, Stage
from store.rules.permissions import Matter
from store.snapshots import Ask, Baton, Department
from store.tables import batons, landings, placings

NOBODY_NAMED = "nobody_named"
REFUSED = "refused"  # as "not ours" by all it was offered to
NOT_THEIRS = "not_theirs"  # a remembered match was wrong, says the asker
HANDED_OVER = "handed_over"


def make_desk(act: Act, department_id: int | None) -> None:
    """This department is the gray-zone desk from now on, instead of any other; None: there is none any more.

    What lies at a desk that loses the mark stays with its owners, as asks of that department. Raises LookupError for
    a department that is not there, MayNot.
    """
    wanted = None if department_id is None else departments.by_id(act, department_id)
    permitting.check(act, wanted, Matter.GRAY_ZONE)
    before = departments.desk(act)
    departments.mark_desk(act, department_id)
    record(act, None, "make_desk", {"department": wanted.key if wanted else None})
    alone = replace(act, key=None)
    for one, is_desk in ((before, False), (wanted, True)):
        if one is not None and one.is_gray_zone is not is_desk:
            differing = {"before": {"is_gray_zone": not is_desk}, "after": {"is_gray_zone": is_desk}}
            record(alone, None, CHANGED, {"department": one.id, "part": Matter.GRAY_ZONE} | differing)


def coordinator(look: Look, desk: Department) -> str | None:
    """Who would own what lands now, if somebody who is here can: on duty, the lead, a member, or a deputy."""
    today = desk.calendar.local(look.now).date()
    return presence.first_present(look, (desk.rota.on(today), desk.lead_id, *desk.member_ids))


def land(act: Act, ask_id: int, because: str) -> None:
    """Write down that an ask came to the desk."""
    act.connection.execute(
        insert(landings),
        {"workspace_id": act.workspace_id, "ask_id": ask_id, "landed_at": act.now, "because": because},
    )


def not_theirs(act: Act, number: int) -> Ask:
    """The asker says that a remembered match sent it to the wrong department: it goes to the desk.

    Only before it is acknowledged. Raises the refusals of `moves.begin`, NotRouted where no match had sent it or
    there is no desk, NotNow, NobodyToOwn.
    """
    ask = moves.begin(act, number, Move.WITHDRAW)  # the asker may, and nobody else
    if ask.stage is not Stage.OPEN:
        raise NotNow(ask, Move.WITHDRAW)
    routed = routed_by(act, ask)
    if routed is None or ask.at_gray_zone or departments.desk(act) is None:
        raise NotRouted(ask)
    return _to_desk(act, ask, NOT_THEIRS, phrase=routed)


def routed_by(look: Look, ask: Ask) -> str | None:
    """The remembered words that sent an ask to its first department, or None."""
    filed = next((one for one in reading.history(look, ask.id, limit=1000) if one.what == Move.FILE), None)
    phrase = filed.particulars.get("match") if filed else None
    return str(phrase) if phrase else None


def take_in_if_nobodys(act: Act, ask: Ask) -> Ask | None:
    """Once everybody to whom an ask was offered has said "not ours", the desk's coordinator owns it at once.

    Returns the ask then; None: it is not nobody's, or there is no desk whose coordinator could own it.
    """
    if ask.at_gray_zone or departments.desk(act) is None or not is_nobodys(_offers(act, ask)):
        return None
    by_baton = replace(act, actor_id=None, key=None)
    try:
        return _to_desk(by_baton, ask, REFUSED)
    except NobodyToOwn:
        return None


def leave(act: Act, ask: Ask, baton: Baton) -> dict[str, Any]:
    """A department takes what lay at the desk: what it was placed with counts now. Returns columns of the ask.

    The words are remembered now and not before: only the department's yes proves that they are its words. Without a
    time of the asker's own the department's promise holds from now on; a time that the asker named stands, and the
    new owner answers to it.
    """
    department = departments.by_id(act, int(baton.to_department_id or 0))
    chosen = act.connection.execute(select(placings).where(placings.c.baton_id == baton.id)).first()
    if chosen is not None and chosen.phrases:
        matching.remember(act, department.id, chosen.phrases, baton.offered_by)
    act.connection.execute(
        update(landings)
        .where(landings.c.workspace_id == act.workspace_id, landings.c.ask_id == ask.id, landings.c.placed_at.is_(None))
        .values(placed_at=act.now, placed_by=baton.offered_by, placed_department_id=department.id)
    )
    service = department.service(chosen.service_id) if chosen else None
    columns: dict[str, Any] = {"service_id": service.id if service else None}
    if not ask.due_was_given and ask.stage is Stage.OPEN:
        due = honest_date(act, department, service, baton.receiver.id).at
        columns |= {"asked_due": due, **promise_of(act, ask, due)}
    return columns


def _to_desk(act: Act, ask: Ask, because: str, **particulars: Any) -> Ask:
    """Custody moves to the desk's coordinator, the ask to the desk. Giver, asker and coordinator are told."""
    desk = departments.desk(act)
    assert desk is not None
    owner_id = owning.who_owns(act, desk.id, but=(ask.asker.id,))
    moves.overtake_baton(act, ask)
    moves.overtake_change(act, ask)
    moves.overtake_questions(act, ask.id)
    moves.pass_custody(act, ask, owner_id, because)
    land(act, ask.id, because)
    before = {"from": ask.owner.id, "to": owner_id, "because": because, "department": ask.department_id}
    giver_id = ask.owner.id
    ask = moves.finish(
        act,
        ask,
        Move.REASSIGN,
        before | holding.since(ask) | particulars,
        fed_at=act.now,
        department_id=desk.id,
        service_id=None,
        earliest=None,
        **holding.given_back(act, ask),
    )
    moves.move_card(act, ask)
    outbox.post(act, "you_own", ask_id=ask.id, person_id=owner_id)
    if giver_id not in (owner_id, act.actor_id):
        outbox.post(act, "desk_took", ask_id=ask.id, person_id=giver_id, because=because)
    if ask.asker.id not in (owner_id, giver_id, act.actor_id):
        outbox.post(act, "at_desk", ask_id=ask.id, person_id=ask.asker.id, because=because)
    return ask


def _offers(look: Look, ask: Ask) -> list[Offered]:
    """The offers to other departments since the present one has the ask, oldest first.

    An offer to a person of another department is one to that department, whether or not it was written down so.
    """
    rows = look.connection.execute(
        select(batons)
        .where(batons.c.workspace_id == look.workspace_id, batons.c.ask_id == ask.id)
        .order_by(batons.c.id)
    ).all()
    moved = [place for place, row in enumerate(rows) if row.answer == "taken" and row.to_department_id is not None]
    found = []
    for row in rows[moved[-1] + 1 if moved else 0 :]:
        home = departments.of_person(look, row.receiver_id)
        department_id = row.to_department_id or (home.id if home else None)
        if department_id is not None and department_id != ask.department_id:
            not_ours = row.answer == "refused" and row.reason == "wrong_department"
            found.append(Offered(department_id, not_ours, let_go=row.answer in ("recalled", "overtaken", "taken")))
    return found
