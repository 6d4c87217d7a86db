"""Deliver, and the asker's verdict: "Yes, that's it" or "Not quite". The customer judges, not the supplier."""

from collections.abc import Iterable

from store import chains, moves, outbox
from store.acknowledging import promise_of
from store.database import Act
from store.holding import due_after_hold, given_back
from store.queries import promises
from store.rules.lifecycle import Move, Outcome
from store.snapshots import Ask


def deliver(act: Act, number: int, evidence: str, link: str | None = None, with_children: Iterable[int] = ()) -> Ask:
    """The owner says it is done, with a line of evidence and perhaps a link. The asker is asked for a verdict.

    `with_children`: what it still waits for and nobody needs any more is withdrawn; the rest goes on on its own.
    Raises the refusals of `moves.begin`, NothingSaid, TooLong, NotYours for a child that somebody else asked for.
    """
    ask = moves.begin(act, number, Move.DELIVER)
    evidence = moves.said("evidence", evidence)
    link = moves.maybe_said("link", link)
    moves.overtake_change(act, ask)
    due = given_back(act, ask).get("due", ask.due)
    judgement = promises.came_out(act, ask, delivered=True)
    ask = moves.finish(
        act,
        ask,
        Move.DELIVER,
        {"evidence": evidence, "link": link, "due": due.isoformat(), **promises.columns(judgement)},
        delivered_at=act.now,
        deliveries=ask.deliveries + 1,
        fed_at=act.now,
        evidence=evidence,
        evidence_link=link,
        missing=None,
        **promises.columns(judgement),
    )
    chains.withdraw_children(act, ask, with_children)
    outbox.post(act, "delivered", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def accept(act: Act, number: int) -> Ask:
    """The asker says "Yes, that's it": the ask is closed, satisfied. Raises the refusals of `moves.begin`."""
    ask = moves.begin(act, number, Move.ACCEPT)
    ask = moves.finish(act, ask, Move.ACCEPT, closed_at=act.now, outcome=Outcome.SATISFIED, outcome_reason=None)
    outbox.post(act, "accepted", ask_id=ask.id, person_id=ask.owner.id)
    return ask


def not_quite(act: Act, number: int, missing: str) -> Ask:
    """The asker says what is missing: the owner goes on, with the working time that was left at the delivery.

    Raises the refusals of `moves.begin`, NothingSaid.
    """
    ask = moves.begin(act, number, Move.NOT_QUITE)
    missing = moves.said("missing", missing)
    due = due_after_hold(act, ask)
    ask = moves.finish(
        act,
        ask,
        Move.NOT_QUITE,
        {"missing": missing, "due": due.isoformat()},
        missing=missing,
        delivered_at=None,
        fed_at=act.now,
        **promise_of(act, ask, due),
    )
    outbox.post(act, "not_quite", ask_id=ask.id, person_id=ask.owner.id)
    return ask


def lapse(act: Act, number: int) -> Ask:
    """Two nudges and still no verdict: Baton closes the ask, never as satisfied. Asker and owner are told."""
    ask = moves.begin(act, number, Move.LAPSE)
    ask = moves.finish(act, ask, Move.LAPSE, closed_at=act.now, outcome=Outcome.NO_VERDICT, outcome_reason=None)
    outbox.post(act, "no_verdict", ask_id=ask.id, person_id=ask.asker.id)
    if ask.owner.id != ask.asker.id:
        outbox.post(act, "no_verdict", ask_id=ask.id, person_id=ask.owner.id)
    return ask
