"""An event of an ask's history, as a sentence: who did what, when."""

from datetime import datetime

from handlers.cards import parts
from handlers.cards.baton_words import reason
from handlers.words import Words
from store.handoffs import NOTE_CLIMBED
from store.rules.lifecycle import Move
from store.snapshots import Happened


def happened(event: Happened, words: Words) -> str:
    """The event for mrkdwn, with its time and the words that were said with it."""
    who = parts.person(event.actor.id) if event.actor else "Baton"
    told = " · ".join((parts.when(event.at, words), _sentence(event, who, words)))
    said = [str(event.particulars[name]) for name in _said_by(event) if event.particulars.get(name)]
    shown = said[:2] if event.what in (Move.QUESTION, Move.SEEK_ADVICE) else said[:1]  # with the question its proposal
    return "\n".join((told, *(parts.quoted(one, 600) for one in shown)))


_WORDS_SAID = (
    "reason",
    "missing",
    "evidence",
    "note",
    "thread",
    "result",
    "words",
    "question",
    "proposal",
    "answer",
    "objection",
)


def _said_by(event: Happened) -> tuple[str, ...]:
    """Where the words of people stand; the reason of a refusal is one of ours."""
    return tuple(name for name in _WORDS_SAID if not (event.what in (Move.REFUSE, Move.TAKE) and name == "reason"))


def _sentence(event: Happened, who: str, words: Words) -> str:
    match event.what:
        case Move.FILE:
            owner = parts.person(str(event.particulars.get("owner", "")))
            if match := event.particulars.get("match"):
                return words.say(
                    "{person} filed it; {owner} owns it, because “{words}” goes there.",
                    person=who,
                    owner=owner,
                    words=parts.one_line(str(match), 80),
                )
            return words.say("{person} filed it; {owner} owns it.", person=who, owner=owner)
        case Move.ACKNOWLEDGE:
            return words.say("{person} acknowledged it.", person=who)
        case Move.PROPOSE_CHANGE:
            due = _instant(event, "due")
            if due is None:
                return words.say("{person} offered a change.", person=who)
            return words.say("{person} offered {time} as the new time.", person=who, time=parts.when(due, words))
        case Move.AGREE:
            return words.say("{person} agreed to the change.", person=who)
        case Move.DISAGREE:
            return words.say("{person} did not agree to the change.", person=who)
        case Move.SNOOZE:
            until = _instant(event, "until")
            if until is None:
                return words.say("{person} snoozed the nudges.", person=who)
            return words.say("{person} snoozed the nudges until {time}.", person=who, time=parts.when(until, words))
        case Move.FEED:
            return _fed(event, who, words)
        case Move.OVERSEE if event.particulars.get("left"):
            return words.say("{person} looked at it and left it with the owner.", person=who)
        case Move.OVERSEE:
            return words.say("{person} asked the owner.", person=who)
        case Move.BLOCK | Move.UNBLOCK | Move.JOIN | Move.PART | Move.FOLLOW | Move.HURRY:
            return _in_a_chain(event, who, words)
        case Move.OFFER | Move.TAKE | Move.REFUSE | Move.RECALL | Move.EXPIRE:
            return _passed(event, who, words)
        case Move.QUESTION | Move.ANSWER | Move.TAKE_BACK | Move.SEEK_ADVICE | Move.ADVISE:
            return _asked(event, who, words)
    return _ended(event, who, words)


def _passed(event: Happened, who: str, words: Words) -> str:
    """What happened to a baton."""
    receiver = parts.person(str(event.particulars.get("to", "")))
    match event.what:
        case Move.OFFER:
            return words.say("{person} offered it to {receiver}.", person=who, receiver=receiver)
        case Move.TAKE:
            giver = parts.person(str(event.particulars.get("from", "")))
            if event.particulars.get("reason") == NOTE_CLIMBED:
                return words.say(
                    "{person} was asked for advice by {giver}, took it over and owns it.", person=who, giver=giver
                )
            return words.say("{person} took it from {giver} and owns it.", person=who, giver=giver)
        case Move.REFUSE:
            because = reason(str(event.particulars.get("reason", "")), words)
            return words.say("{person} did not take it: {reason}", person=who, reason=because)
        case Move.RECALL:
            return words.say("{person} took the offer back.", person=who)
    return words.say("{receiver} did not answer the offer in time.", receiver=receiver)


def _asked(event: Happened, who: str, words: Words) -> str:
    """A question or a proposal, and what came of it; how long the owner's clock stood still."""
    other = parts.person(str(event.particulars.get("to", "")))
    answer = event.particulars.get("answer")
    match event.what:
        case Move.QUESTION | Move.SEEK_ADVICE if event.particulars.get("question"):
            return words.say("{person} asked {other}:", person=who, other=other)
        case Move.QUESTION | Move.SEEK_ADVICE:
            return words.say("{person} suggested to {other}:", person=who, other=other)
        case Move.ADVISE if answer:
            return words.say("{person} answered {other}:", person=who, other=other)
        case Move.ADVISE:
            return words.say("{person} agreed with {other}'s proposal.", person=who, other=other)
    due = _instant(event, "due")
    moved = words.say("The promise: {time}.", time=parts.when(due, words)) if due else ""
    if event.what == Move.TAKE_BACK:
        return words.say("{person} took the question back. {promise}", person=who, promise=moved)
    if not answer:
        return words.say("{person} agreed with {other}'s proposal. {promise}", person=who, other=other, promise=moved)
    return words.say("{person} answered {other}. {promise}", person=who, other=other, promise=moved)


def _in_a_chain(event: Happened, who: str, words: Words) -> str:
    """What happened to what it waits for, or is part of."""
    said = event.particulars
    match event.what:
        case Move.BLOCK:
            children = said.get("children")
            numbers = ", ".join(f"#{one}" for one in children) if isinstance(children, list) else ""
            return words.say("{person} said that it waits for {numbers}.", person=who, numbers=numbers)
        case Move.UNBLOCK:
            return words.say("{person} said that it no longer waits for #{child}.", person=who, child=said.get("child"))
        case Move.JOIN:
            return words.say("{person} made it part of #{parent}.", person=who, parent=said.get("parent"))
        case Move.PART:
            return words.say(
                "{person} said that #{parent} does not wait for it.", person=who, parent=said.get("parent")
            )
        case Move.FOLLOW:
            asker = parts.person(str(said.get("to", "")))
            return words.say(
                "{asker} asks for it now, as the owner of #{parent}.", asker=asker, parent=said.get("parent")
            )
    due = _instant(event, "due")
    time = parts.when(due, words) if due else ""
    return words.say("{person} asked for it as a rush, by {time}.", person=who, time=time)


def _fed(event: Happened, who: str, words: Words) -> str:
    if event.particulars.get("on_track"):
        return words.say("{person} said that it is on track.", person=who)
    if event.particulars.get("thread"):
        return words.say("{person} wrote in the thread.", person=who)
    if event.particulars.get("question"):
        other = parts.person(str(event.particulars.get("to", "")))
        return words.say("{person} asked {other}:", person=who, other=other)
    if event.particulars.get("answer"):
        other = parts.person(str(event.particulars.get("to", "")))
        return words.say("{person} answered {other}:", person=who, other=other)
    return words.say("{person} added a note:", person=who)


def _ended(event: Happened, who: str, words: Words) -> str:
    match event.what:
        case Move.DELIVER:
            return words.say("{person} delivered it.", person=who)
        case Move.ACCEPT:
            return words.say("{person} said: Yes, that's it.", person=who)
        case Move.NOT_QUITE:
            return words.say("{person} said: Not quite.", person=who)
        case Move.PUT_DOWN:
            return words.say("{person} put it down.", person=who)
        case Move.WITHDRAW:
            return words.say("{person} withdrew it.", person=who)
        case Move.OBJECT:
            return words.say("{person} objected to putting it down.", person=who)
        case Move.UPHOLD:
            return words.say("{person} left it put down.", person=who)
        case Move.OVERRULE:
            return words.say("{person} had it reopened.", person=who)
        case Move.REOPEN:
            return words.say("{person} reopened it.", person=who)
        case Move.REASSIGN:
            left, owner = (parts.person(str(event.particulars.get(name, ""))) for name in ("from", "to"))
            if event.particulars.get("because") == "refused":
                return words.say(
                    "Nobody says it is theirs: it went to the gray-zone desk; {owner} owns it.", owner=owner
                )
            if event.particulars.get("because") == "not_theirs":
                return words.say(
                    "{person} said it is not theirs: it went to the gray-zone desk; {owner} owns it.",
                    person=who,
                    owner=owner,
                )
            return words.say("{person} has left; {owner} owns it.", person=left, owner=owner)
        case Move.LAPSE:
            return words.say("It closed without a verdict.")
    return words.say("{person} changed it.", person=who)


def _instant(event: Happened, name: str) -> datetime | None:
    text = event.particulars.get(name)
    return datetime.fromisoformat(str(text)) if text else None
