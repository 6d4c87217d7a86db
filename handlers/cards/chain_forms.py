"""In forms that end an ask: what becomes of those that it still waits for. Unless ticked they go on on their own."""

from handlers.cards import parts, telling
from handlers.cards.form_parts import boxes_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Ask

BOXES = 10  # that Slack shows in one field


def ending_children(ask: Ask, reader_id: str, words: Words) -> list[Block]:
    """A warning, and boxes for what the owner asked for and nobody may need any more. `ask`: with its chain."""
    children = [child for child in ask.chain.children if child.is_open] if ask.chain else []
    if not children:
        return []
    warning = words.count(
        "It still waits for {n} ask. What you do not tick goes on on its own, for who asked for it.",
        "It still waits for {n} asks. What you do not tick goes on on its own, for who asked for it.",
        len(children),
    )
    blocks: list[Block] = [parts.section(warning)]
    mine = [child for child in children if child.asker.id == ask.owner.id]
    for place in range(0, len(mine), BOXES):
        boxes = [(_label(child, reader_id, words), str(child.number)) for child in mine[place : place + BOXES]]
        blocks.append(boxes_field(f"children_{place // BOXES}", words.say("Withdraw these with it"), boxes))
    return blocks


def _label(child: Ask, reader_id: str, words: Words) -> str:
    what = child.what if telling.may_read(child, reader_id) else words.say("a private ask")
    return parts.plain(f"#{child.number} {child.department_name}: {' '.join(what.split())}", 75)
