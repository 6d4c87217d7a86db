"""What changed among the services of a department, as an event keeps it: added, archived, changed, in another order."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import parts
from handlers.words import Words

_Kept = Mapping[str, Any]


def told(before: Sequence[_Kept], after: Sequence[_Kept], words: Words) -> str:
    """In short, for mrkdwn. One that was renamed reads as archived and added."""
    was, now = {one["name"]: one for one in before}, {one["name"]: one for one in after}
    lines = [words.say("{service} added", service=_name(name)) for name in now if name not in was]
    lines += [words.say("{service} archived", service=_name(name)) for name in was if name not in now]
    for name, service in now.items():
        if name in was and was[name] != service:
            lines.append(f"{_name(name)}: {_fields(was[name], service, words)}")
    stayed = [name for name in was if name in now]
    if stayed != [name for name in now if name in was]:
        lines.append(words.say("another order: {services}", services=", ".join(_name(name) for name in now)))
    return parts.cut("; ".join(lines), 900)


def _fields(was: _Kept, now: _Kept, words: Words) -> str:
    named = {
        "names": words.say("other names"),
        "lead_time": words.say("lead time"),
        "owner_id": words.say("owner"),
        "restate": words.say("restated"),
        "inputs": words.say("inputs"),
        "done_means": words.say("done means"),
        "promise": words.say("what is promised"),
        "ladder": words.say("nudges"),
    }
    return ", ".join(
        words.say(
            "{field}: {before} → {after}",
            field=named.get(field, field),
            before=_value(field, was.get(field), words),
            after=_value(field, now[field], words),
        )
        for field in now
        if was.get(field) != now[field]
    )


def _value(field: str, value: Any, words: Words) -> str:
    if value is None or value == [] or value == {}:
        return words.say("none")
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if field == "owner_id":
        return parts.person(str(value))
    if field == "inputs":
        return ", ".join(_name(str(one["name"])) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{parts.one_line(str(name))} {parts.one_line(str(one))}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_name(str(one)) for one in value)
    return parts.one_line(str(value), 120)


def _name(text: str) -> str:
    return parts.one_line(text, 80)
