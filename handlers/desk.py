"""What a handler may hold: a way to do an act in the ledger, a way to look, the words, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from handlers.words import Words
from store.database import Act, Ledger, Look
from store.snapshots import Person

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the desk: the person who typed or clicked, their workspace, and their words."""

    workspace_id: str
    person: Person
    words: Words

    @property
    def id(self) -> str:
        return self.person.id


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every feature when it registers. `clock` tells the time; nothing below the desk asks for it.

    `faces`: who was met within the last minute, and when, so that the ledger is not asked at every click.
    `on_fault`: hears of each answer that is on us, for whoever counts.
    """

    ledger: Ledger
    clock: Callable[[], datetime]
    faces: dict[tuple[str, str], tuple[datetime, Person]] = field(default_factory=dict)
    on_fault: Callable[[], None] = lambda: None

    def act(
        self,
        visitor: Visitor,
        key: str | None,
        verb: Callable[Concatenate[Act, Given], Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """The visitor does `verb` now. `key` names the click or the form, so that a second delivery does nothing."""
        return self.ledger.act(verb, visitor.workspace_id, visitor.id, self.clock(), key, *args, **kwargs)

    def look(
        self,
        visitor: Visitor,
        query: Callable[Concatenate[Look, Given], Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """What `query` says of the visitor's workspace now."""
        return self.ledger.look(query, visitor.workspace_id, self.clock(), *args, **kwargs)
