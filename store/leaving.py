"""An account that is deactivated loses its monkeys in the same act: to the lead, or to whoever else is there."""

from typing import Any

from sqlalchemy import select, update

from store import moves, outbox, owning, people
from store.database import Act
from store.people import Profile, remember
from store.queries import asks as reading
from store.refusals import NobodyToOwn
from store.rules.lifecycle import Answerer, Move, Stage
from store.snapshots import Ask, Person
from store.tables import asks, batons, custody, questions


def joined(act: Act, profile: Profile) -> Person:
    """Slack says that somebody is new. Whom we know has been told of since: Slack keeps no order, and this is late."""
    return people.find(act, profile.id) or changed(act, profile)


def changed(act: Act, profile: Profile) -> Person:
    """Slack says that somebody changed, or left. What they own goes to others at once, with an event that says so."""
    before = people.find(act, profile.id)
    was_gone = before is not None and before.gone
    person = remember(act, profile)
    if person.gone:
        for ask in _owned_by(act, person.id):
            _reassign(act, ask)
        _refuse_what_was_offered(act, person.id)
        _end_what_was_asked(act, person.id)
        if not was_gone:
            _have_the_lead_answer(act, person.id)
    return person


def _owned_by(act: Act, person_id: str) -> list[Ask]:
    held = select(custody.c.ask_id).where(
        custody.c.workspace_id == act.workspace_id, custody.c.owner_id == person_id, custody.c.until.is_(None)
    )
    return reading.chosen(act, asks.c.id.in_(held), order_by=(asks.c.number,))


def _reassign(act: Act, ask: Ask) -> None:
    """Custody moves to the lead, else to a member. With nobody there it stays, and the self-check says so."""
    try:
        owner_id = owning.who_owns(act, ask.department_id, but=(ask.asker.id,))
    except NobodyToOwn:
        return
    moves.overtake_baton(act, ask)
    moves.pass_custody(act, ask, owner_id, "left")
    moves.finish(act, ask, Move.REASSIGN, {"from": ask.owner.id, "to": owner_id, "because": "left"})
    outbox.post(act, "you_inherit", ask_id=ask.id, person_id=owner_id, by=ask.owner.id)
    if ask.lead_id not in (owner_id, ask.owner.id):
        outbox.post(act, "reassigned", ask_id=ask.id, person_id=ask.lead_id, by=ask.owner.id)


def _refuse_what_was_offered(act: Act, person_id: str) -> None:
    """Batons offered to somebody who left bounce now rather than at their hour: they expire with the next tick."""
    act.connection.execute(
        update(batons)
        .where(batons.c.workspace_id == act.workspace_id, batons.c.receiver_id == person_id, batons.c.answer.is_(None))
        .values(expires_at=act.now)
    )


def _end_what_was_asked(act: Act, person_id: str) -> None:
    """Nobody waits for the advice of somebody who left: who owns the ask hears that none will come."""
    ended = act.connection.execute(
        update(questions)
        .where(
            questions.c.workspace_id == act.workspace_id,
            questions.c.asked_of == person_id,
            questions.c.asked_as != Answerer.ASKER,
            questions.c.ended.is_(None),
        )
        .values(ended="overtaken", ended_at=act.now)
        .returning(questions.c.id, questions.c.ask_id)
    ).all()
    for row in sorted(ended):
        ask = reading.by_id(act, row.ask_id)
        outbox.refresh(act, ask.id)
        if ask.is_open:
            outbox.post(act, "adviser_left", ask_id=ask.id, person_id=ask.owner.id, question=row.id)


def _have_the_lead_answer(act: Act, person_id: str) -> None:
    """What waits for the word of an asker who left is put to their lead, who may answer in their place."""
    waiting = reading.chosen(act, asks.c.asker_id == person_id, asks.c.stage != Stage.CLOSED, order_by=(asks.c.number,))
    for ask in waiting:
        if ask.askers_lead_id is None or ask.askers_lead_id == ask.owner.id:
            continue
        to_lead: dict[str, Any] = {"ask_id": ask.id, "person_id": ask.askers_lead_id}
        if ask.stage is Stage.DELIVERED:
            outbox.post(act, "delivered", **to_lead)
        elif ask.question is not None:
            act.connection.execute(
                update(questions).where(questions.c.id == ask.question.id).values(asked_of=ask.askers_lead_id)
            )
            outbox.post(act, "question_asked", **to_lead, question=ask.question.id)
        elif ask.change is not None:
            outbox.post(act, "change_offered", **to_lead)
