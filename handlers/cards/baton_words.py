"""The words around a baton: why it was refused, and the note where Baton itself wrote it."""

from handlers.words import Words
from store.absences import NOTE_AWAY, NOTE_BACK
from store.changing import NOTE_MOVED_ON
from store.handoffs import NOTE_CLIMBED, Reason


def reason(value: str, words: Words) -> str:
    """Why a baton is refused, as a sentence that follows a colon."""
    return {
        Reason.WRONG_DEPARTMENT: words.say("It belongs to another department."),
        Reason.WRONG_SKILL: words.say("Somebody else knows this better."),
        Reason.NO_TIME: words.say("No time for it now."),
        Reason.DUPLICATE: words.say("This is being done already."),
        Reason.ASKER_UNREACHABLE: words.say("The asker cannot be reached."),
        Reason.OTHER: words.say("Another reason."),
    }[Reason(value)]


def worded_note(note: str, words: Words) -> str:
    """The note of an offer. Baton's own, when somebody leaves or is back, are worded here."""
    if note == NOTE_AWAY:
        return words.say("The owner is away, and you stand in for them.")
    if note == NOTE_BACK:
        return words.say("You are back; this was yours, and was kept going meanwhile.")
    if note == NOTE_MOVED_ON:
        return words.say("The owner no longer works in this department.")
    if note == NOTE_CLIMBED:
        return words.say("The lead was asked for advice and took it over.")
    return note


def joined_note(done: str, following: str, where: str, words: Words) -> str:
    """The three answers of the form as one note; those left empty are left out."""
    said = (
        (words.say("Done: {text}", text=done), done),
        (words.say("Next: {text}", text=following), following),
        (words.say("Where things are: {text}", text=where), where),
    )
    return "\n".join(line for line, text in said if text)
