"""What the chosen service needs to start, as fields of the form of an ask; and as it is shown with the ask."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import parts
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Answered, Service

BLOCK = "input:"  # then the service's id, then what the input is called: a block of another service is another one
LONGEST = 1500  # characters of one answer
_ON_CARD = 120  # of one answer


def fields(service: Service, answers: Mapping[str, str], words: Words) -> list[Block]:
    """A field for each input, with its help; what was said to one of the same name before stands in it."""
    return [_field(service, place, answers, words) for place in range(len(service.inputs))]


def name_of(block_id: str) -> str | None:
    """What the input is called whose block this is; None for any other block."""
    return block_id.split(":", 2)[2] if block_id.startswith(BLOCK) else None


def on_card(answered: tuple[Answered, ...], words: Words) -> list[str]:
    """A line each, for mrkdwn; the whole of a long answer stands in the details."""
    return [
        words.say("*{label}:* {text}", label=parts.one_line(one.name, 90), text=parts.one_line(one.answer, _ON_CARD))
        for one in answered
    ]


def _field(service: Service, place: int, answers: Mapping[str, str], words: Words) -> Block:
    needed = service.inputs[place]
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": f"input_{place}", "max_length": LONGEST}
    if said := answers.get(needed.name):
        element["initial_value"] = said[:LONGEST]
    block: Block = {
        "type": "input",
        "block_id": f"{BLOCK}{service.id}:{needed.name}"[:255],
        "label": {"type": "plain_text", "text": parts.plain(needed.name, 150)},
        "element": element,
        "optional": not needed.required,
    }
    if needed.help:
        block["hint"] = {"type": "plain_text", "text": parts.plain(needed.help, 300)}
    return block
