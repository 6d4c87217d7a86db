"""Finding what a person means by the words on it: the newest thing before them with a button or field of that label."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sandbox.blocks import children_of, elements_of
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.reading import read_message, read_view
from sandbox.shapes import Blocks, Json
from sandbox.views import View
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Found:
    """An element by its label, and what choosing that label means for it."""

    container: Message | View
    block_id: str
    element: Json
    chosen: Json


def before(workspace: Workspace, person: Person, where: str | None) -> Iterator[Message | View]:
    """What a person has before them: the modal on top, then messages newest first, then Home tabs.

    ``where``: "modal", "home", "dm", "ephemeral", a "#channel", or None for everywhere.
    """
    stack = workspace.views.stack(person.id)
    if where in (None, "modal") and stack:
        yield stack[-1]
    if where not in ("modal", "home"):
        yield from messages_before(workspace, person, where)
    if where in (None, "home"):
        yield from (view for (user, _), view in workspace.views.homes.items() if user == person.id)


def messages_before(workspace: Workspace, person: Person, where: str | None) -> list[Message]:
    """Messages the person can see, newest first, restricted as in ``before``."""
    found: list[Message] = []
    for place in list(workspace.conversations.values()):
        if not workspace.sees(person.id, place):
            continue
        if where == "dm" and not place.is_direct:
            continue
        if where not in (None, "dm", "ephemeral") and where not in (place.id, f"#{place.name}", place.name):
            continue
        if where != "ephemeral":
            found.extend(place.newest_first())
        found.extend(
            message for message in place.ephemerals if message.ephemeral_to == person.id and not message.deleted
        )
    return sorted(found, key=lambda message: message.number, reverse=True)


def words_on(workspace: Workspace, thing: Message | View, person: Person) -> str:
    """All that the person reads on it."""
    if isinstance(thing, View):
        return read_view(workspace, thing, person)
    return read_message(workspace, thing, person)


def labelled(thing: Message | View, label: str, person: Person) -> Iterator[Found]:
    """Every element in it, shown to the person, that carries the label itself or has an option that does."""
    blocks: Blocks = list(thing.blocks)
    if isinstance(thing, Message):
        for attachment in thing.attachments:
            blocks.extend(attachment.get("blocks") or [])
    for block, element in _elements(blocks):
        if element.get("visible_to_user_ids") and person.id not in element["visible_to_user_ids"]:
            continue
        chosen = _choice(element, label)
        if chosen is not None:
            yield Found(thing, block.get("block_id", ""), element, chosen)


def field(view: View | Message, label: str) -> tuple[Json, Json] | None:
    """(block, element) of the field with that label: an input's label, a section's text, or a placeholder."""
    blocks = view.blocks
    for block, element in _elements(blocks):
        names = [block.get("label"), block.get("text"), element.get("placeholder")]
        if any(isinstance(name, dict) and name.get("text", "").strip("* :") == label.strip("* :") for name in names):
            return block, element
    for block, element in _elements(blocks):
        if label in (element.get("action_id"), block.get("block_id")):
            return block, element
    return None


def value_for(workspace: Workspace, element: Json, given: Any) -> Json:
    """What Slack's state holds once ``given`` is entered. ValueError if the element has no such option."""
    kind = element["type"]
    if kind in ("plain_text_input", "email_text_input", "url_text_input", "number_input"):
        return {"value": None if given is None else str(given)}
    if kind == "rich_text_input":
        text = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(given)}]}
        return {"rich_text_value": {"type": "rich_text", "elements": [text]}}
    if kind == "datepicker":
        return {"selected_date": given.isoformat() if isinstance(given, date) else given}
    if kind == "timepicker":
        return {"selected_time": given.strftime("%H:%M") if isinstance(given, time) else given}
    if kind == "datetimepicker":
        return {"selected_date_time": int(given.timestamp()) if isinstance(given, datetime) else given}
    many = kind.startswith("multi_") or kind == "checkboxes"
    wanted = list(given) if many and not isinstance(given, str | Person) else [given]
    if given is None:
        wanted = []
    return _selected(kind, [_selection(workspace, element, one) for one in wanted], many)


def _selected(kind: str, values: list[Any], many: bool) -> Json:
    what = "option"
    for name in ("user", "conversation", "channel"):
        if f"{name}s_select" in kind:
            what = name
    if many:
        return {f"selected_{what}s": values}
    return {f"selected_{what}": values[0] if values else None}


def _selection(workspace: Workspace, element: Json, wanted: Any) -> Any:
    kind = element["type"]
    if "users_select" in kind:
        return workspace.someone(wanted).id
    if "conversations_select" in kind or "channels_select" in kind:
        return workspace.place(str(wanted)).id
    for option in options_of(element):
        if wanted in (option.get("text", {}).get("text"), option.get("value")):
            return option
    if isinstance(wanted, dict):
        return wanted
    names = ", ".join(option.get("text", {}).get("text", "") for option in options_of(element))
    raise ValueError(f"no option {wanted!r}; there are: {names}")


def options_of(element: Json) -> list[Json]:
    """All options of a select, its groups flattened."""
    options: list[Json] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group.get("options") or [])
    return options


def _elements(blocks: Blocks) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in elements_of(block):
            yield block, element
        yield from _elements(children_of(block))


def _choice(element: Json, label: str) -> Json | None:
    kind = element["type"]
    if kind in ("button", "workflow_button", "icon_button"):
        text = element.get("text")
        return {} if isinstance(text, dict) and text.get("text") == label else None
    if kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            button = element.get(name) or {}
            if button.get("text", {}).get("text") == label:
                return {"value": button.get("value")}
        return None
    for option in options_of(element):
        if option.get("text", {}).get("text") == label:
            many = kind in ("checkboxes", "multi_static_select")
            return {"selected_options": [option]} if many else {"selected_option": option}
    return None
