"""Handing over three hundred asks at once: ten by ten, so that nobody else's `/ask` has to wait for all of them.

Each batch is an act of its own. Sent twice, nothing is offered twice; the answer says what was offered, what was not
and why, and what there was no time for.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from handlers import refusals
from handlers.answering import Call
from store import handoffs
from store.refusals import LedgerUnavailable, Refusal

AT_ONCE = 10  # asks in one act: less than a tenth of a second of the one writer
LONGEST = 2.0  # seconds; Slack waits for three, and then tells people that it failed


@dataclass(frozen=True, slots=True)
class Offered:
    """`refused`: number and why, as a plain sentence. `left`: not tried, as it took too long; it can be sent again."""

    numbers: list[int]
    refused: list[tuple[int, str]]
    left: list[int]


def offer(
    call: Call, key: str, numbers: Sequence[int], receiver_id: str, note: str, department_id: int | None = None
) -> Offered:
    """Offer each of them to one person, in batches. Raises LedgerUnavailable when not even the first could be."""
    began = time.monotonic()
    outcomes: dict[int, Refusal | None] = {}
    batches = [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
    for place, batch in enumerate(batches):
        is_last = place + 1 == len(batches)
        last = None if len(batches) == 1 else is_last
        try:
            outcomes |= call.act(key, handoffs.offer_each, batch, receiver_id, note, department_id, last=last)
        except LedgerUnavailable:
            if not outcomes:
                raise
            break
        if not is_last and time.monotonic() - began > LONGEST:
            with suppress(LedgerUnavailable):  # then what is told leaves a little later
                call.act(key, handoffs.offer_each, (), receiver_id, note, last=True)
            break
    return Offered(
        [number for number, refusal in outcomes.items() if refusal is None],
        [
            (number, refusals.sentence(refusal, call.words, call.visitor.person))
            for number, refusal in outcomes.items()
            if refusal is not None
        ],
        [number for number in numbers if number not in outcomes],
    )
