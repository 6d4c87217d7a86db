"""Why the ledger says no: typed, without sentences. `handlers/refusals.py` words them for people."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from store.rules.lifecycle import Move
from store.rules.permissions import Matter

if TYPE_CHECKING:
    from store.rules.offering import BadService
    from store.snapshots import Ask, Department, DepartmentChange, Person, Service


class Refusal(Exception):
    """An act that is not done, for a reason that the person can understand. Nothing was written."""


class NoSuchAsk(Refusal):
    """There is no ask with that number here."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class NotYours(Refusal):
    """The person is none of those who may make this move."""

    def __init__(self, ask: "Ask", move: Move) -> None:
        super().__init__(ask.number, move)
        self.ask, self.move = ask, move


class NotNow(Refusal):
    """The move is not possible at this stage: somebody was faster, or it is too early."""

    def __init__(self, ask: "Ask", move: Move) -> None:
        super().__init__(ask.number, move)
        self.ask, self.move = ask, move


class AlreadyDone(Refusal):
    """The very same act (double click, Slack's second delivery) is in the ledger already. `ask`: as it stands now."""

    def __init__(self, ask: "Ask | None") -> None:
        super().__init__(ask and ask.number)
        self.ask = ask


class TooLongAgo(Refusal):
    """A closed ask can be reopened until `until` only."""

    def __init__(self, ask: "Ask", until: datetime) -> None:
        super().__init__(ask.number, until)
        self.ask, self.until = ask, until


class MustRestate(Refusal):
    """This service is acknowledged in the owner's own words, never by one click."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class DuePassed(Refusal):
    """The due time is in the past."""

    def __init__(self, due: datetime) -> None:
        super().__init__(due)
        self.due = due


class EndsFirst(Refusal):
    """An absence would end before it begins, at `since`."""

    def __init__(self, until: datetime, since: datetime) -> None:
        super().__init__(until, since)
        self.until = until
        self.since = since


class DueTooFar(Refusal):
    """The due time is more than two years ahead: a slip of the keyboard, most likely."""

    def __init__(self, due: datetime) -> None:
        super().__init__(due)
        self.due = due


class SoonerThanPromised(Refusal):
    """The department promises `earliest`; the asker wants it sooner and has not called it a rush."""

    def __init__(self, department: "Department", earliest: datetime, asked: datetime) -> None:
        super().__init__(department.key, earliest, asked)
        self.department, self.earliest, self.asked = department, earliest, asked


class GuestsMayNot(Refusal):
    """Guests may ask this department nothing."""

    def __init__(self, department: "Department") -> None:
        super().__init__(department.key)
        self.department = department


class InputsMissing(Refusal):
    """The service needs something to start that was not said: `names`; `field` is the first of them."""

    def __init__(self, service: "Service", field: str, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.service, self.field, self.names = service, field, names


class NobodyToOwn(Refusal):
    """Everybody who could own an ask of this department has left: its lead has to be named anew."""

    def __init__(self, department: "Department") -> None:
        super().__init__(department.key)
        self.department = department


class NothingSaid(Refusal):
    """A text that is needed is empty. `field`: which one."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class TooLong(Refusal):
    """A text is longer than the ledger keeps: `limit` characters."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(field, limit)
        self.field, self.limit = field, limit


class CannotReceive(Refusal):
    """A baton cannot be offered to this person. `why`: not_here (gone, a bot, a guest, unknown), owns_it,
    asked_for_it, on_duty_here, away (then `deputy` may say who stands in), away_oneself (who would take it is away)."""

    def __init__(self, ask: "Ask", receiver: "Person | None", why: str, deputy: "Person | None" = None) -> None:
        super().__init__(ask.number, why)
        self.ask, self.receiver, self.why, self.deputy = ask, receiver, why, deputy


class NobodyToAsk(Refusal):
    """Nobody handed the ask over, or it is longer than a working day ago: the exchange zone is left."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class NotAsked(Refusal):
    """The person was asked nothing about this ask, so there is nothing to answer."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class CannotAsk(Refusal):
    """The owner cannot ask this person. `why`: oneself, not_here (gone, a bot, a guest, unknown), may_not_read (it is
    private), pending (has not answered the last time), away (then `deputy` may say who stands in)."""

    def __init__(self, ask: "Ask", person: "Person | None", why: str, deputy: "Person | None" = None) -> None:
        super().__init__(ask.number, why)
        self.ask, self.person, self.why, self.deputy = ask, person, why, deputy


class CannotObject(Refusal):
    """There is no objection to this ask. `why`: not_put_down, too_late (seven days are over), twice, lead_decided (the
    lead put it down, or asked for it), lead_gone."""

    def __init__(self, ask: "Ask", why: str) -> None:
        super().__init__(ask.number, why)
        self.ask, self.why = ask, why


class CannotDeputise(Refusal):
    """Somebody cannot stand in. `why`: oneself, not_here, away, each_other."""

    def __init__(self, deputy: "Person | None", why: str) -> None:
        super().__init__(why)
        self.deputy, self.why = deputy, why


class NotAway(Refusal):
    """The person has named no absence that could end."""


class DayPassed(Refusal):
    """A day of the rota that is over cannot be changed."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class UnknownPeople(Refusal):
    """People who cannot be on duty: unknown here, gone, bots or guests."""

    def __init__(self, person_ids: tuple[str, ...]) -> None:
        super().__init__(person_ids)
        self.person_ids = person_ids


class WouldCircle(Refusal):
    """An ask would wait for itself. `path`: the numbers around the circle, beginning and ending with the same."""

    def __init__(self, path: tuple[int, ...]) -> None:
        super().__init__(path)
        self.path = path


class CannotLink(Refusal):
    """An ask cannot be waited for. `why`: closed, hidden (private, and not theirs to read), elsewhere (it is part of
    the ask `parent` already), already (it is waited for), not_linked (it is not), too_many."""

    def __init__(self, number: int, why: str, parent: int = 0) -> None:
        super().__init__(number, why, parent)
        self.number, self.why, self.parent = number, why, parent


class NothingSooner(Refusal):
    """The asker wants something sooner, at a time that is no sooner than what is promised."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class NothingChanged(Refusal):
    """The offered change is what was promised already."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class OnlyPlaced(Refusal):
    """The ask lies at the gray-zone desk, which does no asks of its own: it leaves by being placed."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class NotAtDesk(Refusal):
    """Only what lies at the gray-zone desk can be placed."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class NotRouted(Refusal):
    """No remembered match had sent the ask where it is, or it is at the desk already."""

    def __init__(self, ask: "Ask") -> None:
        super().__init__(ask.number)
        self.ask = ask


class NotCoordinator(Refusal):
    """That is for those who work the gray-zone desk, and for admins. `desk` None: there is no desk."""

    def __init__(self, desk: "Department | None") -> None:
        super().__init__(desk and desk.key)
        self.desk = desk


class NoSuchDraft(Refusal):
    """The draft was filed or thrown away meanwhile."""


class ChangedMeanwhile(Refusal):
    """What a form shows was changed since it was opened: by somebody (`by`), or by the reader in another window."""

    def __init__(self, by: "Person | None" = None, *about: object) -> None:
        super().__init__(*about)
        self.by = by


class PartChanged(ChangedMeanwhile):
    """The same of a part of a department, with what its form is drawn from anew: `change`, the newest known of."""

    def __init__(self, department: "Department", part: Matter, change: "DepartmentChange | None") -> None:
        super().__init__(change.actor if change else None, part)
        self.department, self.part, self.change = department, part, change


class ServiceChanged(ChangedMeanwhile):
    """The same of `fields` of a service, as it is now."""

    def __init__(self, service: "Service", fields: tuple[str, ...], by: "Person | None") -> None:
        super().__init__(by, service.id, fields)
        self.service, self.fields = service, fields


class NeverHears(Refusal):
    """Quiet hours that leave no working time to be nudged in."""


class MayNot(Refusal):
    """Something of a department is not for this person to do. `department` None: one that is not there yet."""

    def __init__(self, matter: Matter, department: "Department | None", lead: "Person | None") -> None:
        super().__init__(matter)
        self.matter, self.department, self.lead = matter, department, lead


class NameTaken(Refusal):
    """A name, or a key, is one of another department already."""

    def __init__(self, name: str, other: "Department") -> None:
        super().__init__(name)
        self.name, self.other = name, other


class GroupTaken(Refusal):
    """A user group means another department already."""

    def __init__(self, other: "Department") -> None:
        super().__init__(other.key)
        self.other = other


class LastPerson(Refusal):
    """Nobody would be left who works in the department."""

    def __init__(self, department: "Department") -> None:
        super().__init__(department.key)
        self.department = department


class CannotWorkThere(Refusal):
    """Somebody can neither lead nor work in a department: gone, a guest, a bot, unknown. `field`: lead or people."""

    def __init__(self, person: "Person | None", field: str) -> None:
        super().__init__(field)
        self.person, self.field = person, field


class NeverOpen(Refusal):
    """Hours, holidays and closed days together leave no working time in the next year."""


class BadServices(Refusal):
    """What was written about a service cannot be kept: every fault of it."""

    def __init__(self, faults: "tuple[BadService, ...]") -> None:
        super().__init__(len(faults))
        self.faults = faults


class NoSuchService(Refusal):
    """The service was archived meanwhile."""

    def __init__(self, department: "Department") -> None:
        super().__init__(department.key)
        self.department = department


class TooManyServices(Refusal):
    """A department has as many services as it may: `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class DepartmentClosed(Refusal):
    """The department was closed: it takes no asks."""

    def __init__(self, department: "Department") -> None:
        super().__init__(department.key)
        self.department = department


class HoldsMonkeys(Refusal):
    """A department cannot be closed while asks are open there, or offered to it: `numbers`, all of them."""

    def __init__(self, department: "Department", numbers: tuple[int, ...]) -> None:
        super().__init__(department.key)
        self.department, self.numbers = department, numbers


class LedgerUnavailable(Exception):
    """The database could not take the act (locked, disk full, gone). Nothing was written; trying again is safe."""
