"""The form behind "Blocked by …": what an ask waits for, several at once, or one that is there already.

It says live what each department promises, as the form of an ask does, and what to do about a time that is sooner.
Block ids change with what a field depends on: Slack keeps what was typed in a block it knows, and forgets the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.cards import chain, expecting, parts, promise, rush, telling, times
from handlers.cards.ask_form import NO_SERVICE, TAKE
from handlers.cards.form_parts import choice_field, form, text_field, time_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.expecting import Expected
from store.rules.offering import Input
from store.snapshots import Ask, Department, Service

MOST = 8  # asks in one form
FULL = 97  # blocks: a window holds a hundred, and three stand below the entries
MOST_OF_ONE = 21  # blocks of one entry whose service needs a dozen things
_LONGEST = 1500  # characters of one thing that a service needs


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the ask waits for, as it stands in the form. `earliest`: what its department promises now.

    `suggested`: the time that was put into the form for them. `zone`: theirs. `answers`: what was said to what the
    service needs, by its name; `expected`: the honest date, and who is away until then.
    """

    zone: str
    department: Department | None = None
    service: Service | None = None
    what: str = ""
    due: datetime | None = None
    suggested: datetime | None = None
    earliest: datetime | None = None
    way: str | None = None
    reason: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    expected: Expected | None = None

    @property
    def is_empty(self) -> bool:
        return self.department is None and not self.what.strip()

    @property
    def needed(self) -> tuple[Input, ...]:
        """What the service cannot begin without."""
        return tuple(one for one in self.service.inputs if one.required) if self.service else ()

    @property
    def is_sooner(self) -> bool:
        """Whether it is wanted before the department promises it."""
        return self.due is not None and self.earliest is not None and self.due < self.earliest


def blocking_form(
    ask: Ask,
    entries: Sequence[Entry],
    departments: Sequence[Department],
    kept: Mapping[str, Any],
    words: Words,
    now: datetime,
) -> Block:
    """The form of `ask` with its `entries`, one at least."""
    suggested = [int(one.suggested.timestamp()) if one.suggested else 0 for one in entries]
    about = f"{telling.title(ask, ask.owner.id, words, 200)}\n{telling.due(ask, words, now)}"
    private = words.say("#{number} is private: so is what it waits for.", number=ask.number)
    blocks: list[Block | None] = [
        parts.section(about),
        parts.context(private) if ask.is_private else None,
    ]
    for place, entry in enumerate(entries):
        blocks += _entry(place, entry, departments, len(entries) > 1, words)
    while len(blocks) > FULL and (last := _last_input(blocks)) is not None:
        del blocks[last]
    room = FULL - len(blocks) > MOST_OF_ONE
    if len(entries) < MOST and room:
        another = parts.button(words.say("Add another"), "blocking.another", str(len(entries)))
        blocks.append(parts.actions(another, block_id="another"))
    blocks += [
        parts.divider(),
        text_field(
            "existing",
            words.say("Or an ask that is there already"),
            placeholder="#12",
            hint=words.say("Its number; several with commas between them."),
            multiline=False,
            optional=True,
            longest=200,
        ),
    ]
    return form(
        "blocking.form",
        words.say("#{number} waits for …", number=ask.number),
        words.say("File them") if len(entries) > 1 else words.say("File it"),
        {**kept, "suggested": suggested},
        words,
        *blocks,
    )


def _last_input(blocks: Sequence[Block | None]) -> int | None:
    """Where the last field stands that a service needs: with eight services of many needs not all of them have room."""
    places = (place for place in range(len(blocks) - 1, -1, -1))
    return next((one for one in places if str((blocks[one] or {}).get("block_id", "")).startswith("input_")), None)


def blocked(ask: Ask, words: Words, now: datetime) -> Block:
    """What the form becomes once it is sent: the chain as it is now. `ask`: with its chain."""
    blocks = [
        parts.section(telling.title(ask, ask.owner.id, words, 200)),
        *(block for block in chain.tree(ask, ask.owner.id, words, now) if block["type"] == "section"),
        parts.context(words.say("You own the whole: you hear when one of them ends too late, or is done.")),
    ]
    return {
        "type": "modal",
        "callback_id": "blocked",
        "title": {"type": "plain_text", "text": words.say("Ask #{number}", number=ask.number)},
        "close": {"type": "plain_text", "text": words.say("Done")},
        "blocks": blocks,
    }


def _entry(
    place: int, entry: Entry, departments: Sequence[Department], numbered: bool, words: Words
) -> list[Block | None]:
    return [
        parts.divider(),
        parts.section(f"*{place + 1}.*") if numbered else None,
        _department(place, entry, departments, words),
        _service(place, entry, words),
        *_inputs(place, entry, words),
        text_field(
            f"what_{place}",
            words.say("What do you need?"),
            initial=entry.what,
            placeholder=words.say("Pay the supplier's invoice by Thursday"),
            optional=True,
        ),
        _due(place, entry, words),
        _promise(place, entry, words),
        *_sooner(place, entry, words),
    ]


def _department(place: int, entry: Entry, departments: Sequence[Department], words: Words) -> Block:
    field = f"department_{place}"
    block = choice_field(
        field, words.say("Which department?"), [(one.name, str(one.id)) for one in departments], optional=True
    )
    block["element"]["action_id"] = f"blocking.{field}"
    if entry.department is not None:
        block["element"]["initial_option"] = parts.option(entry.department.name, str(entry.department.id))
    return block | {"dispatch_action": True}


def _service(place: int, entry: Entry, words: Words) -> Block | None:
    department = entry.department
    if department is None or not department.services:
        return None
    choices = [(words.say("Something else"), NO_SERVICE)]
    choices += [(parts.plain(one.name, 75), str(one.id)) for one in department.services[:99]]
    block = choice_field(f"service_{place}", words.say("Service"), choices, optional=True)
    chosen = str(entry.service.id) if entry.service else NO_SERVICE
    options = block["element"]["options"]
    block["element"] |= {
        "action_id": f"blocking.service_{place}",
        "initial_option": next((one for one in options if one["value"] == chosen), options[0]),
    }
    return block | {"block_id": f"service_{place}:{department.id}", "dispatch_action": True}


def _inputs(place: int, entry: Entry, words: Words) -> list[Block]:
    """A field for each thing that the service needs to start; the block is another one for another service."""
    return [
        text_field(
            f"input_{place}_{number}",
            parts.plain(needed.name, 150),
            initial=dict(entry.answers).get(needed.name, "")[:_LONGEST],
            hint=parts.plain(needed.help, 300) if needed.help else "",
            multiline=False,
            optional=True,
            longest=_LONGEST,
        )
        | {"block_id": f"input_{place}_{number}:{entry.service.id if entry.service else 0}"}
        for number, needed in enumerate(entry.needed)
    ]


def _due(place: int, entry: Entry, words: Words) -> Block:
    block = time_field(
        f"blocking.due_{place}",
        words.say("Needed by"),
        initial=entry.due,
        hint=words.say("In your own time zone. A time in your words above counts, if you leave this as it is."),
        optional=True,
    )
    there = entry.department.id if entry.department else 0
    return block | {"block_id": f"due_{place}:{there}", "dispatch_action": True}


def _promise(place: int, entry: Entry, words: Words) -> Block | None:
    if entry.department is None or entry.earliest is None:
        return None
    told = promise.promise(entry.department, entry.service, entry.earliest, words)
    if entry.expected is not None:
        told = expecting.told(entry.department, entry.service, entry.expected, words)
    return {**parts.section(told), "block_id": f"promise_{place}"}


def _sooner(place: int, entry: Entry, words: Words) -> list[Block]:
    if not entry.is_sooner or entry.earliest is None:
        return []
    take = parts.option(
        words.say(
            "Take the promise of {time}",
            time=times.spoken(entry.expected.honest.at if entry.expected else entry.earliest, entry.zone, words),
        ),
        TAKE,
    )
    causes = [parts.option(label, cause) for label, cause in rush.choices(words)]
    ways = {
        "type": "input",
        "block_id": f"way_{place}",
        "label": {"type": "plain_text", "text": words.say("That is sooner than promised")},
        "element": {"type": "radio_buttons", "action_id": f"way_{place}", "options": [take, *causes]},
        "optional": True,
    }
    reason = text_field(
        f"reason_{place}",
        words.say("Why is it a rush?"),
        initial=entry.reason,
        hint=words.say("A rush needs a few words. The lead of the department is told."),
        multiline=False,
        optional=True,
    )
    return [ways, reason]
