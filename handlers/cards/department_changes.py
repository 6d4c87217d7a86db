"""What changed in a department, newest first: who, when, which part, from what to what."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import parts, service_changes
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.permissions import Matter
from store.snapshots import Department, DepartmentChange

_PEOPLE = frozenset({"lead_id", "member_ids", "people", "deputies", "owner_id"})
SHOWN = 300  # characters of one value


def changes_window(
    department: Department, changes: Sequence[DepartmentChange], page: int, more: bool, words: Words
) -> Block:
    """One page of them."""
    blocks: list[Block | None] = [parts.header(words.say("What changed in {department}", department=department.name))]
    blocks += [parts.section(_change(one, words)) for one in changes]
    if not changes:
        blocks.append(parts.section(words.say("Nothing was changed yet.")))
    buttons = []
    for label, place, to, there_is in (
        (words.say("Newer"), 0, page - 1, page > 0),
        (words.say("Older"), 1, page + 1, more),
    ):
        if there_is:
            buttons.append(parts.button(label, f"department.changes.{place}", f"{department.id}.{to}"))
    blocks.append(parts.actions(*buttons) if buttons else None)
    return {
        "type": "modal",
        "callback_id": "department_changes",
        "title": {"type": "plain_text", "text": words.say("What changed")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": [block for block in blocks if block],
    }


def meanwhile(change: DepartmentChange | None, words: Words) -> str:
    """What the second of two is told who changed one part at the same time."""
    if change is None:
        said = words.say("*Somebody changed this meanwhile.*")
    else:
        who = _who(change, words)
        said = words.say("*{person} changed this meanwhile:* {what}", person=who, what=differences(change, words))
    return said + "\n" + words.say("What you typed stands below. Send it again, and it counts.")


def differences(change: DepartmentChange, words: Words) -> str:
    """The fields that differ, each from what to what."""
    named = {
        "key": words.say("key"),
        "names": words.say("names"),
        "channel_id": words.say("channel"),
        "locale": words.say("language"),
        "guests_may_ask": words.say("guests may ask"),
        "usergroup_id": words.say("user group"),
        "lead_id": words.say("lead"),
        "member_ids": words.say("people"),
        "deputies": words.say("deputies"),
        "rota": words.say("duty rota"),
        "time_zone": words.say("time zone"),
        "hours": words.say("working hours"),
        "country": words.say("country"),
        "region": words.say("region"),
        "closed_days": words.say("closed days"),
        "lead_time": words.say("lead time"),
        "ladder": words.say("nudges"),
        "is_gray_zone": words.say("gray-zone desk"),
    }
    fields = [name for name in change.after if change.before.get(name) != change.after[name]]
    return "; ".join(
        service_changes.told(change.before.get(name) or [], change.after[name], words)
        if name == "services"
        else words.say(
            "{field}: {before} → {after}",
            field=named.get(name, name.replace("_", " ")),
            before=_value(name, change.before.get(name), words),
            after=_value(name, change.after[name], words),
        )
        for name in fields
    )


def _change(change: DepartmentChange, words: Words) -> str:
    what = {
        Matter.NEW: words.say("set it up"),
        Matter.CLOSE: words.say("closed it"),
        Matter.REOPEN: words.say("opened it again"),
    }.get(change.part) or differences(change, words)
    return words.say(
        "{time}, {person}: {what}", time=parts.when(change.at, words), person=_who(change, words), what=what
    )


def _who(change: DepartmentChange, words: Words) -> str:
    return parts.person(change.actor.id) if change.actor else words.say("from the file")


def _value(field: str, value: Any, words: Words) -> str:
    """A value of a plan, in short."""
    if value is None or value == [] or value == {}:
        return words.say("none")
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    return parts.cut(_told(field, value), SHOWN)


def _told(field: str, value: Any) -> str:
    if field == "channel_id":
        return parts.channel(str(value))
    if field == "rota":
        turns = ", ".join(parts.person(one) for one in value["people"])
        covers = ", ".join(f"{day}: {parts.person(one)}" for day, one in value["covers"].items())
        return "; ".join(filter(None, (turns, covers))) or "–"
    if field == "deputies":
        return ", ".join(f"{parts.person(person)}: {parts.person(deputy)}" for person, deputy in value)
    if field in _PEOPLE:
        return ", ".join(parts.person(str(one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, Mapping):
        return ", ".join(f"{parts.one_line(str(name))} {parts.one_line(str(one))}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(parts.one_line(str(one), 80) for one in value)
    return parts.one_line(str(value), 120)
