"""What `/ask help` shows: examples to copy. And what `/ask` says while nobody can be asked yet."""

from collections.abc import Sequence

from handlers.cards import parts
from handlers.cards.parts import Card
from handlers.words import Words
from store.snapshots import Department

_LISTED = 30  # departments named in the help


def ask_help(departments: Sequence[Department], words: Words) -> Card:
    """Examples with the name of a department that there is, and the list of those who take asks."""
    desk = any(one.is_gray_zone for one in departments)
    departments = [one for one in departments if not one.is_gray_zone] or departments
    example = parts.quoted(departments[0].key, 40)
    named = ", ".join(f"`@{parts.quoted(one.name, 60)}`" for one in departments[:_LISTED])
    if len(departments) > _LISTED:
        named = words.count("{named} and {n} more", "{named} and {n} more", len(departments) - _LISTED, named=named)
    return parts.card(
        words.say("How to ask"),
        parts.section(
            words.say(
                "*One line is enough:* who, what, and by when. From that second one person owns it, "
                "until you say it is done."
            )
        ),
        parts.section(
            "\n".join(
                (
                    words.say(
                        "`/ask @{department} Replace the gasket of analyser 3 by Friday 3pm`", department=example
                    ),
                    words.say(
                        "`/ask @{department} Repair the pump in room 4`: the department's own promise is the due time",
                        department=example,
                    ),
                    words.say(
                        "`/ask @{department} @pia Calibrate the scales tomorrow`: Pia of that department owns it",
                        department=example,
                    ),
                    words.say(
                        "`/ask @{department} Pay invoice 4711 today, rush: a customer waits`: "
                        "sooner than promised, and why",
                        department=example,
                    ),
                    words.say(
                        "`/dept @{department}`: what it promises, and how long that usually takes", department=example
                    ),
                    *(
                        [
                            words.say(
                                "`/ask we need a new gasket`: where nobody is named, remembered words send it to its "
                                "department; otherwise the gray-zone desk finds out whose it is"
                            )
                        ]
                        if desk
                        else []
                    ),
                    words.say("`/ask`: the form, with what the department promises; also for private asks"),
                )
            )
        ),
        parts.context(words.say("You can ask: {departments}", departments=named)),
        parts.context(
            words.say(
                "Does yours wait for others? “Blocked by …” under an ask that you own files theirs, and tells you at "
                "once if they end too late."
            )
        ),
        parts.context(
            words.say("“Turn into an ask” in a message's menu does it from there. `/monkeys` shows what you wait for.")
        ),
    )


def before_setup(words: Words) -> Card:
    """Nobody can be asked before a department is there."""
    told = words.say("No department takes asks here yet. Set up the first one: it takes a minute.")
    return parts.card(
        told,
        parts.section(told),
        parts.actions(parts.button(words.say("Set up a new department"), "department.new", "new", style="primary")),
        parts.context(
            words.say("Many at once: an admin loads a file on the machine that runs me, `python -m bot load FILE`")
        ),
    )
