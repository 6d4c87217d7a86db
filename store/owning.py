"""Whose is it? Who owns an ask of a department from the moment it is filed, or when its owner is gone."""

from collections.abc import Collection, Iterable

from store import departments, people, presence
from store.database import Look
from store.refusals import NobodyToOwn


def who_owns(look: Look, department_id: int, first: Iterable[str | None] = (), but: Collection[str] = ()) -> str:
    """The first of `first` who is here; else who is on duty; else the lead; else any member.

    Somebody who is away is replaced by their deputy. `but` (mostly its asker: nobody is to owe themselves a result)
    are passed over while anybody else is here. With everybody away it is the first who has an account at all, since
    an ask is never ownerless. Raises NobodyToOwn when nobody has.
    """
    department = departments.by_id(look, department_id)
    today = department.calendar.local(look.now).date()
    nearest = [*first, department.rota.on(today), department.lead_id]
    # Two looks, since the members are many and seldom needed.
    present = presence.first_present(look, nearest, but) or presence.first_present(look, department.member_ids, but)
    present = present or (presence.first_present(look, [*nearest, *department.member_ids]) if but else None)
    if present is not None:
        return present
    candidates = [*nearest, *department.member_ids]
    known = people.several(look, [one for one in candidates if one])
    able = [one for one in candidates if one and presence.can_own(known.get(one))]
    if not able:
        raise NobodyToOwn(department)
    return next((one for one in able if one not in but), able[0])
