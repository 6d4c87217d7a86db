"""What an asker can expect before filing: the promise, who is away until then, the honest date, what was usual."""

from handlers.cards import parts, promise, service_words, times
from handlers.words import Words
from store.honest_date import HonestDate, Stretch
from store.queries.expecting import Expected
from store.snapshots import Department, Service


def told(department: Department, service: Service | None, expected: Expected, words: Words) -> str:
    """For mrkdwn, a sentence a line: the promise first."""
    honest = expected.honest
    lines = [promise.promise(department, service, honest.promised, words), *away(honest, words)]
    if honest.is_moved:
        lines.append(
            words.say(
                "While nobody is there who could own it nothing moves, so the earliest honest date is *{time}*.",
                time=parts.when(honest.at, words),
            )
        )
    if expected.closing is not None:
        lines.append(_closed(department, expected, words))
    if expected.history is not None:
        lines.append(service_words.usually(expected.history, words))
    return "\n".join(lines)


def away(honest: HonestDate | None, words: Words) -> list[str]:
    """Who of those that matter is away before the honest date, and who covers."""
    if honest is None:
        return []
    lines = [_stretch(one, words) for one in honest.away]
    if not honest.is_known:
        lines.append(
            words.say("Everybody who could own it is away, and nobody has said until when: this date may move.")
        )
    return lines


def _stretch(one: Stretch, words: Words) -> str:
    person, since = parts.person(one.person_id), parts.when(one.since, words)
    if one.until is None:
        said = words.say("{person} is away from {since} on", person=person, since=since)
    else:
        said = words.say(
            "{person} is away from {since} to {until}", person=person, since=since, until=parts.when(one.until, words)
        )
    if one.cover_id is None:
        return words.say("{absence}.", absence=said)
    return words.say("{absence}; {cover} covers.", absence=said, cover=parts.person(one.cover_id))


def _closed(department: Department, expected: Expected, words: Words) -> str:
    closing = expected.closing
    assert closing is not None
    span = times.day_of(closing.first, words)
    if closing.last != closing.first:
        span = words.say("{first} – {last}", first=span, last=times.day_of(closing.last, words))
    name = service_words.holiday_name(department, closing.holiday, words)
    if name is None:
        return words.say("They are closed {span}; that is counted.", span=span)
    return words.say("They are closed {span} ({holiday}); that is counted.", span=span, holiday=name)
