"""`/ask replace the gasket by Friday`: whose is it, when nobody is named?

Remembered words send it to their department by themselves; otherwise the gray-zone desk has it at once. A name that
is no department's is asked back first. Where there is no desk, whoever asks is helped to name one.
"""

from handlers import filing, slack_text
from handlers.answering import Call
from handlers.answers import Answers
from handlers.ask_line import Address
from store import departments, matching
from store.snapshots import Department


def file(call: Call, key: str, typed: str, addressed: Address) -> Answers:
    """File what names no department that there is. `typed`: the whole line, as Slack sent it."""
    desk = call.look(departments.desk)
    says_something = slack_text.says_something(filing.in_words(call, slack_text.unescaped(addressed.rest)))
    if desk is None or not says_something:
        return filing.ask_whom(call, addressed.unknown, addressed.rest, desk)
    if near := _near(call, addressed):
        return filing.ask_which(call, addressed.unknown, addressed.rest, near, desk)
    if addressed.unknown:  # they mean somebody: the desk is offered, not chosen for them, and reads whom
        return filing.ask_whom(call, addressed.unknown, typed, desk)
    found = call.look(matching.route, filing.in_words(call, slack_text.unescaped(typed)))
    if found.only is not None:
        there = call.look(departments.by_id, found.only.department_id)
        return filing.place(call, key, there, typed, match=found.only)
    if found.matches:
        competing = [call.look(departments.by_id, one.department_id) for one in found.matches]
        return filing.ask_which(call, "", typed, competing, desk, found.matches[0].phrase)
    return filing.place(call, key, desk, typed)


def _near(call: Call, addressed: Address) -> list[Department]:
    """The departments that a name after @ may be a slip for, or whose name stands first without its @."""
    if addressed.unknown:
        return filing.nearest(call, addressed.unknown)
    first = addressed.rest.split(maxsplit=1)[0].rstrip(",，:：;；")
    named = call.look(departments.called, first)
    return [named] if named is not None and not named.is_gray_zone else []
