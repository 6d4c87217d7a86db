"""Before a form opens: is this your move, and is it possible now? Nobody fills in a form in vain."""

from handlers.answering import Call
from store.queries import asks
from store.refusals import NotNow, NotYours, OnlyPlaced
from store.rules import gray_zone, lifecycle
from store.rules.lifecycle import Move
from store.snapshots import Ask


def allowed(call: Call, number: int, move: Move) -> Ask:
    """The ask `#number`, on which the visitor may make `move` now. Raises NoSuchAsk, NotYours, NotNow, OnlyPlaced.

    The verb asks again, as things may change while the form is open.
    """
    ask = call.look(asks.by_number, number)
    if not lifecycle.may(ask.roles_of(call.visitor.id), move):
        raise NotYours(ask, move)
    if lifecycle.after(ask.stage, move) is None:
        raise NotNow(ask, move)
    if ask.at_gray_zone and gray_zone.stays_until_placed(move):
        raise OnlyPlaced(ask)
    return ask
