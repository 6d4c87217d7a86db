"""The form of a ladder: each rung as a menu, and above them what an ask filed now would be nudged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import choice_field, form, told_at_once
from handlers.cards.parts import Block
from handlers.cards.promise import span
from handlers.cards.times import spoken
from handlers.cards.why import rule
from handlers.words import Words
from store.rules.lead_time import LeadTime
from store.rules.rungs import Due
from store.rules.thresholds import Ladder
from store.snapshots import Department, Service

FORM = "ladder.form"
AS_DEPARTMENT = "same"
WHOLE = "department"
OFF = "off"
_SPANS = ("1h", "2h", "3h", "4h", "6h", "8h", "1d", "2d", "3d", "4d", "5d", "10d")
_COUNTS: Mapping[str, tuple[int, ...]] = {
    "starving_times": (1, 2, 3, 5),
    "unanswered": (3, 4, 5, 7, 10, 20),
    "quiet_minutes": (0, 15, 30, 60, 120),
}
_ALWAYS_ON = frozenset({"verdict_first", "verdict_second", "no_verdict", "answer_first", "answer_second"})
_MOST_SERVICES = 99


@dataclass(frozen=True, slots=True)
class Example:
    """What an ask filed `now` and due at `due` would cause on this ladder."""

    ladder: Ladder
    now: datetime
    due: datetime
    heard: Sequence[Due]


def ladder_form(
    department: Department,
    service: Service | None,
    chosen: Mapping[str, str],
    example: Example | str,
    kept: Mapping[str, Any],
    words: Words,
    told: str = "",
) -> Block:
    """The form for a department, or for one of its services. `chosen`: the value of each rung, as in the YAML file.

    `example`: what an ask filed now would cause, or why that cannot be said. `told`: what somebody else changed
    meanwhile.
    """
    return form(
        FORM,
        words.say("Nudges"),
        words.say("Save nudges"),
        kept,
        words,
        parts.section(told) if told else None,
        _whose(department, service, words),
        {**parts.section(_preview(example, department, service, words)), "block_id": "preview"},
        *(_field(name, label, department, service, chosen, words) for name, label in _labels(words)),
    )


def on_overview(department: Department, words: Words) -> str:
    """How the department's nudges stand, in a line or two."""
    standard, mine = Ladder().as_yaml(), department.ladder.as_yaml()
    changed = sum(mine[name] != standard[name] for name in mine)
    own = sum(one.ladder is not None for one in department.services)
    said = [words.say("As usual.")]
    if changed:
        said = [words.count("{n} rung is other than usual.", "{n} rungs are other than usual.", changed)]
    if own:
        said.append(words.count("{n} service has its own.", "{n} services have their own.", own))
    return " ".join(said)


def _whose(department: Department, service: Service | None, words: Words) -> Block:
    choices = [(words.say("The whole department"), WHOLE)]
    choices += [(words.say("Service: {service}", service=one.name), str(one.id)) for one in department.services]
    field = choice_field(
        "whose",
        words.say("For"),
        choices[: _MOST_SERVICES + 1],
        initial=str(service.id) if service else WHOLE,
        hint=words.say("A service can be nudged otherwise than its department. Choosing another one starts afresh."),
    )
    field["element"]["action_id"] = "ladder.whose"
    return told_at_once(field)


def _preview(
    example: Example | str,
    department: Department,
    service: Service | None,
    words: Words,
) -> str:
    if isinstance(example, str):
        return words.say("Not yet: {fault}", fault=parts.quoted(example, 600))
    zone, now = department.calendar.zone, example.now
    what = parts.one_line(service.name if service else department.name, 80)
    lines = [
        words.say(
            "*An example:* an ask for {what} filed now, due {due}, which nobody touches, would be nudged:",
            what=what,
            due=spoken(example.due, zone, words, now),
        )
    ]
    for one in example.heard:
        who = words.say("owner") if one.to == "owner" else words.say("lead")
        at = spoken(one.at, zone, words, now)
        lines.append(words.say("• {time}, {who}: {rule}", time=at, who=who, rule=rule(one.rung, example.ladder, words)))
    if not example.heard:
        lines.append(words.say("• not at all"))
    return "\n".join(lines)


def _field(
    name: str, label: str, department: Department, service: Service | None, chosen: Mapping[str, str], words: Words
) -> Block:
    usual = str(_plain(department.ladder.as_yaml()[name]))
    choices = [(_shown(name, value, words), value) for value in _values(name, usual, chosen.get(name, usual))]
    initial = chosen.get(name, AS_DEPARTMENT if service else usual)
    if service is not None:
        same = words.say("As the department: {value}", value=_shown(name, usual, words))
        choices = [(same, AS_DEPARTMENT), *choices]
    field = choice_field(name, label, choices, initial=initial)
    field["element"]["action_id"] = f"ladder.rung.{name}"
    whose = service.id if service else WHOLE
    return told_at_once(field, f"{name}:{whose}")


def _values(name: str, usual: str, present: str) -> list[str]:
    """What can be chosen for a rung: the usual amounts, and what stands there now."""
    standard = Ladder().as_yaml()[name]
    if isinstance(standard, bool):
        return ["on", OFF]
    if name in _COUNTS:
        found = {str(count) for count in _COUNTS[name]} | {usual, present} - {AS_DEPARTMENT, OFF}
        return sorted(found, key=int)
    further = [one for one in dict.fromkeys((usual, present)) if one not in (*_SPANS, AS_DEPARTMENT, OFF)]
    return [*_SPANS, *further, *([] if name in _ALWAYS_ON else [OFF])]


def _plain(value: str | int | bool) -> str | int:
    return {True: "on", False: OFF}[value] if isinstance(value, bool) else value


def chosen_of(values: Mapping[str, str | int | bool]) -> dict[str, str]:
    """The values of a ladder as the form's menus have them."""
    return {name: str(_plain(value)) for name, value in values.items()}


def _shown(name: str, value: str, words: Words) -> str:
    if value == OFF:
        return words.say("never")
    if value == "on":
        return words.say("yes")
    if name == "quiet_minutes":
        return words.count("{n} minute", "{n} minutes", int(value))
    if name in _COUNTS:
        return words.count("{n} time", "{n} times", int(value))
    return span(LeadTime.parse(value), words)


def _labels(words: Words) -> list[tuple[str, str]]:
    """Every rung, by its name in the YAML file, in the order in which it speaks."""
    return [
        ("not_acknowledged", words.say("Owner: not acknowledged after")),
        ("half_time", words.say("Owner: half of the time gone, of promises longer than")),
        ("day_before", words.say("Owner: first reminder before due")),
        ("hours_before", words.say("Owner: second reminder before due")),
        ("at_due", words.say("Owner: when it is due")),
        ("late", words.say("Owner: late, again after each")),
        ("starving", words.say("Owner: no sign of progress for")),
        ("starving_times", words.say("Owner: no progress, at the most")),
        ("unanswered", words.say("Stop after so many nudges without an answer")),
        ("quiet_minutes", words.say("Rest after any activity")),
        ("lead_unacknowledged", words.say("Lead: not acknowledged after")),
        ("lead_late", words.say("Lead: late by")),
        ("lead_starving", words.say("Lead: when it starves all the same")),
        ("lead_unanswered", words.say("Lead: the asker answers no reminder for")),
        ("verdict_first", words.say("Asker: verdict, first reminder after")),
        ("verdict_second", words.say("Asker: verdict, second reminder after")),
        ("no_verdict", words.say("Without a verdict it closes after another")),
        ("answer_first", words.say("Asker: answer, first reminder after")),
        ("answer_second", words.say("Asker: answer, second reminder after")),
    ]
