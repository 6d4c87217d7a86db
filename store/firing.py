"""Which rungs of an ask fire now, who hears them, and when is the next one due? Decided here, written elsewhere.

`due.py` claims the asks and reads what is asked here, of all of them at once; `reaching.py` writes what came of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from store import nudging, people, preferences, presence
from store.database import Act
from store.queries.climbing import Climbing, Reached
from store.queries.nudged import TO_DEPUTY
from store.rules import ladder, quiet
from store.rules.ladder import Due, Receiver, Rung
from store.rules.quiet import Wait
from store.snapshots import Person

TOGETHER = timedelta(minutes=10)  # nudges for one person that are due this close to each other are one message


@dataclass(frozen=True, slots=True, eq=False)
class Firing:
    """A rung that is due now, and who hears it: `rung` is its key as it is kept, with the mark of a deputy's copy.

    `held_by`: why it comes later than the ladder says. `at_any_hour`: it rests in no message that waits for a better
    hour. `not_before`: a new message waits until then.
    """

    ask: Climbing
    due: Due
    rung: str
    receiver_id: str
    held_by: str | None = None
    at_any_hour: bool = False
    not_before: datetime | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What can be reached once only, under one promise."""
        return self.ask.id, self.rung

    @property
    def message(self) -> str:
        return "lead_told" if self.due.to == "lead" else "nudges"


@dataclass(slots=True)
class Looked:
    """An ask that a sweep deals with, as it was `planned`, with the rungs that were `reached`.

    `firings`: what fires of it; `waits`: who hears nothing before when; `due`: what is next. `lapses`: nobody judged
    what was delivered, so that it closes.
    """

    ask: Climbing
    planned: Row[Any]
    reached: list[Reached]
    unanswered: int = 0
    firings: list[Firing] = field(default_factory=list)
    waits: dict[Receiver, Wait] = field(default_factory=dict)
    due: Due | None = None
    lapses: bool = False
    _to_come: list[Due] | None = None  # None: to be worked out

    def __post_init__(self) -> None:
        self.unanswered = self.planned.unanswered

    def decide(self, act: Act, deputies: Mapping[str, Person]) -> None:
        """Find what fires, as far as its receivers want to hear now. `deputies`: of owners who are away."""
        while self._look(act) and self.due is not None and self._goes_now(act, self.due):
            due = self.due
            if due.to in self.waits:
                break
            if wait := nudging.wait(act, self.ask, due, self.planned.snoozed_until):
                self.waits[due.to], self._to_come = wait, None
                continue
            if due.kind is Rung.NO_VERDICT:
                self.lapses = True
                break
            self.firings += self._fire(act, due, deputies)
            self.reached += [Reached(rung, act.now) for rung in due.keys]
            self.unanswered += due.to == "owner"
            self._to_come = nudging.left_to_come(act, self.ask, self._to_come or [], due, self.unanswered)

    def look_again(self, act: Act, unanswered: int) -> None:
        """Work out what is next once more, as `unanswered` is another than was decided."""
        self.unanswered, self._to_come = unanswered, None
        self._look(act)

    def _look(self, act: Act) -> bool:
        """Find what is next as things stand; whether anything is."""
        if self._to_come is None:
            snoozed_until = self.planned.snoozed_until
            self._to_come = nudging.to_come(act, self.ask, self.unanswered, snoozed_until, self.waits, self.reached)
        self.due = ladder.first_of(self._to_come)
        return self.due is not None

    def _goes_now(self, act: Act, due: Due) -> bool:
        """Whether a rung is due, or so soon that it goes along; never before its receiver is at work."""
        if due.at <= act.now:
            return True
        return due.at <= act.now + TOGETHER and nudging.receivers_calendar(act, self.ask, due).is_open(act.now)

    def _fire(self, act: Act, due: Due, deputies: Mapping[str, Person]) -> Iterator[Firing]:
        ask, planned = self.ask, self.planned
        receiver_id = nudging.receiver(ask, due)
        if due.to == "lead" and presence.away(act, [receiver_id]):
            stands_in = presence.first_present(act, [receiver_id], but=(ask.owner_id, ask.asker.id))
            person = people.find(act, stands_in) if stands_in else None
            if person is not None:  # where nobody stands in, the lead reads it on return
                yield Firing(ask, due, due.rung, person.id, None, not_before=_suits(act, person))
                return
        held_by = planned.held_by if receiver_id == planned.receiver_id else None
        at_any_hour = due.to == "owner" and nudging.at_any_hour(act, ask)
        yield Firing(ask, due, due.rung, receiver_id, held_by, at_any_hour)
        deputy = deputies.get(ask.offered_to) if due.to == "owner" and ask.offered_to else None
        # While the owner is away, nudges go to the deputy it is offered to as well, until they take it.
        if deputy is not None and presence.away(act, [ask.owner_id]):
            yield Firing(ask, due, f"{due.rung}{TO_DEPUTY}", deputy.id, None, at_any_hour, _suits(act, deputy))


def _suits(act: Act, deputy: Person) -> datetime:
    """When a deputy wants to hear of what was not planned for them."""
    calendar, chosen = nudging.calendar_of(act, deputy), preferences.of(act, deputy.id)
    return quiet.may_hear(chosen, deputy.time_zone, calendar, act.now)
