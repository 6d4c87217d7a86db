"""The life of an ask, as a table: from which stage a move leads where, and who may make it.

`docs/architecture.md` draws its picture from these tables. Nothing else in the code decides what is allowed.
"""

from collections.abc import Set
from enum import StrEnum


class Stage(StrEnum):
    """Where an ask stands. All but CLOSED are open: somebody owns it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DELIVERED = "delivered"
    CLOSED = "closed"


OPEN_STAGES = frozenset({Stage.OPEN, Stage.ACKNOWLEDGED, Stage.DELIVERED})


class Outcome(StrEnum):
    """How an ask ended."""

    SATISFIED = "satisfied"
    NO_VERDICT = "no_verdict"
    PUT_DOWN = "put_down"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What somebody does to an ask. Each is one verb, one transaction and one event."""

    FILE = "file"
    ACKNOWLEDGE = "acknowledge"
    FEED = "feed"
    PROPOSE_CHANGE = "propose_change"
    AGREE = "agree"
    DISAGREE = "disagree"
    SNOOZE = "snooze"
    DELIVER = "deliver"
    ACCEPT = "accept"
    NOT_QUITE = "not_quite"
    PUT_DOWN = "put_down"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    LAPSE = "lapse"
    OFFER = "offer"
    TAKE = "take"
    REFUSE = "refuse"
    RECALL = "recall"
    EXPIRE = "expire"
    REASSIGN = "reassign"
    OVERSEE = "oversee"
    QUESTION = "question"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    SEEK_ADVICE = "seek_advice"
    ADVISE = "advise"
    OBJECT = "object"
    OVERRULE = "overrule"
    UPHOLD = "uphold"
    BLOCK = "block"  # the ask waits for others from now on
    UNBLOCK = "unblock"  # it no longer waits for one of them
    JOIN = "join"  # the ask became part of another's chain
    PART = "part"  # it is part of it no longer
    FOLLOW = "follow"  # who asks moved along with the custody of the ask that it is part of
    HURRY = "hurry"  # the asker would have it sooner, as a rush


class Role(StrEnum):
    """What a person is to one ask. A person can be several at once, or none."""

    OWNER = "owner"
    OWNERS_LEAD = "owners_lead"
    ASKER = "asker"
    ASKERS_LEAD = "askers_lead"  # stands in for the asker only while the asker is away or gone
    RECEIVER = "receiver"  # to whom the baton is offered
    OFFERER = "offerer"  # who offered it
    BYSTANDER = "bystander"  # anybody else who can see the ask
    BATON = "baton"  # the bot itself, on time alone


class Answerer(StrEnum):
    """As what somebody is asked by the owner."""

    ASKER = "asker"  # the next move is theirs: the owner's clock stands still
    ADVISER = "adviser"  # the lead, or anybody; needs a proposal of the owner's own
    GIVER = "giver"  # who handed the ask over, in the exchange zone


MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.OPEN, Move.ACKNOWLEDGE): Stage.ACKNOWLEDGED,
    (Stage.OPEN, Move.FEED): Stage.OPEN,
    (Stage.OPEN, Move.SNOOZE): Stage.OPEN,
    (Stage.OPEN, Move.PUT_DOWN): Stage.CLOSED,
    (Stage.OPEN, Move.WITHDRAW): Stage.CLOSED,
    (Stage.ACKNOWLEDGED, Move.FEED): Stage.ACKNOWLEDGED,
    (Stage.ACKNOWLEDGED, Move.SNOOZE): Stage.ACKNOWLEDGED,
    (Stage.ACKNOWLEDGED, Move.PROPOSE_CHANGE): Stage.ACKNOWLEDGED,
    (Stage.ACKNOWLEDGED, Move.AGREE): Stage.ACKNOWLEDGED,
    (Stage.ACKNOWLEDGED, Move.DISAGREE): Stage.ACKNOWLEDGED,
    (Stage.ACKNOWLEDGED, Move.DELIVER): Stage.DELIVERED,
    (Stage.ACKNOWLEDGED, Move.PUT_DOWN): Stage.CLOSED,
    (Stage.ACKNOWLEDGED, Move.WITHDRAW): Stage.CLOSED,
    (Stage.DELIVERED, Move.FEED): Stage.DELIVERED,
    (Stage.DELIVERED, Move.ACCEPT): Stage.CLOSED,
    (Stage.DELIVERED, Move.NOT_QUITE): Stage.ACKNOWLEDGED,
    (Stage.DELIVERED, Move.WITHDRAW): Stage.CLOSED,
    (Stage.DELIVERED, Move.LAPSE): Stage.CLOSED,
    (Stage.CLOSED, Move.REOPEN): Stage.ACKNOWLEDGED,
    (Stage.CLOSED, Move.OBJECT): Stage.CLOSED,
    (Stage.CLOSED, Move.UPHOLD): Stage.CLOSED,
    (Stage.CLOSED, Move.OVERRULE): Stage.ACKNOWLEDGED,
}
_PASSING = (Move.OFFER, Move.TAKE, Move.REFUSE, Move.RECALL, Move.EXPIRE)
MOVES |= {(stage, move): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED) for move in _PASSING}
MOVES |= {(stage, Move.REASSIGN): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED, Stage.DELIVERED)}
_ASKING = (Move.QUESTION, Move.ANSWER, Move.TAKE_BACK, Move.SEEK_ADVICE, Move.ADVISE)
MOVES |= {(stage, move): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED) for move in _ASKING}
MOVES |= {(stage, move): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED) for move in (Move.BLOCK, Move.HURRY)}
_CHAINING = (Move.UNBLOCK, Move.JOIN, Move.PART, Move.FOLLOW)
MOVES |= {(stage, move): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED, Stage.DELIVERED) for move in _CHAINING}

MOVES |= {(stage, Move.OVERSEE): stage for stage in (Stage.OPEN, Stage.ACKNOWLEDGED)}

_OWNER = frozenset({Role.OWNER})
_OWNER_OR_LEAD = frozenset({Role.OWNER, Role.OWNERS_LEAD})
_ASKER = frozenset({Role.ASKER, Role.ASKERS_LEAD})
_ANYBODY = frozenset(Role) - {Role.BATON}

WHO_MAY: dict[Move, Set[Role]] = {
    Move.FILE: _ANYBODY,
    Move.ACKNOWLEDGE: _OWNER,
    Move.FEED: _ANYBODY,
    Move.PROPOSE_CHANGE: _OWNER,
    Move.AGREE: _ASKER,
    Move.DISAGREE: _ASKER,
    Move.SNOOZE: _OWNER,
    Move.DELIVER: _OWNER,
    Move.ACCEPT: _ASKER,
    Move.NOT_QUITE: _ASKER,
    Move.PUT_DOWN: _OWNER_OR_LEAD,
    Move.WITHDRAW: _ASKER,
    Move.REOPEN: _ASKER,
    Move.LAPSE: frozenset({Role.BATON}),
    Move.OFFER: _OWNER_OR_LEAD,
    Move.TAKE: frozenset({Role.RECEIVER}),
    Move.REFUSE: frozenset({Role.RECEIVER}),
    Move.RECALL: frozenset({Role.OFFERER, Role.OWNER}),
    Move.EXPIRE: frozenset({Role.BATON}),
    Move.REASSIGN: frozenset({Role.BATON}),
    Move.OVERSEE: frozenset({Role.OWNERS_LEAD}),
    Move.QUESTION: _OWNER,
    Move.ANSWER: _ASKER,
    Move.TAKE_BACK: _OWNER,
    Move.SEEK_ADVICE: _OWNER,
    Move.ADVISE: _ANYBODY,  # whoever was asked: the verb looks
    Move.OBJECT: _ASKER,
    Move.OVERRULE: frozenset({Role.OWNERS_LEAD}),
    Move.UPHOLD: frozenset({Role.OWNERS_LEAD}),
    Move.BLOCK: _OWNER,
    Move.UNBLOCK: _OWNER,
    Move.JOIN: frozenset({Role.BATON}),  # with the BLOCK of the other ask
    Move.PART: frozenset({Role.BATON}),
    Move.FOLLOW: frozenset({Role.BATON}),
    Move.HURRY: _ASKER,
}


def after(stage: Stage, move: Move) -> Stage | None:
    """The stage that `move` leads to from `stage`, or None where it is not possible now."""
    return MOVES.get((stage, move))


def may(roles: Set[Role], move: Move) -> bool:
    """Whether somebody who is `roles` to an ask may make `move` at all, at whatever stage."""
    return not WHO_MAY[move].isdisjoint(roles)


def stages_for(move: Move) -> frozenset[Stage]:
    """The stages in which `move` is possible: what a refusal tells the person to wait for."""
    return frozenset(stage for stage, possible in MOVES if possible is move)
