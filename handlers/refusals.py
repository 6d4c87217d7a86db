"""Why something was not done, as one kind sentence that says who may, why not now, or what to do instead.

Plain text: it stands under fields of forms too. The ledger says no by type; the words are all here.
"""

from handlers import chain_refusals, department_refusals
from handlers.cards.status import status
from handlers.cards.times import spoken
from handlers.words import Words
from store import refusals as no
from store.rules import lifecycle
from store.rules.calendar import NoWorkingTime
from store.rules.lifecycle import Move, Role
from store.snapshots import Person

_ONE_AT_A_TIME = frozenset({Move.QUESTION, Move.PROPOSE_CHANGE})  # things that wait for the asker


def sentence(refusal: no.Refusal, words: Words, reader: Person) -> str:
    """What `reader` is told of `refusal`."""
    match refusal:
        case no.NoSuchAsk():
            return words.say("There is no ask #{number} here.", number=refusal.number)
        case no.NotYours():
            return _not_yours(refusal, words, reader)
        case no.NotNow(move=Move.OFFER) if refusal.ask.baton is not None:
            return words.say(
                "#{number} is offered to {receiver} already. Recall that offer first, or wait for the answer.",
                number=refusal.ask.number,
                receiver=refusal.ask.baton.receiver.name,
            )
        case no.NotNow() if refusal.ask.question is not None and refusal.move in _ONE_AT_A_TIME:
            return words.say(
                "#{number} waits for {asker}'s answer to a question. Take the question back first, or wait for it.",
                number=refusal.ask.number,
                asker=refusal.ask.asker.name,
            )
        case no.NotNow(move=Move.QUESTION) if refusal.ask.change is not None and refusal.ask.is_open:
            return words.say(
                "{asker} has to answer the change that was offered for #{number} first. "
                "Please ask in the thread of its card.",
                number=refusal.ask.number,
                asker=refusal.ask.asker.name,
            )
        case no.NotNow(move=Move.OVERRULE | Move.UPHOLD):
            state = status(refusal.ask, words)
            return words.say(
                "That objection is decided, or over. Ask #{number}: {state}", number=refusal.ask.number, state=state
            )
        case no.NotNow(move=Move.ANSWER | Move.TAKE_BACK | Move.ADVISE):
            return _question_over(refusal, words)
        case no.NotNow(move=Move.TAKE | Move.REFUSE | Move.RECALL):
            state = status(refusal.ask, words)
            return words.say("That offer is over. Ask #{number}: {state}", number=refusal.ask.number, state=state)
        case no.NotNow():
            state = status(refusal.ask, words)
            return words.say("That is not possible now. Ask #{number}: {state}", number=refusal.ask.number, state=state)
        case no.AlreadyDone() if refusal.ask is not None:
            state = status(refusal.ask, words)
            return words.say("That is done already. Ask #{number}: {state}", number=refusal.ask.number, state=state)
        case no.AlreadyDone():
            return words.say("That is done already.")
        case no.TooLongAgo():
            return words.say(
                "Ask #{number} could be reopened until {until}. Please file a new ask and name #{number} in it.",
                number=refusal.ask.number,
                until=spoken(refusal.until, reader.time_zone, words),
            )
        case no.MustRestate():
            return words.say("This service is acknowledged in your own words: choose “Acknowledge with changes”.")
        case no.NothingChanged():
            return words.say("That is what is promised already. Change the result or the time, or close the form.")
        case no.ChangedMeanwhile() if refusal.by is not None:
            name = refusal.by.name
            return words.say("{person} changed this meanwhile. Please close the form and open it again.", person=name)
        case no.ChangedMeanwhile():
            return words.say("This was changed since the form was opened. Please close it and open it again.")
        case no.NeverHears():
            return words.say("These quiet hours leave no working time to be nudged in. Please leave some free.")
        case no.NoSuchDraft():
            return words.say("That was filed or thrown away meanwhile. Please start again with /ask.")
    told = _about_a_wish(refusal, words, reader) or _about_standing_in(refusal, words)
    told = told or department_refusals.sentence(refusal, words) or _about_the_gray_zone(refusal, words)
    told = told or chain_refusals.sentence(refusal, words)
    return told or words.say("That is not possible.")


def field(refusal: no.Refusal) -> str | None:
    """The field of a form that a refusal is about: forms name their fields as the ledger does."""
    match refusal:
        case no.NothingSaid() | no.TooLong() | no.InputsMissing():
            return refusal.field
        case no.DuePassed() | no.DueTooFar() | no.EndsFirst() | no.NothingChanged() | no.NothingSooner():
            return "due"
        case no.WouldCircle() | no.CannotLink():
            return "existing"
        case no.SoonerThanPromised():
            return "rush_reason"
        case no.CannotObject():
            return "objection"
        case no.CannotReceive() | no.CannotAsk():
            return "person"
        case no.CannotDeputise():
            return "deputy"
        case no.DayPassed():
            return "day"
        case no.NeverHears():
            return "quiet"
        case no.UnknownPeople():
            return "people"
    return department_refusals.field(refusal)


def fault(fault: Exception, words: Words, *, files: bool = False) -> str:
    """What the person is told when something failed that should not have. `files`: they wanted to file an ask."""
    if isinstance(fault, no.LedgerUnavailable) and not files:
        return words.say("Not done; nothing was lost. Please try again in a minute.")
    if isinstance(fault, no.LedgerUnavailable):
        return words.say("Not filed; nothing was lost. Please try again in a minute.")
    if isinstance(fault, NoWorkingTime):
        return words.say(
            "This department has no working time in the next year, so it can promise nothing. "
            "Its lead has to look at its hours and closed days."
        )
    return words.say("That did not work, and it is on us: the fault is in Baton's log. Please try again in a minute.")


def from_elsewhere(words: Words) -> str:
    """Somebody of another workspace of the organisation, in a channel that both share; or who has just left."""
    return words.say("This is an ask of another workspace: only people who are in it can act on it.")


def not_shown(words: Words) -> str:
    """Slack did not show the answer, mostly because it took too long to get there."""
    return words.say("Slack did not show the answer in time. Please try again; nothing is done twice.")


def _not_yours(refusal: no.NotYours, words: Words, reader: Person) -> str:
    ask, roles = refusal.ask, lifecycle.WHO_MAY[refusal.move]
    if Role.RECEIVER in roles or Role.OFFERER in roles:
        return _not_your_baton(refusal, words)
    if Role.ASKER in roles and ask.asker.gone:
        return words.say(
            "That is for the lead of {asker}, who asked for #{number} and has left.",
            asker=ask.asker.name,
            number=ask.number,
        )
    if Role.ASKER in roles:
        return words.say(
            "That is for {asker} to say, who asked for #{number}.", asker=ask.asker.name, number=ask.number
        )
    if Role.OWNERS_LEAD in roles:
        return words.say(
            "That is for {owner}, who owns ask #{number}, or for the lead of {department}.",
            owner=ask.owner.name,
            number=ask.number,
            department=ask.department_name,
        )
    if not ask.may_read(reader.id):  # nor a note
        return words.say("That is for {owner} to do, who owns ask #{number}.", owner=ask.owner.name, number=ask.number)
    return words.say(
        "That is for {owner} to do, who owns ask #{number}. You can add a note from the menu of its card.",
        owner=ask.owner.name,
        number=ask.number,
    )


def _not_your_baton(refusal: no.NotYours, words: Words) -> str:
    ask = refusal.ask
    if ask.baton is None:
        state = status(ask, words)
        return words.say("Ask #{number} is not on offer to anybody. {state}", number=ask.number, state=state)
    if refusal.move is Move.RECALL:
        return words.say("That is for {owner} or whoever offered it to take back.", owner=ask.owner.name)
    return words.say(
        "That is for {receiver}, to whom {owner} offers ask #{number}.",
        receiver=ask.baton.receiver.name,
        owner=ask.owner.name,
        number=ask.number,
    )


def _question_over(refusal: no.NotNow, words: Words) -> str:
    """Who wrote an answer in vain still has it before them, in the form: where to take it is said here."""
    ask, state = refusal.ask, status(refusal.ask, words)
    over = words.say("That question is over. Ask #{number}: {state}", number=ask.number, state=state)
    if refusal.move is Move.TAKE_BACK:
        return over
    if not ask.is_open:
        then = words.say("If you still have something to say, please write to {owner}.", owner=ask.owner.name)
    else:
        then = words.say("If you still have something to say, add it as a note from the menu of its card.")
    return f"{over} {then}"


def _about_a_wish(refusal: no.Refusal, words: Words, reader: Person) -> str | None:
    match refusal:
        case no.DuePassed():
            due = spoken(refusal.due, reader.time_zone, words)
            return words.say("{due} is over. Please choose a later time.", due=due)
        case no.EndsFirst():
            return words.say(
                "That is before {since}, when you leave. Please choose a later time.",
                since=spoken(refusal.since, reader.time_zone, words),
            )
        case no.DueTooFar():
            return words.say("That is more than two years ahead. Please choose an earlier time.")
        case no.SoonerThanPromised():
            return words.say(
                "{department} promises this by {earliest}. Take that time, or mark it a rush and say why.",
                department=refusal.department.name,
                earliest=spoken(refusal.earliest, reader.time_zone, words),
            )
        case no.GuestsMayNot():
            return words.say(
                "Guests cannot ask {department}. Please have a colleague ask for you.",
                department=refusal.department.name,
            )
        case no.InputsMissing():
            return words.say(
                "{service} needs this to start: {inputs}. Please say it in the form: type /ask with the department.",
                service=refusal.service.name,
                inputs=", ".join(refusal.names),
            )
        case no.NobodyToOwn():
            return words.say(
                "{department} has nobody left who could own this. A workspace admin has to name its lead anew.",
                department=refusal.department.name,
            )
        case no.NothingSaid():
            return _nothing_said(refusal.field, words)
        case no.TooLong():
            return words.say("That is too long: please keep it within {limit} characters.", limit=refusal.limit)
    return None


def _about_standing_in(refusal: no.Refusal, words: Words) -> str | None:
    match refusal:
        case no.CannotReceive():
            return _cannot_receive(refusal, words)
        case no.CannotAsk():
            return _cannot_ask(refusal, words)
        case no.CannotObject():
            return _cannot_object(refusal, words)
        case no.CannotDeputise(why="oneself"):
            return words.say("Please name somebody else: nobody can stand in for themselves.")
        case no.CannotDeputise():
            return _cannot_deputise(refusal, words)
        case no.NotAway():
            return words.say("You are not away, so there is nothing to end.")
        case no.NobodyToAsk():
            return words.say(
                "The giver of #{number} could be asked for one working day after handing it over. "
                "Please add a note to the ask instead.",
                number=refusal.ask.number,
            )
        case no.NotAsked():
            return words.say(
                "You were asked nothing about #{number}. You can add a note from the menu of its card.",
                number=refusal.ask.number,
            )
        case no.DayPassed():
            return words.say("{day} is over; the rota can be changed from today on.", day=refusal.day.isoformat())
        case no.UnknownPeople():
            return words.say(
                "Somebody you named cannot be on duty: they have left, or are a guest or a bot. Please leave them out."
            )
    return None


def _about_the_gray_zone(refusal: no.Refusal, words: Words) -> str | None:
    match refusal:
        case no.OnlyPlaced():
            return words.say(
                "#{number} is at the gray-zone desk, which delivers nothing itself. {owner} can place it with the "
                "department whose it is: choose “Place it”.",
                number=refusal.ask.number,
                owner=refusal.ask.owner.name,
            )
        case no.NotAtDesk():
            return words.say(
                "#{number} has a department already, {department}. Choose “Hand over” to offer it to another one.",
                number=refusal.ask.number,
                department=refusal.ask.department_name,
            )
        case no.NotRouted():
            return words.say(
                "#{number} was not sent there by remembered words, or it is at the desk already. {state}",
                number=refusal.ask.number,
                state=status(refusal.ask, words),
            )
        case no.NotCoordinator() if refusal.desk is None:
            return words.say("There is no gray-zone desk here. A workspace admin can name a department as the desk.")
        case no.NotCoordinator():
            return words.say(
                "That is for those who work the desk “{desk}”, and for workspace admins.",
                desk=refusal.desk.name if refusal.desk else "",
            )
    return None


def _cannot_receive(refusal: no.CannotReceive, words: Words) -> str:
    name = refusal.receiver.name if refusal.receiver else words.say("That person")
    number = refusal.ask.number
    match refusal.why:
        case "owns_it":
            return words.say(
                "{person} owns ask #{number} already. Please choose somebody else.", person=name, number=number
            )
        case "asked_for_it":
            return words.say(
                "{person} asked for #{number} and cannot own it too. Please choose somebody else.",
                person=name,
                number=number,
            )
        case "away" if refusal.deputy is not None:
            deputy = refusal.deputy.name
            return words.say("{person} is away; {deputy} stands in. Please offer it there.", person=name, deputy=deputy)
        case "away":
            return words.say("{person} is away, and nobody stands in. Please choose somebody else.", person=name)
        case "away_oneself":
            return words.say(
                "You are away, so new asks pass you by. Type /back first, then take #{number}.", number=number
            )
        case "on_duty_here":
            return words.say(
                "{person} owns ask #{number} already, and takes what comes in there now. Please choose a person there.",
                person=name,
                number=number,
            )
    return words.say("{person} cannot take an ask here. Please choose a colleague.", person=name)


def _cannot_ask(refusal: no.CannotAsk, words: Words) -> str:
    name = refusal.person.name if refusal.person else words.say("That person")
    number = refusal.ask.number
    match refusal.why:
        case "oneself":
            return words.say("#{number} is yours to decide. Please ask somebody else.", number=number)
        case "may_not_read":
            return words.say(
                "#{number} is private, and {person} may not read it. Its asker and the two leads may.",
                number=number,
                person=name,
            )
        case "pending":
            return words.say(
                "{person} has not answered your last proposal about #{number} yet.", person=name, number=number
            )
        case "away" if refusal.deputy is not None:
            deputy = refusal.deputy.name
            return words.say("{person} is away; {deputy} stands in. Please ask there.", person=name, deputy=deputy)
        case "away":
            return words.say("{person} is away, and nobody stands in. Please ask somebody else.", person=name)
    return words.say("{person} cannot be asked here. Please choose a colleague with a full account.", person=name)


def _cannot_object(refusal: no.CannotObject, words: Words) -> str:
    number = refusal.ask.number
    match refusal.why:
        case "too_late":
            return words.say(
                "An objection can be made within 7 days of putting down. "
                "Please file a new ask and name #{number} in it.",
                number=number,
            )
        case "twice":
            return words.say("You have objected to this already; that can be done once. You can still reopen it.")
        case "lead_decided":
            return words.say(
                "The lead of {department} has decided this. "
                "If you still need #{number}, you can reopen it within 7 days.",
                department=refusal.ask.department_name,
                number=number,
            )
        case "lead_gone":
            return words.say(
                "The lead of {department} has left. If you still need #{number}, you can reopen it within 7 days.",
                department=refusal.ask.department_name,
                number=number,
            )
    state = status(refusal.ask, words)
    return words.say("Only what was put down can be objected to. Ask #{number}: {state}", number=number, state=state)


def _cannot_deputise(refusal: no.CannotDeputise, words: Words) -> str:
    name = refusal.deputy.name if refusal.deputy else words.say("That person")
    if refusal.why == "each_other":
        return words.say(
            "{person} will be away then, too, and has named you as deputy. Please name somebody who is here.",
            person=name,
        )
    if refusal.why == "away":
        return words.say("{person} is away as well. Please name somebody who is here.", person=name)
    return words.say("{person} cannot stand in here. Please name a colleague with a full account.", person=name)


def _nothing_said(field: str, words: Words) -> str:
    asked = {
        "what": words.say("Please write what you need."),
        "evidence": words.say("Please write a line that shows it is done."),
        "missing": words.say("Please write what is missing."),
        "note": words.say("Please write your note."),
        "question": words.say("Please write your question."),
        "answer": words.say("Please write your answer."),
        "objection": words.say("Please say why you still need it."),
        "proposal": words.say("Please say what you suggest: advice needs a proposal of your own."),
    }
    return asked.get(field) or words.say("Please give a reason.")
