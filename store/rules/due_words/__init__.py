"""When does somebody want it? Reads due times in words, English and Chinese.

Somebody types `/ask @finance pay the gasket invoice by Friday 3pm`, or 周五下午三点前付垫圈的发票; what comes out is
the instant, the ask without those words, or the readings to choose between. Source of the rules: PRODUCT.md, "How due
times are read". A wrong reading does harm, asking back is safe, overlooking loses a wish: what is doubtful is asked
back.
"""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from store.rules.calendar import Calendar

from . import chinese, digits, english
from .holidays_by_name import entries_for
from .lexicon import Entry, Lexicon
from .line import folded, without
from .moments import MOST_CHOICES, Words, offered
from .phrases import Phrase, phrases_of
from .ranges import answer_of
from .reading import Choice, Form, Kind, Reading, Reason
from .scan import pieces_of
from .setting import Setting
from .wishes import Wish, wish_of

__all__ = ["LONGEST_TEXT", "Choice", "Form", "Kind", "Reading", "Reason", "read_due"]

LONGEST_TEXT = 10_000
_LEXICON = Lexicon.of((*digits.ENTRIES, *english.ENTRIES, *chinese.ENTRIES))


@lru_cache(maxsize=64)
def _lexicon(holidays: tuple[Entry, ...]) -> Lexicon:
    """All words that we know, and these names of holidays."""
    return _LEXICON.with_more(holidays)


def read_due(text: str, *, now: datetime, calendar: Calendar, zone: str) -> Reading:
    """Read the due time in a text of up to 10,000 characters (of a longer one, what lies behind is not read).

    `now`: aware. `calendar`: the department's, whose closing ends a date. `zone`: the asker's IANA zone, in which the
    words are read. The text has plain characters; mentions (`<@U…>`), links (`<https://…|label>`), code and quotations
    are never read. Never raises on any text; takes time in proportion to its length.
    """
    setting = Setting(now.astimezone(UTC), calendar, ZoneInfo(zone))
    line = folded(text[:LONGEST_TEXT])
    phrases = phrases_of(line, pieces_of(line, _lexicon(entries_for(calendar, setting.today.year))))
    judged = [(wish_of(phrase, line, text), phrase) for phrase in phrases if not phrase.is_asap]
    wishes: list[tuple[Wish, Phrase]] = [(wish, phrase) for wish, phrase in judged if wish is not Wish.THING]
    if not wishes:
        return _without_a_due_time(text, [phrase for phrase in phrases if phrase.is_asap])
    return _chosen(text, wishes, setting)


def _without_a_due_time(text: str, soon: list[Phrase]) -> Reading:
    if not soon:
        return Reading("none", text.strip())
    phrase = soon[0]
    rest = without(text, phrase.start, phrase.end)
    return Reading("none", rest, text[phrase.start : phrase.end].strip(), asap=True)


def _chosen(text: str, wishes: list[tuple[Wish, Phrase]], setting: Setting) -> Reading:
    surest = max(wish for wish, _ in wishes)
    best = [phrase for wish, phrase in wishes if wish is surest]
    answers = [answer_of(phrase, setting) for phrase in best[:MOST_CHOICES]]
    first, answer = best[0], answers[0]
    if any(other != answer for other in answers[1:]):
        choices = [choice for one in answers for choice in one.choices]
        return _two_due_times(text, best[:MOST_CHOICES], offered(choices, setting))
    completing = _completing(first, [(wish, phrase) for wish, phrase in wishes if wish < surest])
    if completing is not None:
        both = Phrase(0, 0, 0, [[*completing.means, *first.means]], deadline=True)
        choices = [*answer_of(both, setting).choices, *answer.choices]
        return _two_due_times(text, [first, completing], offered(choices, setting))
    beside = [phrase for wish, phrase in wishes if wish < surest and 0 <= phrase.start - first.end <= 2]
    if beside:
        return _two_due_times(
            text, [first, *beside], offered([*answer.choices, *answer_of(beside[0], setting).choices], setting)
        )
    phrase_text = text[first.start : first.end].strip()
    choices = list(offered(answer.choices, setting))
    if surest is Wish.DOUBTFUL:
        return Reading(
            "unclear", text.strip(), phrase_text, reason=answer.reason or "ambiguous", choices=tuple(choices)
        )
    rest = without(text, first.start, first.end)
    if answer.reason is not None:
        return Reading("unclear", rest, phrase_text, reason=answer.reason, choices=tuple(choices))
    due = answer.choices[0].due
    return Reading(
        "found",
        rest,
        phrase_text,
        due=due,
        explicit_clock=answer.explicit_clock,
        outside_hours=setting.is_outside_hours(due),
    )


def _completing(phrase: Phrase, others: list[tuple[Wish, Phrase]]) -> Phrase | None:
    """Another phrase that names the day where this one names only the time, or the other way round."""
    words = Words.sorted_from(phrase.means)
    for wish, other in others:
        theirs = Words.sorted_from(other.means)
        if words.elapsed or theirs.elapsed or (wish is Wish.DOUBTFUL and not theirs.days):
            continue
        if bool(words.days) != bool(theirs.days) and words.names_a_time != theirs.names_a_time:
            return other
    return None


def _two_due_times(text: str, phrases: list[Phrase], choices: tuple[Choice, ...]) -> Reading:
    ordered = sorted(phrases, key=lambda phrase: phrase.start)
    said = " … ".join(text[phrase.start : phrase.end].strip() for phrase in ordered)
    return Reading(
        "unclear",
        text.strip(),
        said,
        reason="two_due_times",
        choices=choices,
    )
