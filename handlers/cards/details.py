"""The whole ask in a window: every word, every date, who owned it, what happened, and the buttons of the moment."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import acts, chain, kept, parts, rush, telling
from handlers.cards.happened import happened
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.promises import Ledger
from store.snapshots import Ask, Happened

PIECE = 2500  # characters of the ask's own words in one block; escapes make them longer
HISTORY = 40  # events shown, newest last


def details(
    ask: Ask, history: Sequence[Happened], ledger: Ledger, reader_id: str, words: Words, now: datetime
) -> Block:
    """The window for somebody who may read the ask; for others it says who may."""
    blocks = _whole(ask, history, ledger, reader_id, words, now) if ask.may_read(reader_id) else _hidden(ask, words)
    return {
        "type": "modal",
        "callback_id": "details",
        "title": {"type": "plain_text", "text": words.say("Ask #{number}", number=ask.number)},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": [block for block in blocks if block],
    }


def _hidden(ask: Ask, words: Words) -> list[Block | None]:
    sentence = words.say(
        "This is a private ask. {asker}, {owner} and their leads can read it.",
        asker=parts.person(ask.asker.id),
        owner=parts.person(ask.owner.id),
    )
    return [parts.section(sentence), parts.section(telling.stands(ask, words))]


def _whole(
    ask: Ask, history: Sequence[Happened], ledger: Ledger, reader_id: str, words: Words, now: datetime
) -> list[Block | None]:
    blocks: list[Block | None] = [
        *_said(words.say("What is asked"), ask.what),
        *(block for one in ask.inputs for block in _said(parts.one_line(one.name, 90), one.answer)),
        *_said(words.say("What done looks like"), ask.done_means),
        *_said(words.say("What the owner promised instead"), ask.result),
        *_said(words.say("Why it is a rush"), ask.rush_reason),
        parts.context(cause) if (cause := rush.cause(ask, words)) else None,
        parts.section(telling.stands(ask, words)),
        parts.fields(*_people(ask, words), *_dates(ask, words, now)),
        *_offered(ask, words),
        *_said(words.say("Evidence of the delivery"), ask.evidence),
        parts.section(telling.link(ask.evidence_link, words)) if ask.evidence_link else None,
        *_said(words.say("What is missing"), ask.missing),
        *_said(words.say("Why it was closed"), ask.outcome_reason),
        _source(ask, words),
        *chain.tree(ask, reader_id, words, now),
        _buttons(ask, reader_id, words),
        parts.divider(),
        kept.history(ask, ledger, words),
        parts.section(words.say("*What happened*")),
    ]
    return blocks + [parts.context(happened(event, words)) for event in history[-HISTORY:]]


def _buttons(ask: Ask, reader_id: str, words: Words) -> Block | None:
    row = acts.under(ask, reader_id, "details", words)
    if row is not None:
        row["elements"] += acts.asking(ask, reader_id, "details", words)
    return row


def _said(name: str, text: str | None) -> list[Block | None]:
    """Somebody's own words under a name, in as many blocks as they need. Nothing is cut."""
    if not text:
        return []
    pieces = _pieces(text)
    return [parts.section(f"*{name}*\n{pieces[0]}"), *(parts.section(piece) for piece in pieces[1:])]


def _pieces(text: str) -> list[str]:
    """`text` made safe and cut into blocks, between lines or words where there are any near."""
    pieces = []
    size = PIECE
    while text:
        size = min(size, len(text))
        if size < len(text):
            near = max(text.rfind("\n", size // 2, size), text.rfind(" ", size // 2, size))
            size = near + 1 if near > 0 else size
        piece = parts.quoted(text[:size], 1_000_000)
        if len(piece) > parts.SECTION - 100:  # escapes: half of it then
            size = max(1, size // 2)
            continue
        if piece.strip():
            pieces.append(piece)
        text, size = text[size:], PIECE
    return pieces or ["…"]


def _people(ask: Ask, words: Words) -> list[str]:
    asker = parts.person(ask.asker.id)
    if ask.asker_department_name:
        asker = words.say(
            "{asker}, {department}", asker=asker, department=parts.one_line(ask.asker_department_name, 80)
        )
    department = parts.one_line(ask.department_name, 80)
    service = f"{department}, {parts.one_line(ask.service_name, 80)}" if ask.service_name else department
    return [
        words.say(
            "*Owner*\n{owner} since {time}", owner=parts.person(ask.owner.id), time=parts.when(ask.owned_since, words)
        ),
        words.say("*Asked by*\n{asker}", asker=asker),
        words.say("*Department*\n{department}", department=service),
    ]


def _dates(ask: Ask, words: Words, now: datetime) -> list[str]:
    told = [
        words.say("*Filed*\n{time}", time=parts.when(ask.filed_at, words)),
        words.say("*Asked for*\n{time}", time=parts.when(ask.asked_due, words)),
        words.say("*When*\n{due}", due=telling.due(ask, words, now)),
    ]
    for sentence, instant in (
        (words.say("*Acknowledged*"), ask.acknowledged_at),
        (words.say("*Delivered*"), ask.delivered_at),
        (words.say("*Closed*"), ask.closed_at),
    ):
        if instant is not None:
            told.append(f"{sentence}\n{parts.when(instant, words)}")
    return told


def _offered(ask: Ask, words: Words) -> list[Block | None]:
    change = ask.change
    if change is None:
        return []
    offered = words.say("*Offered, not answered yet:* {time}", time=parts.when(change.due, words))
    return [
        parts.section(offered),
        *_said(words.say("Offered instead"), change.result),
        *_said(words.say("Reason"), change.reason),
    ]


def _source(ask: Ask, words: Words) -> Block | None:
    if not ask.source_link:
        return None
    return parts.section(words.say("Filed from a message: {link}", link=telling.link(ask.source_link, words)))
