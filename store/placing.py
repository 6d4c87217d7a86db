"""Place it: the coordinator offers what lies at the gray-zone desk to the department whose it is.

Placing is a baton: the coordinator owns the ask until whoever is on duty there takes it. Then it is that department's,
and the words that were to be remembered route the next one.
"""

from collections.abc import Iterable

from sqlalchemy import insert

from store import departments, handoffs, moves, owning, presence
from store.database import Act, Look
from store.refusals import NotAtDesk, OnlyPlaced
from store.rules import matching as rules
from store.rules.lifecycle import Move
from store.snapshots import Ask, Department
from store.tables import placings


def place(
    act: Act, number: int, department_id: int, note: str, service_id: int | None = None, phrases: Iterable[str] = ()
) -> Ask:
    """The owner, or the desk's lead, offers the ask to a department, or to whoever owns one of its services.

    `phrases`: words to remember as that department's once it has taken the ask. Raises the refusals of
    `handoffs.offer`, NotAtDesk for an ask that has a department, OnlyPlaced for the desk itself, NobodyToOwn.
    """
    ask = moves.begin(act, number, Move.OFFER)
    department = departments.by_id(act, department_id)
    if not ask.at_gray_zone:
        raise NotAtDesk(ask)
    if department.is_gray_zone:
        raise OnlyPlaced(ask)
    receiver_id = receiver(act, ask, department, service_id)
    ask = handoffs.offer(act, number, receiver_id, note, department_id)
    assert ask.baton is not None
    service = department.service(service_id)
    act.connection.execute(
        insert(placings),
        {
            "baton_id": ask.baton.id,
            "workspace_id": act.workspace_id,
            "ask_id": ask.id,
            "service_id": service.id if service else None,
            "phrases": list(rules.phrases("\n".join(phrases))),
        },
    )
    return ask


def receiver(look: Look, ask: Ask, department: Department, service_id: int | None) -> str:
    """Who is asked to take it: as for a new ask, but neither its asker nor its owner where anybody else is there.

    Raises NobodyToOwn.
    """
    service = department.service(service_id)
    first = owning.who_owns(look, department.id, (service.owner_id if service else None,), (ask.asker.id,))
    if first not in (ask.owner.id, ask.asker.id):
        return first
    others = [one for one in (department.lead_id, *department.member_ids) if one not in (ask.owner.id, ask.asker.id)]
    return presence.first_present(look, others) or first
