"""The window behind "Why did I get this?": the rule, the calendar, what held it back, what comes next."""

from handlers.cards import my_nudges, parts, telling, times
from handlers.cards.parts import Block
from handlers.cards.promise import span
from handlers.words import Words
from store.queries.why import Why
from store.rules.quiet import Because
from store.rules.rungs import Rung, kind_of
from store.rules.thresholds import Ladder


def why(told: Why, reader_id: str, words: Words) -> Block:
    """The window."""
    blocks = [
        parts.section(telling.title(told.ask, reader_id, words, 300)),
        parts.section("\n".join((_because(told, words), _calendar(told, words)))),
        parts.section(_ladder(told, words)),
        *([parts.section(waited)] if (waited := _waited(told, words)) else []),
        parts.section(_next(told, reader_id, words)),
        my_nudges.on_home(told.chosen, words),
    ]
    return {
        "type": "modal",
        "callback_id": "why",
        "title": {"type": "plain_text", "text": words.say("Why did I get this?")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": blocks,
    }


def rule(rung: str, ladder: Ladder, words: Words) -> str:
    """The rule behind a rung, with the thresholds of this ladder, as words of a sentence."""
    kind = kind_of(rung)
    said = _to_owner(kind, ladder, words) or _to_lead(kind, ladder, words) or _to_asker(kind, ladder, words)
    return said or words.say("what the ladder says")


def _to_owner(kind: Rung, ladder: Ladder, words: Words) -> str | None:
    if kind is Rung.NOT_ACKNOWLEDGED and ladder.not_acknowledged:
        return words.say("{span} without an acknowledgement", span=span(ladder.not_acknowledged, words))
    if kind is Rung.HALF_TIME and ladder.half_time:
        return words.say(
            "half of the working time gone, where a promise is more than {span} off", span=span(ladder.half_time, words)
        )
    if kind is Rung.DAY_BEFORE and ladder.day_before:
        return words.say("{span} before it is due", span=span(ladder.day_before, words))
    if kind is Rung.HOURS_BEFORE and ladder.hours_before:
        return words.say("{span} before it is due", span=span(ladder.hours_before, words))
    if kind is Rung.DUE:
        return words.say("when it is due")
    if kind is Rung.LATE and ladder.late:
        return words.say("each {span} that it is late", span=span(ladder.late, words))
    if kind is Rung.STARVING and ladder.starving:
        return words.count(
            "{span} without any sign of progress, once",
            "{span} without any sign of progress, {n} times at the most",
            ladder.starving_times,
            span=span(ladder.starving, words),
        )
    return words.say("when a snooze ends") if kind is Rung.AWAKE else None


def _to_lead(kind: Rung, ladder: Ladder, words: Words) -> str | None:
    if kind is Rung.LEAD_UNACKNOWLEDGED and ladder.lead_unacknowledged:
        return words.say(
            "the lead hears once of what was not acknowledged for {span}", span=span(ladder.lead_unacknowledged, words)
        )
    if kind is Rung.LEAD_LATE and ladder.lead_late:
        return words.say("the lead hears once of what is late by {span}", span=span(ladder.lead_late, words))
    if kind is Rung.LEAD_STARVING:
        return words.say("the lead hears once of what starves although its owner was nudged")
    if kind is Rung.HOLDS:
        return words.count(
            "after {n} nudge without an answer whoever leads holds the question, and hears of it each week",
            "after {n} nudges without an answer whoever leads holds the question, and hears of it each week",
            ladder.unanswered,
        )
    if kind is Rung.LEAD_SILENT:
        return words.count(
            "after {n} nudge without an answer the lead holds the question",
            "after {n} nudges without an answer the lead holds the question",
            ladder.unanswered,
        )
    return None


def _to_asker(kind: Rung, ladder: Ladder, words: Words) -> str | None:
    if kind is Rung.VERDICT:
        return words.say(
            "{first} and {second} after the delivery, while there is no verdict",
            first=span(ladder.verdict_first, words),
            second=span(ladder.verdict_second, words),
        )
    if kind is Rung.ASKER_LATE:
        return words.say("you hear each week that it is late, as its owner answers nothing and nobody leads them")
    if kind is Rung.ANSWER:
        return words.say(
            "{first} and {second} after the owner asked, while there is no answer",
            first=span(ladder.answer_first, words),
            second=span(ladder.answer_second, words),
        )
    if kind in (Rung.UNANSWERED, Rung.LEAD_UNANSWERED) and ladder.lead_unanswered:
        return words.say(
            "{span} after the asker's second reminder, while there is no answer",
            span=span(ladder.lead_unanswered, words),
        )
    return None


def _because(told: Why, words: Words) -> str:
    said = words.say("*Rule:* {rule}.", rule=rule(told.rung, told.ladder, words))
    due = words.say("#{number} is due {time}.", number=told.ask.number, time=parts.when(told.ask.due, words))
    if told.to_deputy:
        due += " " + words.say("It came to you as you stand in for {owner}.", owner=parts.person(told.ask.owner.id))
    return f"{said}\n{due}"


def _calendar(told: Why, words: Words) -> str:
    hours = ", ".join(f"{days} {spans}" for days, spans in told.works.hours.as_yaml().items())
    whose = parts.one_line(told.works_in, 80) if told.works_in else words.say("an ordinary office week")
    said = words.say(
        "*Calendar:* {whose}, {hours} ({zone}).",
        whose=whose,
        hours=parts.one_line(hours, 200),
        zone=parts.one_line(told.works.zone),
    )
    if told.days_off:
        days = ", ".join(times.day_of(day, words) for day in told.days_off)
        said += " " + words.say("Closed: {days}.", days=days)
    return said


def _ladder(told: Why, words: Words) -> str:
    if told.service:
        return words.say(
            "*Ladder:* that of the service “{service}” of {department}.",
            service=parts.one_line(told.service, 80),
            department=parts.one_line(told.ask.department_name, 80),
        )
    return words.say(
        "*Ladder:* that of {department}. Its lead can change it.",
        department=parts.one_line(told.ask.department_name, 80),
    )


def _waited(told: Why, words: Words) -> str:
    """What made it come later than the ladder says."""
    if not told.was_late:
        return ""
    time = parts.when(told.meant_for, words)
    if told.held_by is Because.QUIET_HOURS:
        return words.say("It came up {time} and waited for the end of your quiet hours.", time=time)
    if told.held_by is Because.BUNDLE:
        return words.say("It came up {time} and waited for your daily message.", time=time)
    if told.held_by is Because.DO_NOT_DISTURB:
        return words.say("It came up {time} and waited for the end of your do-not-disturb on Slack.", time=time)
    return words.say("It came up {time} and came late, rather than never.", time=time)


def _next(told: Why, reader_id: str, words: Words) -> str:
    if told.snoozed_until is not None and told.next_to == reader_id:
        return words.say("*Next:* you snoozed this until {time}.", time=parts.when(told.snoozed_until, words))
    if told.next is None or told.next_to is None or kind_of(told.next.rung) is Rung.NO_VERDICT:
        return words.say("*Next:* nothing more is planned until something happens to it.")
    rules, time = rule(told.next.rung, told.ladder, words), parts.when(told.next.at, words)
    if told.next_to == reader_id:
        return words.say("*Next one for you:* {time}, unless something happens before: {rule}.", time=time, rule=rules)
    person = parts.person(told.next_to)
    return words.say("*Next:* {person} hears {time}: {rule}.", person=person, time=time, rule=rules)
