"""Where does an ask stand, in one sentence? On the card, in lists, and when somebody clicks too late.

Plain text: `parts.quoted` makes it safe for a message.
"""

from handlers.words import Words
from store.rules.lifecycle import Outcome, Stage
from store.snapshots import Ask


def status(ask: Ask, words: Words) -> str:
    """Who has the next move, or how it ended."""
    owner, asker = ask.owner.name, ask.asker.name
    if ask.stage is Stage.CLOSED:
        return _ended(ask, words)
    if ask.stage is Stage.DELIVERED:
        return words.say("Delivered. Waiting for {asker} to say whether that is it.", asker=asker)
    if ask.change is not None:
        return words.say("{owner} offers a change. Waiting for {asker} to answer.", owner=owner, asker=asker)
    if ask.question is not None:
        return words.say(
            "{owner} has asked a question. Waiting for {asker} to answer; {owner}'s time stands still.",
            owner=owner,
            asker=asker,
        )
    if ask.at_gray_zone:
        return words.say("At the gray-zone desk: {owner} finds out whose it is.", owner=owner)
    if ask.stage is Stage.OPEN:
        return words.say("Waiting for {owner} to acknowledge.", owner=owner)
    if ask.missing:
        return words.say("Not quite done yet: {owner} is back at work on it.", owner=owner)
    return words.say("{owner} has acknowledged and is working on it.", owner=owner)


def label(ask: Ask, words: Words) -> str:
    """The stage or the outcome in a word or two."""
    if ask.outcome is not None:
        return {
            Outcome.SATISFIED: words.say("Done"),
            Outcome.NO_VERDICT: words.say("Closed without a verdict"),
            Outcome.PUT_DOWN: words.say("Put down"),
            Outcome.WITHDRAWN: words.say("Withdrawn"),
        }[ask.outcome]
    return {
        Stage.OPEN: words.say("Not acknowledged"),
        Stage.ACKNOWLEDGED: words.say("Acknowledged"),
        Stage.DELIVERED: words.say("Delivered"),
        Stage.CLOSED: words.say("Closed"),
    }[ask.stage]


def _ended(ask: Ask, words: Words) -> str:
    owner, asker = ask.owner.name, ask.asker.name
    if ask.outcome is Outcome.SATISFIED:
        return words.say("Done. {asker} said: Yes, that's it.", asker=asker)
    if ask.outcome is Outcome.PUT_DOWN:
        return words.say("Put down on purpose while {owner} owned it.", owner=owner)
    if ask.outcome is Outcome.WITHDRAWN:
        return words.say("Withdrawn: {asker} no longer needs it.", asker=asker)
    return words.say("Closed without a verdict: {asker} did not say whether that was it.", asker=asker)
