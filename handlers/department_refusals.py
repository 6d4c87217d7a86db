"""Why something of a department was not done, as one kind sentence: who may, or what to do instead."""

from handlers.words import Words
from store import refusals as no
from store.rules.naming import LONGEST, MOST, BadName
from store.rules.permissions import Matter


def sentence(refusal: no.Refusal, words: Words) -> str | None:
    """What the reader is told, in plain text; None for a refusal that is not about a department."""
    match refusal:
        case no.MayNot():
            return _may_not(refusal, words)
        case no.NameTaken():
            return words.say(
                "“{name}” is a name of {other} already. Please choose another one.",
                name=refusal.name,
                other=refusal.other.name,
            )
        case no.GroupTaken():
            return words.say("That user group means {other} already.", other=refusal.other.name)
        case no.LastPerson():
            return words.say(
                "Then nobody would be left in {department}. Name who takes over, or close the department.",
                department=refusal.department.name,
            )
        case no.CannotWorkThere(field="lead"):
            name = refusal.person.name if refusal.person else words.say("That person")
            return words.say("{person} cannot lead here. Please choose a colleague with a full account.", person=name)
        case no.CannotWorkThere():
            name = refusal.person.name if refusal.person else words.say("That person")
            return words.say(
                "{person} cannot own asks: they have left, or are a guest or a bot. Please leave them out.", person=name
            )
        case no.NeverOpen():
            return words.say(
                "With these hours, holidays and closed days there is no working time in the next year. "
                "Please open at least one day."
            )
        case no.BadServices():
            return words.say("That cannot be kept as a service. Please look at its names, texts and inputs.")
        case no.NoSuchService():
            return words.say(
                "That service of {department} was archived meanwhile. Please open the list again.",
                department=refusal.department.name,
            )
        case no.TooManyServices():
            return words.say("A department may have {n} services at the most.", n=refusal.limit)
        case no.DepartmentClosed():
            return words.say(
                "{department} was closed and takes no asks any more. Please choose another department.",
                department=refusal.department.name,
            )
        case no.HoldsMonkeys():
            return words.count(
                "{department} still holds {n} open ask. Hand it over first, then close it.",
                "{department} still holds {n} open asks. Hand them over first, then close it.",
                len(refusal.numbers),
                department=refusal.department.name,
            )
    return None


def field(refusal: no.Refusal) -> str | None:
    """The field of a form that a refusal is about."""
    match refusal:
        case no.CannotWorkThere():
            return refusal.field
        case no.MayNot() if refusal.matter is Matter.NEW_FOR_ANOTHER:
            return "lead"
        case no.LastPerson():
            return "people"
        case no.NameTaken():
            return "names"
        case no.GroupTaken():
            return "usergroup"
        case no.NeverOpen():
            return "hours"
    return None


def bad_name(fault: BadName, words: Words) -> str:
    """What is wrong with a name or a key."""
    match fault.reason:
        case "none":
            return words.say("Please write at least one name.")
        case "too_long":
            return words.say("A name may have {n} characters at the most.", n=LONGEST)
        case "too_many":
            return words.say("A department may have {n} names at the most.", n=MOST)
        case "reserved":
            return words.say(
                "“{name}” means something else where people type it. Please choose another name.", name=fault.what
            )
        case "bad_letters":
            return words.say(
                "“{name}” cannot be typed after @. Please leave out <, >, @, | and backticks.", name=fault.what
            )
        case "bad_key":
            return words.say("The key is one short word of letters, digits, - and _.")


def _may_not(refusal: no.MayNot, words: Words) -> str:
    if refusal.matter is Matter.NEW_FOR_ANOTHER:
        return words.say(
            "You can set up a department that you lead yourself. A workspace admin can set one up for somebody else."
        )
    if refusal.department is None:
        return words.say("Guests cannot set up a department. Please ask a colleague to do it.")
    if refusal.matter is Matter.GRAY_ZONE:
        return words.say("Only a workspace admin can say which department is the gray-zone desk.")
    lead = refusal.lead.name if refusal.lead else words.say("the lead")
    named = {"lead": lead, "department": refusal.department.name}
    if refusal.matter is Matter.ROTA:
        return words.say("Only {lead}, who leads {department}, or a workspace admin can set its rota.", **named)
    return words.say("Only {lead}, who leads {department}, or a workspace admin can change this.", **named)
