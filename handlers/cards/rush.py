"""Why is it a rush? The four causes as a choice for the asker, and as a sentence for those who read the ask.

Nobody is shamed in public: that the asker's side waited is said plainly where it helps the owner, and told to the
asker's own lead in private, to whom it is theirs to explain.
"""

from handlers.cards import parts, times
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.rush import Cause
from store.snapshots import Ask


def choices(words: Words) -> list[tuple[str, Cause]]:
    """What the asker chooses from, likeliest first; each fits on a button and into a menu."""
    return [
        (words.say("Rush: a customer, an accident or an authority"), Cause.OUTSIDE),
        (words.say("Rush: we learned of it only now"), Cause.KNOWN_NOW),
        (words.say("Rush: we knew, but we waited"), Cause.WAITED),
        (words.say("Rush: another reason"), Cause.OTHER),
    ]


def cause(ask: Ask, words: Words) -> str | None:
    """The cause as a sentence, or None where there is none to tell: the asker's words say it then."""
    match ask.rush_cause:
        case Cause.OUTSIDE:
            return words.say("It came from outside: a customer, an accident or an authority.")
        case Cause.KNOWN_NOW:
            return words.say("The need became known only now.")
        case Cause.WAITED:
            return words.say("The need was known before, and it is asked for late.")
    return None


def why(ask: Ask, words: Words, limit: int) -> str:
    """The cause and the asker's own words, for mrkdwn."""
    said = parts.one_line(ask.rush_reason or "", limit)
    told = cause(ask, words)
    return f"{told} “{said}”" if told else said


def offer_earliest(ask: Ask, carried: str, zone: str, words: Words) -> Block | None:
    """The owner's other answer to a rush: the time that the department would have promised."""
    if ask.earliest is None or not ask.can_be_countered:
        return None
    return parts.button(
        words.say("Offer the earliest: {time}", time=times.spoken(ask.earliest, zone, words)),
        "promise.earliest",
        carried,
    )
