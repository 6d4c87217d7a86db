"""A service in words: how long it needs, how long it usually took, what it needs to start, what askers are promised."""

from datetime import date

from handlers.cards import parts, promise, times
from handlers.words import Words
from store.rules.closings import Closing
from store.rules.history import History, Span
from store.snapshots import Department, Service


def usually(told: History, words: Words) -> str:
    """What history says, in a sentence."""
    return words.say(
        "Usually {usually}, 8 of 10 within {most} (the newest {n} asks).",
        usually=worked(told.usually, words),
        most=worked(told.most, words),
        n=told.count,
    )


def worked(span: Span, words: Words) -> str:
    """1.5 working days. Only a whole one is counted as one."""
    n = 1 if span.halves == 2 else 2
    if span.unit == "hours":
        return words.count("{amount} working hour", "{amount} working hours", n, amount=span.amount)
    return words.count("{amount} working day", "{amount} working days", n, amount=span.amount)


def lead_time(department: Department, service: Service | None, words: Words) -> str:
    """The working time that the department promises for it."""
    return promise.span(service.lead_time if service else department.lead_time, words)


def told(service: Service, words: Words, history: History | None = None) -> str:
    """The service for whoever thinks of asking for it, for mrkdwn, in some lines."""
    lines = [f"*{parts.one_line(service.name, 160)}*"]
    if service.promise:
        lines.append(parts.quoted(service.promise, 900))
    lines.append(words.say("Takes {span}.", span=promise.span(service.lead_time, words)))
    if history is not None:
        lines[-1] += " " + usually(history, words)
    needed = [one.name for one in service.inputs if one.required]
    if needed:
        lines.append(words.say("Needed to start: {inputs}", inputs=_listed(needed)))
    helpful = [one.name for one in service.inputs if not one.required]
    if helpful:
        lines.append(words.say("Helpful to know: {inputs}", inputs=_listed(helpful)))
    if service.done_means:
        lines.append(words.say("Done means: {text}", text=parts.quoted(service.done_means, 700)))
    return "\n".join(lines)


def closing(closed: Closing, department: Department, words: Words) -> str:
    """Closed next: Thu 1 Oct – Thu 8 Oct (National Day), back Fri 9 Oct."""
    name = holiday_name(department, closed.holiday, words)
    span = times.day_of(closed.first, words)
    if closed.last != closed.first:
        span = words.say("{first} – {last}", first=span, last=times.day_of(closed.last, words))
    back = times.day_of(closed.back, words)
    if name is None:
        return words.say("Closed next: {span}, back {day}.", span=span, day=back)
    return words.say("Closed next: {span} ({holiday}), back {day}.", span=span, holiday=name, day=back)


def holiday_name(department: Department, day: date | None, words: Words) -> str | None:
    """What the holiday is called in the reader's language, where that is known."""
    if day is None:
        return None
    name = department.calendar.holiday_name(day, "zh_CN" if words.language == "zh_CN" else "en_US")
    return parts.one_line(name, 100) if name else None


def _listed(names: list[str]) -> str:
    return ", ".join(parts.one_line(name, 90) for name in names)
