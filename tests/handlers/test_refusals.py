"""Every way in which the ledger says no has its own sentence, in both languages, in plain text."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from handlers import refusals as said
from handlers.words import Words
from store import handoffs, people
from store import refusals as no
from store.queries import asks
from store.rules.calendar import NoWorkingTime
from store.rules.lifecycle import Move
from store.rules.permissions import Matter
from store.snapshots import Ask, Department, Person
from tests.store.world import LIN, OMAR, ZOE, World, profile

ENGLISH, CHINESE = Words("en-US"), Words("zh-CN")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
READER = Person("U1", "ann", "Ann", "en-US", "Asia/Shanghai")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(f"sqlite:///{tmp_path_factory.mktemp('refusals') / 'baton.db'}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def ask(world: World) -> Ask:
    return world.file()


@pytest.fixture(scope="module")
def department(world: World) -> Department:
    return world.department()


def every_refusal(ask: Ask, department: Department) -> list[no.Refusal]:
    return [
        no.NoSuchAsk(99),
        *(no.NotYours(ask, move) for move in Move),
        *(no.NotNow(ask, move) for move in Move),
        no.AlreadyDone(ask),
        no.AlreadyDone(None),
        no.TooLongAgo(ask, NOON),
        no.MustRestate(ask),
        no.DuePassed(NOON),
        no.DueTooFar(NOON),
        no.EndsFirst(NOON, NOON),
        no.SoonerThanPromised(department, NOON, NOON),
        no.GuestsMayNot(department),
        no.BadServices(()),
        no.NoSuchService(department),
        no.ServiceChanged(department.services[0], ("name",), ask.owner),
        no.ServiceChanged(department.services[0], ("name",), None),
        no.TooManyServices(90),
        no.InputsMissing(department.services[0], "input_0", ("Room",)),
        no.NobodyToOwn(department),
        *(
            no.NothingSaid(field)
            for field in (
                "what",
                "rush_reason",
                "reason",
                "evidence",
                "missing",
                "note",
                "question",
                "answer",
                "proposal",
                "objection",
            )
        ),
        *(no.CannotObject(ask, why) for why in ("not_put_down", "too_late", "twice", "lead_decided", "lead_gone")),
        no.TooLong("what", 3_000),
        no.NothingChanged(ask),
        no.NothingSooner(ask),
        no.WouldCircle((1, 2, 3, 1)),
        *(no.CannotLink(2, why, 1) for why in ("closed", "hidden", "already", "elsewhere", "not_linked", "too_many")),
        no.CannotLink(2, "elsewhere"),
        no.NoSuchDraft(),
        no.ChangedMeanwhile(),
        no.NeverHears(),
        *(kind(ask) for kind in (no.OnlyPlaced, no.NotAtDesk, no.NotRouted)),
        no.NotCoordinator(department),
        no.NotCoordinator(None),
        *(no.CannotReceive(ask, ask.owner, why) for why in ("not_here", "owns_it", "asked_for_it", "away")),
        no.CannotReceive(ask, None, "not_here"),
        *(no.CannotAsk(ask, ask.owner, why) for why in ("oneself", "not_here", "may_not_read", "pending", "away")),
        no.CannotAsk(ask, ask.owner, "away", ask.asker),
        no.CannotAsk(ask, None, "not_here"),
        *(no.CannotDeputise(ask.owner, why) for why in ("oneself", "not_here", "away")),
        no.CannotDeputise(None, "not_here"),
        no.NotAway(),
        no.CannotReceive(ask, ask.owner, "away", ask.asker),
        no.NobodyToAsk(ask),
        no.NotAsked(ask),
        no.DayPassed(NOON.date()),
        no.UnknownPeople(("U9",)),
        *(no.MayNot(matter, department, ask.owner) for matter in Matter),
        *(no.MayNot(matter, None, None) for matter in (Matter.NEW, Matter.NEW_FOR_ANOTHER)),
        no.NameTaken("Finance", department),
        no.GroupTaken(department),
        no.PartChanged(department, Matter.HOURS, None),
        no.LastPerson(department),
        *(no.CannotWorkThere(person, field) for person in (ask.owner, None) for field in ("lead", "people")),
        no.NeverOpen(),
        no.DepartmentClosed(department),
        no.HoldsMonkeys(department, (1, 2)),
    ]


def test_none_is_forgotten(ask: Ask, department: Department) -> None:
    there_are = set(no.Refusal.__subclasses__()) | set(no.ChangedMeanwhile.__subclasses__())
    assert {type(one) for one in every_refusal(ask, department)} == there_are


def test_each_has_a_sentence_of_its_own_in_both_languages(ask: Ask, department: Department) -> None:
    for refusal in every_refusal(ask, department):
        english, chinese = (said.sentence(refusal, words, READER) for words in (ENGLISH, CHINESE))
        assert english not in ("", "That is not possible."), refusal
        assert chinese != english, refusal
        assert "<" not in english + chinese, refusal
        assert "{" not in english + chinese, refusal


def test_who_may_is_named(world: World, ask: Ask) -> None:
    acknowledge = said.sentence(no.NotYours(ask, Move.ACKNOWLEDGE), ENGLISH, READER)
    assert acknowledge.startswith("That is for Lin to do, who owns ask #1.")
    assert "the lead of Equipment" in said.sentence(no.NotYours(ask, Move.PUT_DOWN), ENGLISH, READER)
    assert "Ann" in said.sentence(no.NotYours(ask, Move.ACCEPT), ENGLISH, READER)


def test_when_the_asker_has_left_their_lead_is_named(world: World) -> None:
    number = world.file(ZOE).number
    world.act(None, people.remember, profile(ZOE, is_deleted=True))
    left = world.look(asks.by_number, number)
    assert "has left" in said.sentence(no.NotYours(left, Move.ACCEPT), ENGLISH, READER)


def test_the_present_state_is_told(ask: Ask) -> None:
    assert "Waiting for Lin to acknowledge." in said.sentence(no.NotNow(ask, Move.DELIVER), ENGLISH, READER)


def test_an_offer_that_is_pending_or_over_is_told(world: World) -> None:
    offered = world.act(LIN, handoffs.offer, world.file().number, OMAR, "Please")
    assert "offered to Omar already" in said.sentence(no.NotNow(offered, Move.OFFER), ENGLISH, READER)
    assert said.sentence(no.NotNow(offered, Move.TAKE), ENGLISH, READER).startswith("That offer is over.")


def test_a_time_is_told_on_the_readers_clock() -> None:
    berlin = Person("U2", "bo", "Bo", "en-US", "Europe/Berlin")
    assert "Tue 24 Nov 12:00" in said.sentence(no.DuePassed(NOON), ENGLISH, READER)
    assert "Tue 24 Nov 05:00" in said.sentence(no.DuePassed(NOON), ENGLISH, berlin)
    assert "11月24日周二 12:00" in said.sentence(no.DuePassed(NOON), CHINESE, READER)


def test_the_field_that_is_at_fault_is_known() -> None:
    assert said.field(no.NothingSaid("evidence")) == "evidence"
    assert said.field(no.TooLong("what", 1)) == "what"
    assert said.field(no.DuePassed(NOON)) == "due"
    assert said.field(no.NoSuchDraft()) is None


def test_faults_are_owned_up_to_without_a_detail() -> None:
    assert said.fault(no.LedgerUnavailable("disk full"), ENGLISH).startswith("Not done; nothing was lost")
    assert said.fault(no.LedgerUnavailable("disk full"), ENGLISH, files=True).startswith("Not filed; nothing was lost")
    assert "no working time" in said.fault(NoWorkingTime(NOON), ENGLISH)
    ours = said.fault(KeyError("secret"), ENGLISH)
    assert "on us" in ours
    assert "secret" not in ours
