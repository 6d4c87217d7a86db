"""What is said about a baton by direct message: it is offered, taken, refused, over, taken back; the lead may decide.

And the card that an ask leaves behind in the channel of a department that handed it to another one.
"""

from datetime import datetime

from handlers.cards import acts, parts, telling
from handlers.cards.baton_words import reason, worded_note
from handlers.cards.parts import Card
from handlers.cards.told import told
from handlers.cards.you_own import you_own
from handlers.words import Words
from store.queries.offers import Offer
from store.snapshots import Ask, Person

_TO_GIVER, _TO_LEAD = "told:owner", "told:lead"


def offered(ask: Ask, offer: Offer, reader_id: str, words: Words, now: datetime, giver: Person | None) -> Card:
    """To the receiver: take it or refuse it. It is edited in place: once taken it is their card of the ask.

    `giver`: whom the reader, once they own it, can still ask.
    """
    if offer.answer == "taken" and ask.owner.id == reader_id:
        return you_own(ask, reader_id, words, now, giver)
    if offer.answer not in (None, "taken", "refused"):  # a message of its own says how it ended
        return told(ask, reader_id, words, words.say("#{number} was offered to you; that is over.", number=ask.number))
    if offer.answer is not None:
        return told(ask, reader_id, words, _answered(ask, offer, words), telling.stands(ask, words))
    said = words.say(
        "{person} offers you #{number}: take it?", person=parts.person(offer.offered_by.id), number=ask.number
    )
    note = parts.quoted(worded_note(offer.note, words), 1500)
    facts = [
        words.say("*Asked by*\n{asker}", asker=parts.person(ask.asker.id)),
        words.say("*When*\n{due}", due=telling.due(ask, words, now)),
        words.say("*Department*\n{department}", department=_department(ask, words)),
    ]
    return parts.card(
        f"{said} {telling.what(ask, reader_id, words)}",
        parts.section(f"*{said}*\n{telling.quotation(ask.result or ask.what)}", acts.menu(ask, reader_id, "", words)),
        parts.section(words.say("*Note*\n{note}", note=note)),
        parts.fields(*facts),
        parts.context(telling.owner(ask, words), words.say("Until you take it, it is not yours.")),
        acts.under(ask, reader_id, "", words),
    )


def offered_for_you(ask: Ask, reader_id: str, words: Words, now: datetime, by: str) -> Card:
    """To the owner: their lead offered it on their behalf."""
    said = words.say("{person} offers your #{number} to somebody else.", person=parts.person(by), number=ask.number)
    row = parts.actions(acts.hand_over(ask, _TO_GIVER, words)) if _mine(ask, reader_id) and ask.baton else None
    lines = [telling.quotation(ask.result or ask.what), telling.owner(ask, words)]
    return told(ask, reader_id, words, said, *lines, row=row)


def taken(ask: Ask, reader_id: str, words: Words, now: datetime, by: str) -> Card:
    """To the giver: it is off their back."""
    said = words.say("{person} has taken #{number}: it is off your back.", person=parts.person(by), number=ask.number)
    zone = words.say("For one working day {person} can ask you about it.", person=parts.person(by))
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), zone)


def bounced(
    ask: Ask, reader_id: str, words: Words, now: datetime, by: str, because: str | None, said_too: str | None
) -> Card:
    """To the giver: it was refused, or not answered in time; they still own it."""
    person = parts.person(by)
    if because is None:
        said = words.say("{person} did not answer in time: #{number} stays with you.", person=person, number=ask.number)
        lines = [telling.quotation(ask.result or ask.what)]
    else:
        said = words.say("{person} does not take #{number}: it stays with you.", person=person, number=ask.number)
        why = reason(because, words)
        if said_too:
            why = parts.quoted(said_too, 1200) if because == "other" else f"{why} {parts.quoted(said_too, 1200)}"
        lines = [telling.quotation(ask.result or ask.what), words.say("*Because:* {reason}", reason=why)]
    lines.append(telling.due(ask, words, now))
    row = acts.under(ask, reader_id, _TO_GIVER, words) if _mine(ask, reader_id) else None
    return told(ask, reader_id, words, said, *lines, row=row)


def expired(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """To the receiver: the offer is over."""
    said = words.say("The offer of #{number} is over: nobody took it in time.", number=ask.number)
    return told(ask, reader_id, words, said, telling.stands(ask, words))


def recalled(ask: Ask, reader_id: str, words: Words, now: datetime, by: str | None) -> Card:
    """To the receiver: the offer was taken back, or what was offered has moved on."""
    if by is None:
        said = words.say("#{number} is no longer offered to you.", number=ask.number)
    else:
        said = words.say("{person} no longer offers you #{number}.", person=parts.person(by), number=ask.number)
    return told(ask, reader_id, words, said, telling.stands(ask, words))


def lead_decides(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """To the lead: it was offered and came back; somebody has to decide."""
    owner = parts.person(ask.owner.id)
    said = words.say("#{number} was offered and came back: please decide who takes it.", number=ask.number)
    todo = words.say(
        "{owner} still owns it. You can hand it to somebody on their behalf, or put it down with a reason.", owner=owner
    )
    row = None
    if ask.is_open and not ask.waits_for_asker:
        row = parts.actions(acts.hand_over(ask, _TO_LEAD, words), acts.put_down(ask, _TO_LEAD, words))
    lines = [telling.quotation(ask.result or ask.what), telling.due(ask, words, now), todo]
    return told(ask, reader_id, words, said, *lines, row=row)


def moved(ask: Ask, words: Words, now: datetime) -> Card:
    """In the old department's channel, where the card was: the ask went to another department. It pings nobody."""
    said = words.say(
        "#{number} went to {department}.", number=ask.number, department=parts.one_line(ask.department_name, 80)
    )
    what = words.say("a private ask") if ask.is_private else parts.one_line(ask.what, 300)
    lines = (f"*{said}*", what, f"{telling.owner(ask, words)} · {telling.stands(ask, words)}")
    if ask.baton is not None:
        lines = (f"*{said}*", what, telling.stands(ask, words))
    return parts.card(said, parts.section("\n".join(lines), acts.show_all(ask, "", words)))


def _answered(ask: Ask, offer: Offer, words: Words) -> str:
    """What the reader answered to an offer."""
    if offer.answer == "taken":
        return words.say("You took #{number}, and it has moved on.", number=ask.number)
    return words.say("You did not take #{number}.", number=ask.number)


def _department(ask: Ask, words: Words) -> str:
    name = parts.one_line(ask.department_name, 80)
    if ask.baton is None or ask.baton.to_department_name is None:
        return name
    to = parts.one_line(ask.baton.to_department_name, 80)
    return words.say("{department}; it goes to {other} when you take it", department=name, other=to)


def _mine(ask: Ask, reader_id: str) -> bool:
    return ask.owner.id == reader_id
