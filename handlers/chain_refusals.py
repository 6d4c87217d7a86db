"""Why an ask cannot wait for another, or be had sooner, as one sentence that says what to do instead. Plain text."""

from handlers.words import Words
from store import refusals as no


def sentence(refusal: no.Refusal, words: Words) -> str | None:
    """What is said when something cannot be waited for; None for refusals about other things."""
    match refusal:
        case no.WouldCircle():
            path = " → ".join(f"#{number}" for number in _shown(refusal.path))
            return words.say("That would be a circle, in which everybody waits: {path}.", path=path)
        case no.NothingSooner():
            return words.say(
                "#{number} is promised by then already. Please choose an earlier time.", number=refusal.ask.number
            )
        case no.CannotLink():
            return _cannot_link(refusal, words)
    return None


def _shown(path: tuple[int, ...]) -> tuple[int | str, ...]:
    return path if len(path) <= 12 else (*path[:6], "…", *path[-5:])


def _cannot_link(refusal: no.CannotLink, words: Words) -> str:
    number = refusal.number
    match refusal.why:
        case "closed":
            return words.say("#{number} is closed: nothing waits for it. Reopen it, or file a new ask.", number=number)
        case "hidden":
            return words.say(
                "#{number} is private and not yours to read. Please file an ask of your own.", number=number
            )
        case "already":
            return words.say("#{parent} waits for #{number} already.", number=number, parent=refusal.parent)
        case "elsewhere" if refusal.parent:
            return words.say(
                "#{number} is part of #{parent}, and an ask can be part of one only. File an ask of your own.",
                number=number,
                parent=refusal.parent,
            )
        case "elsewhere":
            return words.say("#{number} is part of another ask already. Please file an ask of your own.", number=number)
        case "not_linked":
            return words.say("#{parent} does not wait for #{number}.", number=number, parent=refusal.parent)
    return words.say("#{number} waits for a hundred asks already. Please unlink some first.", number=number)
