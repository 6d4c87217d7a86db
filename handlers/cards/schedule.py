"""The answer to `/standup every weekday at 09:30`: on which days, when, where; and how to stop it."""

from handlers.cards import parts
from handlers.cards.parts import Card
from handlers.words import Words
from store.snapshots import Department
from store.standups import Schedule


def scheduled(department: Department, made: Schedule, words: Words) -> Card:
    """From now on the digest is posted by itself."""
    name = parts.one_line(department.name, 80)
    said = words.say(
        "The standup of {department} is posted in {channel}: {days} at {time} ({zone}).",
        department=name,
        channel=parts.channel(made.channel_id),
        days=_days(made.weekdays, words),
        time=f"{made.minute // 60:02}:{made.minute % 60:02}",
        zone=made.time_zone,
    )
    first = words.say("The first one comes {time}.", time=parts.when(made.next_at, words))
    how = words.say(
        "I have to be in the channel: /invite @Baton if I am not. “/standup @{department} stop” ends it.",
        department=name,
    )
    lines = [f"*{said}*", first, *([_instead(made.instead_of, words)] if made.instead_of else [])]
    return parts.card(said, parts.section("\n".join(lines)), parts.context(how))


def _instead(before: Schedule, words: Words) -> str:
    return words.say(
        "It replaces what was there: {days} at {time} ({zone}).",
        days=_days(before.weekdays, words),
        time=f"{before.minute // 60:02}:{before.minute % 60:02}",
        zone=before.time_zone,
    )


def stopped(department: Department, there_was: bool, words: Words) -> Card:
    """The end of a schedule, or word that there was none."""
    name = parts.one_line(department.name, 80)
    if there_was:
        said = words.say("The standup of {department} is no longer posted in this channel.", department=name)
    else:
        said = words.say("No standup of {department} was scheduled in this channel.", department=name)
    return parts.card(said, parts.section(said))


def _days(weekdays: tuple[int, ...], words: Words) -> str:
    if weekdays == tuple(range(7)):
        return words.say("every day")
    if weekdays == tuple(range(5)):
        return words.say("Monday to Friday")
    names = (
        words.say("every Monday"),
        words.say("every Tuesday"),
        words.say("every Wednesday"),
        words.say("every Thursday"),
        words.say("every Friday"),
        words.say("every Saturday"),
        words.say("every Sunday"),
    )
    return ", ".join(names[day] for day in weekdays)
