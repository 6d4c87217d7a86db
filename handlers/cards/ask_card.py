"""The public card of an ask, in its department's channel: what, who owns it, by when, how it stands, what comes next.

It is edited in place as the ask moves. Names stand as plain text, as an edit or a post must ping nobody here: who has
to do something is told by a direct message. A private ask shows everything but its words.
"""

from datetime import datetime, timedelta

from handlers.cards import acts, ask_inputs, chain, parts, rush, telling
from handlers.cards.acts import MENU, answering, ask_asker, blocked, value
from handlers.cards.parts import Block, Card
from handlers.cards.status import status
from handlers.words import Words
from store.rules.calendar import Calendar
from store.rules.lifecycle import Outcome, Stage
from store.snapshots import Ask, Department

HEADLINE = 100  # characters of the ask in its headline
SHOWN = 600  # characters of a longer ask on the card; the rest is behind "Show all"
LINE = 300  # characters of a line that says why or how
_JOINER = "\u2060"  # invisible; a headline is plain text, yet nothing in it shall look like a token of Slack's
_MOMENT = timedelta(microseconds=1)


def ask_card(ask: Ask, department: Department, words: Words, now: datetime) -> Card:
    """The card as the channel sees it at `now`. `department`: the ask's own."""
    return parts.card(
        _in_short(ask, words),
        parts.header(_headline(ask, words)),
        _whole_text(ask),
        _inputs(ask, words),
        _facts(ask, department.calendar, words, now),
        parts.section(_standing(ask, words, now)),
        _chain(ask, words),
        parts.context(*_small_print(ask, words)),
        _buttons(ask, department.calendar.zone, words),
    )


def _in_short(ask: Ask, words: Words) -> str:
    """What notifications and screen readers say."""
    return words.say(
        "{headline}. Owner: {owner}. {status}",
        headline=parts.quoted(_headline(ask, words)),
        owner=parts.one_line(ask.owner.name),
        status=parts.quoted(status(ask, words)),
    )


def _headline(ask: Ask, words: Words) -> str:
    what = words.say("Private ask") if ask.is_private else _first_line(ask.what)
    return f"#{ask.number} {what}".replace("<", "<" + _JOINER).replace("@", "@" + _JOINER)


def _first_line(text: str) -> str:
    return parts.plain(" ".join(text.strip().split("\n", 1)[0].split()), HEADLINE)


def _whole_text(ask: Ask) -> Block | None:
    """The ask's words where the headline could not hold them."""
    if ask.is_private or _first_line(ask.what) == " ".join(ask.what.split()):
        return None
    shown = parts.quoted(ask.what, SHOWN)
    return parts.section(shown) if shown.strip() else None


def _inputs(ask: Ask, words: Words) -> Block | None:
    """What the asker said to what the service needs."""
    if ask.is_private or not ask.inputs:
        return None
    return parts.section("\n".join(ask_inputs.on_card(ask.inputs, words)))


def _facts(ask: Ask, calendar: Calendar, words: Words, now: datetime) -> Block:
    block = parts.fields(
        _fact(words.say("Owner"), _owner(ask, words)),
        _fact(_due_label(ask, words), _due(ask, calendar, words, now)),
        _fact(words.say("Asker"), _asker(ask, words)),
        _asked_of(ask, words),
    )
    block["accessory"] = _menu(ask, words)
    return block


def _fact(label: str, told: str) -> str:
    return f"*{label}*\n{told}"


def _asked_of(ask: Ask, words: Words) -> str:
    if ask.service_name is None:
        return _fact(words.say("Department"), _name(ask.department_name))
    return _fact(words.say("Service"), _name(ask.service_name))


def _name(text: str) -> str:
    return parts.one_line(text, 100)


def _owner(ask: Ask, words: Words) -> str:
    name = f"*{_name(ask.owner.name)}*"
    if ask.baton is None:
        return name
    return words.say(
        "{owner} (offered to {receiver} until {time})",
        owner=name,
        receiver=_name(ask.baton.receiver.name),
        time=parts.when(ask.baton.expires_at, words),
    )


def _asker(ask: Ask, words: Words) -> str:
    name = _name(ask.asker.name)
    if ask.asker_department_name is None:
        return name
    return words.say("{person} ({department})", person=name, department=_name(ask.asker_department_name))


def _due_label(ask: Ask, words: Words) -> str:
    unpromised = ask.acknowledged_at is None and ask.stage in (Stage.OPEN, Stage.CLOSED)
    return words.say("Needed by") if unpromised and ask.due_was_given else words.say("Promised for")


def _due(ask: Ask, calendar: Calendar, words: Words, now: datetime) -> str:
    told = parts.when_on_weekday(ask.due, words)
    lines = [told]
    if ask.is_late(now):
        lines = [words.say("{time}: this is late", time=told)]
    if ask.is_rush:
        lines.append(words.say("*Rush:* sooner than the department promises"))
        if ask.is_private and (cause := rush.cause(ask, words)):
            lines.append(cause)
    if ask.due != ask.asked_due:
        lines.append(words.say("asked for {time}", time=parts.when(ask.asked_due, words)))
    if not (calendar.is_open(ask.due) or calendar.is_open(ask.due - _MOMENT)):  # closing time is still inside
        lines.append(words.say("outside the department's working hours"))
    return "\n".join(lines)


def _standing(ask: Ask, words: Words, now: datetime) -> str:
    lines = [telling.waits(ask, words) or parts.quoted(status(ask, words))]
    if ask.stage is Stage.DELIVERED and ask.delivered_at is not None:
        since = parts.when(ask.delivered_at, words)
        lines.append(words.say("{owner}'s time stands still since {time}.", owner=telling.name(ask.owner), time=since))
    if ask.change is not None and ask.is_open:
        lines.append(words.say("Offered: {time}", time=parts.when(ask.change.due, words)))
    if ask.is_private:
        return "\n".join(lines)
    if ask.question is not None:
        lines += telling.asked(ask.question, words, LINE)
    if ask.result and ask.stage is not Stage.OPEN:
        lines.append(words.say("*What will be done:* {result}", result=parts.one_line(ask.result, LINE)))
    if ask.rush_reason:
        lines.append(words.say("*Why it is a rush:* {reason}", reason=rush.why(ask, words, LINE)))
    lines.extend(_latest(ask, words))
    return "\n".join(lines)


def _chain(ask: Ask, words: Words) -> Block | None:
    """What it waits for, and who has the next move there."""
    lines = chain.waits_for(ask, words) if ask.is_open else []
    return parts.section("\n".join(lines)) if lines else None


def _latest(ask: Ask, words: Words) -> list[str]:
    """What was said last: the evidence of a delivery, what is missing, or why it ended."""
    lines = []
    if ask.evidence and (ask.stage is Stage.DELIVERED or ask.outcome in (Outcome.SATISFIED, Outcome.NO_VERDICT)):
        lines.append(words.say("*What was done:* {evidence}", evidence=parts.one_line(ask.evidence, LINE)))
        if ask.evidence_link:
            lines.append(parts.one_line(ask.evidence_link, LINE))
    if ask.missing and ask.stage is Stage.ACKNOWLEDGED:
        lines.append(words.say("*What is missing:* {missing}", missing=parts.one_line(ask.missing, LINE)))
    if ask.outcome_reason:
        lines.append(words.say("*Why:* {reason}", reason=parts.one_line(ask.outcome_reason, LINE)))
    return lines


def _small_print(ask: Ask, words: Words) -> list[str]:
    lines = [line for line in (chain.part_of(ask, words), _what_comes_next(ask, words)) if line]
    if ask.is_private:
        lines.append(words.say("Private: only the asker, the owner and their leads can read it."))
    if ask.source_link and not ask.is_private:
        lines.append(words.say("<{link}|The message it came from>", link=_address(ask.source_link)))
    lines.append(words.say("Filed {time}", time=parts.when(ask.filed_at, words)))
    return lines


def _address(link: str) -> str:
    return link.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _what_comes_next(ask: Ask, words: Words) -> str:
    owner, asker = _name(ask.owner.name), _name(ask.asker.name)
    if ask.stage is Stage.CLOSED:
        return words.say("Closed. {asker} can reopen it within 7 days.", asker=asker)
    if ask.stage is Stage.DELIVERED:
        return words.say("Next: {asker} says “Yes, that's it” or “Not quite”.", asker=asker)
    if ask.change is not None:
        return words.say("Next: {asker} answers the offered change. Until then the asked time stands.", asker=asker)
    if ask.question is not None:
        return words.say("Next: {asker} answers. The promise moves by the time that it takes.", asker=asker)
    if ask.at_gray_zone:
        return words.say("Next: {owner} finds out whose it is, and places it there.", owner=owner)
    if ask.stage is Stage.OPEN:
        return words.say("Next: {owner} acknowledges, as asked or with changes.", owner=owner)
    return words.say("Next: {owner} delivers and {asker} says whether that is it.", owner=owner, asker=asker)


def _buttons(ask: Ask, zone: str, words: Words) -> Block | None:
    """The moves of this stage, with the owner's other answer to a rush. `zone`: of the times on buttons."""
    row = _moves(ask, words)
    earliest = rush.offer_earliest(ask, value(ask.number), zone, words)
    if row is not None and earliest is not None:
        row["elements"].append(earliest)
    return row


def _moves(ask: Ask, words: Words) -> Block | None:
    """The moves of this stage. Everybody in the channel sees them; who may not is told so, kindly."""
    carried = value(ask.number)
    if ask.question is not None:
        return parts.actions(*answering(ask, "", words))
    if ask.at_gray_zone and ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return parts.actions(acts.place(ask, "", words)) if ask.baton is None else None
    if ask.stage is Stage.OPEN:
        changes = parts.button(words.say("Acknowledge with changes"), "acknowledge.with_changes", carried)
        if ask.restate:
            return parts.actions(changes, ask_asker(ask, "", words), blocked(ask, "", words))
        plainly = parts.button(words.say("Acknowledge"), "acknowledge.as_asked", carried, style="primary")
        return parts.actions(plainly, changes, ask_asker(ask, "", words), blocked(ask, "", words))
    if ask.stage is Stage.ACKNOWLEDGED:
        return parts.actions(
            parts.button(words.say("Deliver"), "delivery.deliver", carried, style="primary"),
            parts.button(words.say("Need more time"), "promise.more_time", carried),
            ask_asker(ask, "", words),
            blocked(ask, "", words),
        )
    if ask.stage is Stage.DELIVERED:
        return parts.actions(
            parts.button(words.say("Yes, that's it"), "delivery.accept", carried, style="primary"),
            parts.button(words.say("Not quite"), "delivery.not_quite", carried),
        )
    return None


def _menu(ask: Ask, words: Words) -> Block:
    choices = [(words.say("Show all"), "details.show")]
    if ask.is_open:
        choices.append((words.say("Add a note"), "feeding.note"))
        if ask.stage is not Stage.DELIVERED:
            passing = (words.say("Hand over"), "handoff.hand_over")
            choices.append(passing if ask.baton is None else (words.say("Recall offer"), "handoff.recall"))
            choices.append((words.say("Put down ask"), "ending.put_down"))
        choices.append((words.say("Withdraw ask"), "ending.withdraw"))
    else:
        choices.append((words.say("Reopen ask"), "ending.reopen"))
    return parts.overflow(MENU, *((label, f"{act}:{ask.number}") for label, act in choices))
