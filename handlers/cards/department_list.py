"""What `/dept` alone shows: the departments that somebody may change, as buttons, the way to a new one; its help."""

from collections.abc import Sequence

from handlers.cards import parts
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Department

BUTTONS = 20  # departments that stand there as buttons; more are in a menu
GROUP = 100  # options that Slack shows in one group of a menu


def departments_card(
    mine: Sequence[Department],
    closed: Sequence[Department],
    words: Words,
    *,
    may_found: bool,
    own: Department | None = None,
) -> Card:
    """`mine`: those that the reader may change; `closed`: those that they may open again; `own`: where they work."""
    if mine:
        said = words.say("Which department do you want to set up?")
    elif own is not None:
        said = words.say("You work in {department}, and lead no department.", department=parts.one_line(own.name, 80))
    elif may_found:
        said = words.say("You lead no department yet. Set one up: it takes a minute.")
    else:
        said = words.say("You lead no department. `/dept @finance` shows what one promises.")
    new = parts.button(words.say("Set up a new department"), "department.new", "new", style="primary")
    return parts.card(
        said,
        parts.section(f"*{said}*"),
        _choice(mine, words),
        parts.actions(_see(own, words)) if own is not None else None,
        parts.actions(new) if may_found else None,
        *(_closed(one, words) for one in closed[:BUTTONS]),
        parts.context(words.say("`/dept @finance` shows what a department promises; `/dept help` shows examples.")),
    )


def department_help(words: Words) -> Card:
    """What one can type after `/dept`."""
    said = words.say("A department: who works there, when, and what it promises.")
    examples = (
        words.say("`/dept` – the departments that you lead, and a new one"),
        words.say("`/dept new` – set up a new department; you lead it, and can change everything later"),
        words.say("`/dept @finance` – what Finance promises; for its lead and admins: its settings"),
        words.say("Its lead and workspace admins change people, hours, rota, services and nudges there."),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *examples))))


def _choice(mine: Sequence[Department], words: Words) -> Block | None:
    if not mine:
        return None
    if len(mine) <= BUTTONS:
        return parts.actions(
            *(parts.button(one.name, f"department.of.{place}", str(one.id)) for place, one in enumerate(mine))
        )
    options = [parts.option(one.name, str(one.id)) for one in mine]
    groups = [options[start : start + GROUP] for start in range(0, len(options), GROUP)]
    menu = {
        "type": "static_select",
        "action_id": "department.of.0",
        "placeholder": {"type": "plain_text", "text": words.say("Choose a department")},
        "option_groups": [
            {
                "label": {
                    "type": "plain_text",
                    "text": f"{group[0]['text']['text'][:34]} – {group[-1]['text']['text'][:34]}",
                },
                "options": group,
            }
            for group in groups
        ],
    }
    return parts.actions(menu)


def _see(own: Department, words: Words) -> Block:
    label = words.say("What {department} promises", department=parts.plain(own.name, 50))
    return parts.button(label, "department.of.0", str(own.id))


def _closed(department: Department, words: Words) -> Block:
    said = words.say("{department} was closed.", department=parts.one_line(department.name, 80))
    return parts.section(said, parts.button(words.say("Open it again"), "department.open_again", str(department.id)))
