"""What the asker is asked back when a line of theirs cannot be filed at once: whom they mean,
which service, when, or why a rush.

Each reading is a button. Nothing is filed yet; the text is kept, and the form always stands open.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from handlers.cards import parts, promise, rush, times
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.rules.due_words import Choice, Reading
from store.snapshots import Department, Person, Service

_SERVICES = 8  # offered as buttons
MOST = 5  # departments offered as buttons


def whom(
    draft_id: str,
    name: str,
    near: Sequence[Department],
    text: str,
    words: Words,
    desk: Department | None = None,
    phrase: str = "",
) -> Card:
    """No department is called `name` (empty: none was named). `near`: those that may be meant, likeliest first.

    `desk`: who takes what fits none of them. `phrase`: remembered words that are as much one's as another's.
    """
    near = [one for one in near if not one.is_gray_zone][:MOST]
    if phrase:
        asked = words.say(
            "“{phrase}” goes to more than one department. Whom do you mean?", phrase=parts.one_line(phrase, 80)
        )
    elif name:
        asked = words.say("No department is called “{name}”. Whom do you mean?", name=parts.one_line(name, 80))
    else:
        asked = words.say("Whom do you ask? Start with a department, like `@{name} …`.", name=_example(near))
    chosen = [
        parts.button(one.name, f"asking_back.department.{place}", _carried(draft_id, department=one.id))
        for place, one in enumerate(near)
    ]
    if desk is not None:
        unknown = words.say("I don't know whose this is")
        carried = _carried(draft_id, department=desk.id)
        chosen.append(parts.button(unknown, f"asking_back.department.{len(near)}", carried))
    return _card(asked, text, [*chosen, _form(draft_id, words)], words)


def of_nowhere(draft_id: str, name: str, near: Sequence[Department], text: str, words: Words) -> Card:
    """Somebody was named alone who works in no department that takes asks."""
    asked = words.say(
        "{person} works in no department that takes asks. Which department do you ask?", person=parts.one_line(name, 80)
    )
    chosen = [
        parts.button(one.name, f"asking_back.department.{place}", _carried(draft_id, department=one.id))
        for place, one in enumerate(near)
    ]
    return _card(asked, text, [*chosen, _form(draft_id, words)], words)


def who(
    draft_id: str,
    name: str,
    is_ambiguous: bool,
    near: Sequence[Person],
    department: Department,
    text: str,
    words: Words,
) -> Card:
    """Nobody of the department is called `name`, or several are. `near`: those who may be meant."""
    called, where = parts.one_line(name, 80), parts.one_line(department.name, 80)
    if is_ambiguous:
        asked = words.say(
            "Several people of {department} are called “{name}”. Who is to own it?", department=where, name=called
        )
    else:
        asked = words.say("Nobody of {department} is called “{name}”. Who is to own it?", department=where, name=called)
    chosen = [
        parts.button(f"{one.name} (@{one.handle})", f"naming.person.{place}", _carried(draft_id, person=one.id))
        for place, one in enumerate(near)
    ]
    leave = parts.button(
        words.say("Leave it to {department}", department=parts.plain(department.name, 40)),
        "naming.nobody",
        _carried(draft_id),
    )
    return _card(asked, text, [*chosen, leave], words)


def when(
    draft_id: str,
    reading: Reading,
    department: Department,
    promised: str,
    text: str,
    words: Words,
    zone: str,
    now: datetime,
) -> Card:
    """The due time is unclear. `promised`: what can be expected; `text`: the whole ask; `zone`: the asker's."""
    asked = _why(reading, words)
    chosen = [
        parts.button(_choice(one, zone, words, now), f"asking_back.due.{place}", _carried(draft_id, due=_seconds(one)))
        for place, one in enumerate(reading.choices)
    ]
    leave = parts.button(
        words.say("Leave the time to {department}", department=parts.plain(department.name, 40)),
        "asking_back.promise",
        _carried(draft_id),
    )
    return _card(f"{asked}\n{promised}", text, [*chosen, leave, _form(draft_id, words)], words)


def why_a_rush(
    draft_id: str,
    due: datetime,
    reason: str,
    promised: str,
    earliest: datetime,
    text: str,
    words: Words,
    zone: str,
) -> Card:
    """It is sooner than promised and called a rush; one click says which kind of rush `reason` is, and files it."""
    asked = words.say(
        "You need it by *{time}*, as a rush: “{reason}”. What made it one?",
        time=parts.when(due, words),
        reason=parts.one_line(reason, 300),
    )
    chosen = [
        parts.button(label, f"asking_back.rush.{place}", _carried(draft_id, due=int(due.timestamp()), cause=str(cause)))
        for place, (label, cause) in enumerate(rush.choices(words))
    ]
    take = parts.button(
        words.say("Take the promise of {time}", time=times.spoken(earliest, zone, words)),
        "asking_back.promise",
        _carried(draft_id),
    )
    return _card(f"{asked}\n{promised}", text, [*chosen, take, _form(draft_id, words)], words)


def which_service(draft_id: str, department: Department, fit: Sequence[Service], text: str, words: Words) -> Card:
    """Several services fit the words. `text`: the whole ask."""
    asked = words.say(
        "More than one service of {department} fits that. Which one do you mean?",
        department=parts.one_line(department.name, 80),
    )
    lines = [asked]
    if len(fit) > _SERVICES:
        more = words.count(
            "{n} more service fits it: the form has all of them.",
            "{n} more services fit it: the form has all of them.",
            len(fit) - _SERVICES,
        )
        lines.append(more)
    chosen = [
        parts.button(_service(one, words), f"asking_back.service.{place}", _carried(draft_id, service=one.id))
        for place, one in enumerate(fit[:_SERVICES], start=1)
    ]
    none = parts.button(words.say("None of these"), "asking_back.service.0", _carried(draft_id, service=0))
    return _card("\n".join(lines), text, [*chosen, none, _form(draft_id, words)], words)


def _service(service: Service, words: Words) -> str:
    span = promise.span(service.lead_time, words)
    name = parts.plain(service.name, 70 - len(span))
    return words.say("{service}: {span}", service=name, span=span)


def _card(asked: str, text: str, buttons: list[Block], words: Words) -> Card:
    return parts.card(
        asked,
        parts.section(asked),
        parts.context(words.say("Nothing is filed yet; your text is kept: {text}", text=parts.one_line(text, 500))),
        parts.actions(*buttons),
    )


def _form(draft_id: str, words: Words) -> Block:
    return parts.button(words.say("Open the form"), "asking_back.form", _carried(draft_id))


def _carried(draft_id: str, **further: int | str) -> str:
    return json.dumps({"draft": draft_id, **further})


def _seconds(choice: Choice) -> int:
    return int(choice.due.timestamp())


def _choice(choice: Choice, zone: str, words: Words, now: datetime) -> str:
    if choice.form == "day_end":
        return words.say("By the end of {day}", day=times.day(choice.due, zone, words, now))
    return times.spoken(choice.due, zone, words, now)


def _example(near: Sequence[Department]) -> str:
    return parts.one_line(near[0].name, 40) if near else "finance"


def _why(reading: Reading, words: Words) -> str:
    phrase = parts.one_line(reading.phrase, 120)
    match reading.reason:
        case "past":
            return words.say("“{phrase}” is over already. When do you need it?", phrase=phrase)
        case "ambiguous" if len(reading.choices) < 2:
            return words.say("“{phrase}” is not quite clear to me. Do you need it by then?", phrase=phrase)
        case "ambiguous":
            return words.say("“{phrase}” can be read in more than one way. Which do you mean?", phrase=phrase)
        case "two_due_times":
            return words.say("There is more than one time in “{phrase}”. Which one is it needed by?", phrase=phrase)
        case "impossible" | "skipped_by_clock_change":
            return words.say("There is no such time as “{phrase}”. When do you need it?", phrase=phrase)
        case "contradiction":
            return words.say("“{phrase}” does not fit together. Which do you mean?", phrase=phrase)
        case "no_hour_fits":
            return words.say("Is “{phrase}” in the morning or in the afternoon?", phrase=phrase)
        case "unknown_holiday":
            return words.say("I do not know when “{phrase}” is. When do you need it?", phrase=phrase)
        case "not_a_working_day" | "no_working_time":
            return words.say("Nobody works there at “{phrase}”. When do you need it?", phrase=phrase)
        case "too_far":
            return words.say("“{phrase}” is very far ahead. When do you need it?", phrase=phrase)
    return words.say("I cannot tell when “{phrase}” is. When do you need it?", phrase=phrase)
