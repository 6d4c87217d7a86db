"""The form "My nudges", and what Home says of what was chosen in it."""

from handlers.cards import parts
from handlers.cards.form_parts import boxes_field, choice_field, form, text_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules import quiet_words
from store.rules.quiet import Preferences
from store.snapshots import Person

WHEN_DUE = "when_due"
RUSH = "rush_at_any_hour"
_FIRST, _LAST, _EACH = 6 * 60, 20 * 60, 30  # minutes of the day that the daily message can be chosen for


def my_nudges(chosen: Preferences, version: int, reader: Person, words: Words) -> Block:
    """The form, as the reader chose last. `version`: of what it shows."""
    bundle = WHEN_DUE if chosen.bundle_at is None else str(chosen.bundle_at)
    return form(
        "my_nudges.form",
        words.say("My nudges"),
        words.say("Save"),
        {"version": version},
        words,
        parts.section(
            words.say(
                "Nudges come in working hours only. Here you say when they suit you best; times are in your own "
                "zone ({zone}). What has to wait comes at the next moment that suits, and is not lost.",
                zone=parts.one_line(reader.time_zone),
            )
        ),
        text_field(
            "quiet",
            words.say("Quiet hours"),
            initial=quiet_words.written(chosen.quiet),
            hint=words.say(
                "A line each: 12:00-14:00 for every day, mon-fri 17:00-09:00, wed afternoon. Empty: no quiet hours."
            ),
            optional=True,
            longest=600,
        ),
        choice_field("bundle", words.say("How often"), _bundles(words), initial=bundle),
        boxes_field(
            "rush",
            words.say("Rushes"),
            [(words.say("A rush that I own may nudge me at any hour"), RUSH)],
            ticked=[RUSH] if chosen.rush_at_any_hour else [],
        ),
        parts.context(
            words.say(
                "What is due within 2 hours does not wait for the daily message. Slack's do-not-disturb holds nudges "
                "back by itself. A lead hears of trouble whatever the owner chose."
            )
        ),
    )


def on_home(chosen: Preferences, words: Words) -> Block:
    """What is chosen, with the button that opens the form."""
    told = [words.say("*Your nudges:* when they are due, in working hours.")]
    if chosen.bundle_at is not None:
        told = [words.say("*Your nudges:* one message a day at {time}.", time=clock(chosen.bundle_at))]
    if chosen.quiet is not None:
        told.append(
            words.say(
                "Quiet: {hours}.", hours=parts.one_line(quiet_words.written(chosen.quiet).replace("\n", "; "), 300)
            )
        )
    if chosen.rush_at_any_hour:
        told.append(words.say("A rush may come at any hour."))
    return parts.section(" ".join(told), parts.button(words.say("My nudges"), "my_nudges.open", "mine"))


def clock(minute: int) -> str:
    """`9:00`: a minute of the day as people write it."""
    return f"{minute // 60}:{minute % 60:02d}"


def _bundles(words: Words) -> list[tuple[str, str]]:
    choices = [(words.say("Each nudge when it is due"), WHEN_DUE)]
    for minute in range(_FIRST, _LAST + 1, _EACH):
        choices.append((words.say("One message a day at {time}", time=clock(minute)), str(minute)))
    return choices
