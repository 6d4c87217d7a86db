"""Every message that Baton sends to other people: by its name in the outbox, worded when it is sent.

The courier asks `compose` for each; the state is read then, so a message never says what is no longer true.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from handlers.cards import advice as advice_cards
from handlers.cards import away as away_cards
from handlers.cards import (
    baton,
    batons,
    chain_told,
    department_people,
    exchange,
    gray_zone,
    overseeing,
    told_asker,
    told_owner,
    welcome,
)
from handlers.cards import desk_list as desk_list_card
from handlers.cards import lead_told as lead_told_card
from handlers.cards import note as note_card
from handlers.cards import objection as objection_cards
from handlers.cards import question as question_cards
from handlers.cards import standup as standup_card
from handlers.cards.ask_card import ask_card
from handlers.cards.parts import Card
from handlers.cards.told import settled
from handlers.cards.you_own import you_own
from handlers.nudging import nudge_message, overseen
from handlers.words import Words
from store import advice, departments, handoffs, people
from store.database import Look
from store.queries import asks, chains, landed, nudged, objections, offers, questions
from store.queries import standup as digests
from store.rules import critical_path
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Answerer, Stage
from store.snapshots import Ask, Department, Person

LIVE = frozenset(
    {
        *("ask_card", "moved_card", "you_own", "baton_offered"),
        *("question_asked", "advice_sought", "objected", "chain_late"),
    }
)  # edited in place whenever their ask moves

ONE_DAY = LeadTime(1, "days")

Told = Callable[[Ask, str, Words, datetime], Card]

_TOLD: Mapping[str, Told] = {
    "acknowledged": told_asker.acknowledged,
    "promise_moved": told_asker.promise_moved,
    "change_offered": told_asker.change_offered,
    "delivered": told_asker.delivered,
    "no_verdict": told_asker.no_verdict,
    "change_agreed": told_owner.change_agreed,
    "accepted": told_owner.accepted,
    "not_quite": told_owner.not_quite,
    "reopened": told_owner.reopened,
    "rush": told_owner.rush,
    "rush_of_yours": told_owner.rush_of_yours,
    "baton_expired": baton.expired,
    "lead_decides": baton.lead_decides,
    "placed": gray_zone.placed,
}


_OF_A_DEPARTMENT: Mapping[str, Callable[[Department, str | None, Words], Card]] = {
    "you_lead": department_people.you_lead,
    "you_joined": department_people.you_joined,
    "you_left": department_people.you_left,
}


def compose(
    look: Look,
    message: str,
    ask_id: int | None,
    reader: Person | None,
    channel_locale: str,
    particulars: Mapping[str, Any],
    outbox_id: int,
) -> Card | None:
    """The arguments of chat.postMessage that a message decides (`text`, `blocks`), or None when it has become needless.

    `reader` None: it goes to a channel, in `channel_locale`. `outbox_id`: the row that carries it, which nudges hang
    on; 0 for an edit. Raises LookupError for a name that nobody knows.
    """
    words = Words(reader.locale if reader else channel_locale)
    ask = chains.of(look, asks.by_id(look, ask_id)) if ask_id is not None else None
    if ask is None:
        return _without_ask(look, message, reader, words, particulars, outbox_id)
    if message == "ask_card":
        return ask_card(ask, departments.by_id(look, ask.department_id), words, look.now)
    if message == "moved_card":
        return baton.moved(ask, words, look.now)
    if message == "note":
        author = people.find(look, str(particulars["by"]))
        return note_card.note(ask, author, str(particulars["note"]), words)
    if message == "answer_noted":
        question = questions.by_id(look, int(particulars["question"]))
        return question_cards.noted(ask, question, people.several(look, question_cards.people_of(question)), words)
    if reader is None:
        raise LookupError(message)
    if message == "chain_late":
        return _chain_late(look, ask, reader, words, sent=outbox_id == 0)
    return _about(look, message, ask, reader, words, particulars)


def _about(
    look: Look, message: str, ask: Ask, reader: Person, words: Words, particulars: Mapping[str, Any]
) -> Card | None:
    """A direct message about one ask."""
    if message == "put_down":
        return told_asker.put_down(ask, reader.id, words, look.now, str(particulars["by"]))
    if message == "change_refused":
        return told_owner.change_refused(ask, reader.id, words, look.now, str(particulars["missing"]))
    if message == "you_inherit":
        return told_owner.you_inherit(ask, reader.id, words, look.now, str(particulars["by"]))
    if message == "reassigned":
        return told_owner.reassigned(ask, reader.id, words, look.now, str(particulars["by"]))
    if message == "withdrawn":
        return told_owner.withdrawn(ask, reader.id, words, look.now, _who_withdrew(look, ask))
    if message == "trouble":
        return told_owner.trouble(ask, words, str(particulars["channel"]), str(particulars["fault"]))
    if message == "settled":
        return settled(ask, reader.id, words)
    if message in ("objected", "objection_upheld"):
        return _about_an_objection(look, message, ask, reader, words, particulars)
    if message == "objection_granted":
        return objection_cards.granted(ask, reader.id, words, look.now, str(particulars["by"]))
    if message in ("question_asked", "question_answered", "advice_sought", "advised", "adviser_left"):
        return _about_a_question(look, message, ask, reader, words, particulars)
    if message in _TOLD:
        return _TOLD[message](ask, reader.id, words, look.now)
    return _about_a_baton(look, message, ask, reader, words, particulars)


def _about_a_baton(
    look: Look, message: str, ask: Ask, reader: Person, words: Words, said: Mapping[str, Any]
) -> Card | None:
    """A direct message about who owns the ask, and who might."""
    match message:
        case "you_own":
            return you_own(ask, reader.id, words, look.now, advice.giver(look, ask))
        case "baton_offered":
            offer = offers.by_id(look, int(said["baton"]))
            return baton.offered(ask, offer, reader.id, words, look.now, advice.giver(look, ask))
        case "baton_offered_for_you":
            return baton.offered_for_you(ask, reader.id, words, look.now, str(said["by"]))
        case "baton_taken":
            return baton.taken(ask, reader.id, words, look.now, str(said["by"]))
        case "baton_bounced":
            return baton.bounced(ask, reader.id, words, look.now, str(said["by"]), said["reason"], said["words"])
        case "desk_took":
            return gray_zone.desk_took(ask, reader.id, words, str(said["because"]))
        case "at_desk":
            return gray_zone.at_desk(ask, reader.id, words, look.now, str(said["because"]))
        case "baton_recalled":
            return baton.recalled(ask, reader.id, words, look.now, said["by"])
        case "lead_asks":
            return overseeing.asked(ask, reader.id, words, str(said["by"]), str(said["question"]))
        case "owner_answers":
            by, question, answer = (str(said[name]) for name in ("by", "question", "answer"))
            return overseeing.answered(ask, reader.id, words, by, question, answer)
    return _about_a_chain(look, message, ask, reader, words, said)


def _about_a_chain(
    look: Look, message: str, ask: Ask, reader: Person, words: Words, said: Mapping[str, Any]
) -> Card | None:
    """A direct message about what an ask waits for."""
    match message:
        case "unblocked":
            child = asks.by_id(look, int(said["child"]))
            return chain_told.unblocked(ask, child, reader.id, words)
        case "sooner_wanted":
            due = datetime.fromisoformat(str(said["due"]))
            return chain_told.sooner_wanted(ask, due, str(said["reason"]), int(said["instead_of"]), reader.id, words)
    raise LookupError(message)


def _about_an_objection(
    look: Look, message: str, ask: Ask, reader: Person, words: Words, said: Mapping[str, Any]
) -> Card | None:
    """A direct message about the asker's objection to a put-down."""
    objection = objections.by_id(look, int(said["objection"]))
    if message == "objected":
        return objection_cards.objected(ask, objection, objections.put_down_by(look, ask), reader.id, words)
    return objection_cards.upheld(ask, objection, reader.id, words)


def _about_a_question(
    look: Look, message: str, ask: Ask, reader: Person, words: Words, said: Mapping[str, Any]
) -> Card | None:
    """A direct message about what the owner asks somebody."""
    question = questions.by_id(look, int(said["question"]))
    if message == "question_asked":
        return question_cards.asked(ask, question, reader.id, words, look.now)
    if message == "adviser_left":
        return advice_cards.left(ask, question, reader.id, words)
    if message == "advice_sought" and question.asked_as is Answerer.GIVER:
        return exchange.asked(ask, question, reader.id, words, look.now)
    if message == "advice_sought":
        return advice_cards.sought(ask, question, reader.id, words, look.now)
    return question_cards.answered(ask, question, reader.id, words, look.now)


def _chain_late(look: Look, ask: Ask, reader: Person, words: Words, *, sent: bool) -> Card | None:
    """Before it is `sent`, None when the chain ends in time by now, or somebody else owns the ask."""
    path = chains.path_of(look, ask)
    is_late = path is not None and path.until > ask.due and ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED)
    if path is None or ask.chain is None or not is_late or reader.id != ask.owner.id:
        return chain_told.over(ask, reader.id, words) if sent else None
    known = {ask.id: ask} | {link.ask.id: link.ask for link in ask.chain.links}
    calendar = departments.by_id(look, ask.department_id).calendar
    needs, has = (critical_path.working_days(calendar, look.now, until) for until in (path.until, ask.due))
    return chain_told.chain_late(ask, path, known, needs, has, reader.id, words)


def _without_ask(
    look: Look, message: str, reader: Person | None, words: Words, particulars: Mapping[str, Any], outbox_id: int
) -> Card | None:
    """A message about several asks, or none."""
    if message == "standup":
        since = particulars.get("since")
        last = datetime.fromisoformat(since) if since else None
        return digest(look, int(particulars["department"]), words, last)
    if reader is None:
        raise LookupError(message)
    if message == "nudges":
        return nudge_message(look, reader, words, outbox_id)
    if message == "lead_told":
        return lead_told(look, reader, words, outbox_id)
    if message == "installed":
        return welcome.installed(words)
    if message == "desk_list":
        return landed_at_desk(look, reader, words, date.fromisoformat(str(particulars["month"])))
    if message in ("batons_offered", "batons_offered_for_you", "batons_bounced", "batons_expired"):
        return _about_batons(look, message, reader, words, particulars)
    if message == "welcome_back":
        return away_cards.welcome_back(len(handoffs.offered_to(look, reader.id)), words)
    if message == "you_stand_in":
        since, until = (datetime.fromisoformat(at) if (at := particulars[one]) else None for one in ("since", "until"))
        return away_cards.stands_in(str(particulars["by"]), since, until, words)
    if message in _OF_A_DEPARTMENT:
        department = departments.by_id(look, int(particulars["department"]))
        return _OF_A_DEPARTMENT[message](department, particulars.get("by"), words)
    if message == "trouble":
        return told_owner.trouble(None, words, str(particulars["channel"]), str(particulars["fault"]))
    raise LookupError(message)


def _about_batons(look: Look, message: str, reader: Person, words: Words, said: Mapping[str, Any]) -> Card | None:
    """A direct message about several offers at once; None when all of them were answered meanwhile."""
    numbers = list(said["numbers"])
    if message == "batons_offered":
        offered, total = offers.still_offered(look, reader.id, numbers)
        return batons.offered(offered, total, reader.id, words, str(said["by"])) if total else None
    first, total = offers.first_of(look, numbers), len(numbers)
    if message == "batons_offered_for_you":
        return batons.offered_for_you(first, total, reader.id, words, str(said["by"]))
    if message == "batons_bounced":
        return batons.bounced(first, total, reader.id, words, str(said["by"]))
    return batons.expired(first, total, reader.id, words)


def digest(
    look: Look, department_id: int, words: Words, since: datetime | None = None, *, can_be_posted: bool = False
) -> Card:
    """The standup of a department. Without a last one it tells what was closed in the working day before."""
    department = departments.by_id(look, department_id)
    since = since or department.calendar.work_before(look.now, ONE_DAY)
    return standup_card.standup(digests.digest(look, department, since), words, can_be_posted=can_be_posted)


def landed_at_desk(look: Look, reader: Person, words: Words, first: date) -> Card | None:
    """The gray-zone desk's list of a month; None when there is no desk any more."""
    desk = departments.desk(look)
    if desk is None:
        return None
    return desk_list_card.desk_list(landed.month(look, desk, first), reader.id, words, look.now)


def lead_told(look: Look, reader: Person, words: Words, outbox_id: int, *, sent: bool = False) -> Card | None:
    """What a lead is told once. Before it is `sent`, None when nothing in it matters any more."""
    carried = nudged.in_message(look, outbox_id)
    if not sent:
        carried = [one for one in carried if one.still_matters]
    if not carried:
        return None
    answered = overseen(look, carried, reader, words) if sent else {}
    return lead_told_card.lead_told(carried, answered, reader.id, words, look.now, outbox_id)


def _who_withdrew(look: Look, ask: Ask) -> str | None:
    """The asker, or the asker's lead in their place."""
    newest = asks.history(look, ask.id, limit=1)
    return newest[0].actor.id if newest and newest[0].what == "withdraw" and newest[0].actor else None
