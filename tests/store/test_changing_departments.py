"""The verbs behind `/dept`, on both databases: who may, what is kept, who is told, two people at once."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from store import asks, changing, closing, delivering, departments, duty, ending, people, setting_up
from store.acknowledging import acknowledge
from store.asks import Wish
from store.database import Ledger
from store.plans import as_plan, mark, part_of
from store.queries import asks as reading
from store.queries import department_changes
from store.refusals import (
    AlreadyDone,
    CannotDeputise,
    CannotWorkThere,
    DepartmentClosed,
    GroupTaken,
    HoldsMonkeys,
    LastPerson,
    MayNot,
    NameTaken,
    NeverOpen,
    PartChanged,
    Refusal,
)
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.lead_time import LeadTime
from store.rules.permissions import Matter
from tests.store.world import ANN, LIN, OMAR, PIA, TEAM, WEI, ZOE, World, plan, profile

DAYS = LeadTime(3, "days")


def seen(world: World, part: Matter) -> str:
    return mark(as_plan(world.department()), part)


def test_only_the_lead_and_admins_change_it(world: World) -> None:
    number = world.department().id
    for person in (ANN, OMAR):
        with pytest.raises(MayNot):
            world.act(person, changing.promise_in, number, seen(world, Matter.LEAD_TIME), DAYS)
        with pytest.raises(MayNot):
            world.act(person, duty.set_rota, number, [PIA], world.now.date())
        with pytest.raises(MayNot):
            world.act(person, closing.close, number)
    world.act(None, people.remember, profile(ANN, is_admin=True))
    world.act(ANN, changing.promise_in, number, seen(world, Matter.LEAD_TIME), DAYS)
    assert str(world.department().lead_time) == "3d"


def test_the_second_of_two_is_told_and_can_send_again(world: World) -> None:
    number, before = world.department().id, seen(world, Matter.LEAD_TIME)
    world.act(LIN, changing.promise_in, number, before, DAYS)
    with pytest.raises(PartChanged) as other:
        world.act(LIN, changing.promise_in, number, before, LeadTime(5, "days"))
    change = other.value.change
    assert change is not None
    assert change.actor is not None
    assert (change.actor.id, change.before, change.after) == (LIN, {"lead_time": "2d"}, {"lead_time": "3d"})
    assert str(world.department().lead_time) == "3d"
    now = mark(as_plan(other.value.department), Matter.LEAD_TIME)
    world.act(LIN, changing.promise_in, number, now, LeadTime(5, "days"))
    assert str(world.department().lead_time) == "5d"


def test_another_part_that_changed_is_in_nobodys_way(world: World) -> None:
    number, before = world.department().id, seen(world, Matter.LEAD_TIME)
    world.act(LIN, changing.name_deputies, number, seen(world, Matter.DEPUTIES), [(PIA, OMAR)])
    world.act(LIN, changing.promise_in, number, before, DAYS)
    changes, more = world.look(department_changes.page, number)
    assert [one.part for one in changes] == [Matter.LEAD_TIME, Matter.DEPUTIES, Matter.NEW]
    assert not more


def test_two_who_set_one_rota(world: World) -> None:
    number, before, monday = world.department().id, seen(world, Matter.ROTA), world.now.date()
    world.act(LIN, duty.take_turns, number, before, [PIA, OMAR], monday)
    with pytest.raises(PartChanged):
        world.act(LIN, duty.take_turns, number, before, [OMAR], monday)
    assert world.department().rota.people == (PIA, OMAR)


def test_the_same_form_twice_is_done_once(world: World) -> None:
    number, before = world.department().id, seen(world, Matter.LEAD_TIME)
    world.once("view:1", LIN, changing.promise_in, number, before, DAYS)
    with pytest.raises(AlreadyDone):
        world.once("view:1", LIN, changing.promise_in, number, before, DAYS)
    wanted = plan("lab", "Laboratory", "CLAB", ANN, ())
    world.once("view:2", ANN, changing.set_up_new, wanted)
    with pytest.raises(AlreadyDone):
        world.once("view:2", ANN, changing.set_up_new, wanted)


def test_names_are_of_one_department_only(world: World) -> None:
    number = world.department().id
    same = {"channel_id": "CEQUIP", "locale": "en-US", "guests_may_ask": False, "usergroup_id": "S1"}
    with pytest.raises(NameTaken):
        world.act(LIN, changing.rename, number, seen(world, Matter.NAMES), key="equipment", names=("ＦINANCE",), **same)
    with pytest.raises(NameTaken):
        world.act(ANN, changing.set_up_new, plan("ward3", "Ward 3", "CX", ANN, ()))
    world.act(LIN, changing.rename, number, seen(world, Matter.NAMES), key="devices", names=("Devices", "设备"), **same)
    assert world.department("设备").key == "devices"
    assert world.department("devices").usergroup_id == "S1"
    mark_of = mark(as_plan(world.department("finance")), Matter.NAMES)
    finance = {"channel_id": "CFIN", "locale": "en-US", "guests_may_ask": False, "usergroup_id": "S1"}
    with pytest.raises(GroupTaken):
        world.act(WEI, changing.rename, world.department("finance").id, mark_of, key="finance", names=("F",), **finance)


def test_who_leaves_is_off_rota_and_deputies_and_keeps_what_they_own(world: World) -> None:
    number = world.department().id
    world.act(LIN, duty.set_rota, number, [PIA, OMAR], world.now.date())
    world.act(LIN, duty.cover, number, date(2026, 11, 25), PIA)
    world.act(LIN, changing.name_deputies, number, seen(world, Matter.DEPUTIES), [(OMAR, PIA), (LIN, OMAR)])
    ask = world.file()
    assert ask.owner.id == PIA
    done = world.act(LIN, changing.staff, number, seen(world, Matter.PEOPLE), LIN, [OMAR])
    assert [one.number for one in done.offered] == [ask.number]
    department = world.department()
    assert department.rota.people == (OMAR,)
    assert department.rota.covers == ()
    assert department.deputies == ((LIN, OMAR),)
    now = world.look(reading.by_number, ask.number)
    assert now.owner.id == PIA
    assert now.baton is not None
    assert now.baton.receiver.id == LIN


def test_the_last_person_and_the_lead_stay(world: World) -> None:
    number = world.department().id
    with pytest.raises(LastPerson):
        world.act(LIN, changing.staff, number, seen(world, Matter.PEOPLE), LIN, [])
    world.act(None, people.remember, profile(ZOE, is_guest=True))
    for lead, members, field in ((ZOE, [PIA], "lead"), (LIN, [PIA, ZOE], "people"), ("UNOBODY", [PIA], "lead")):
        with pytest.raises(CannotWorkThere) as refused:
            world.act(LIN, changing.staff, number, seen(world, Matter.PEOPLE), lead, members)
        assert refused.value.field == field
    for pairs in ([(PIA, PIA)], [(PIA, ZOE)]):
        with pytest.raises(CannotDeputise):
            world.act(LIN, changing.name_deputies, number, seen(world, Matter.DEPUTIES), pairs)


def test_a_calendar_that_never_opens_is_refused(world: World) -> None:
    mondays = frozenset(date.fromordinal(date(2026, 11, 23).toordinal() + 7 * week) for week in range(60))
    never = Calendar("Asia/Shanghai", Hours.parse({"mon": "9-12"}), closed=mondays)
    with pytest.raises(NeverOpen):
        world.act(LIN, changing.set_hours, world.department().id, seen(world, Matter.HOURS), never)
    assert world.department().calendar.country == "CN"


def test_closing_waits_for_what_is_open_and_keeps_history(world: World) -> None:
    number, ask = world.department().id, world.file()
    with pytest.raises(HoldsMonkeys) as held:
        world.act(LIN, closing.close, number)
    assert held.value.numbers == (ask.number,)
    world.act(LIN, acknowledge, ask.number)
    world.act(LIN, delivering.deliver, ask.number, "Done")
    world.act(ANN, delivering.accept, ask.number)
    world.act(LIN, closing.close, number)
    assert world.look(departments.called, "equipment") is None
    assert world.look(departments.led_by, LIN) == []
    assert world.look(reading.by_number, ask.number).department_name == "Equipment"
    for verb, arguments in ((asks.file, [Wish(number, "A pump")]), (ending.reopen, [ask.number, "The pump leaks"])):
        with pytest.raises(DepartmentClosed):
            world.act(ANN, verb, *arguments)
    with pytest.raises(DepartmentClosed):
        world.act(LIN, changing.promise_in, number, "", DAYS)
    world.act(WEI, changing.set_up_new, plan("pumps", "Pumps", "CP", WEI, ()))
    world.act(LIN, closing.open_again, number)
    assert world.department().id == number
    parts = [one.part for one in world.look(department_changes.page, number)[0]]
    assert parts == [Matter.REOPEN, Matter.CLOSE, Matter.NEW]


def test_a_name_that_was_taken_meanwhile_keeps_it_closed(world: World) -> None:
    number = world.department().id
    world.act(LIN, closing.close, number)
    world.act(ANN, changing.set_up_new, replace(plan("devices", "Equipment", "CX", ANN, ())))
    with pytest.raises(NameTaken):
        world.act(LIN, closing.open_again, number)


def test_a_file_makes_an_event_for_each_part_and_opens_again(world: World) -> None:
    present = as_plan(world.department())
    world.act(None, setting_up.set_up, replace(present, lead_time="4d", lead_id=OMAR, time_zone="Europe/Berlin"))
    changes, _ = world.look(department_changes.page, world.department().id)
    assert {one.part for one in changes[:3]} == {Matter.LEAD_TIME, Matter.PEOPLE, Matter.HOURS}
    assert all(one.actor is None for one in changes[:3])
    world.act(OMAR, closing.close, world.department().id)
    assert world.act(None, setting_up.set_up, present)
    assert world.department().lead_id == LIN
    assert not world.act(None, setting_up.set_up, as_plan(world.department()))


def test_every_field_of_a_plan_belongs_to_a_part() -> None:
    assert part_of("lead_time") is Matter.LEAD_TIME
    assert part_of("channel_id") is Matter.NAMES
    assert part_of("services") is Matter.SERVICES


def test_what_is_filed_while_a_department_closes(world: World) -> None:
    """Another process read the departments before they were closed: it looks again when it takes its number."""
    department = world.department()

    def file_with_what_was_read(act):
        departments.all_of(act)
        closed_elsewhere = dict(act.memo)
        closing.close(replace(act, actor_id=LIN), department.id)
        act.memo.clear()
        act.memo.update(closed_elsewhere)
        return asks.file(act, Wish(department.id, "A pump"))

    with pytest.raises(DepartmentClosed):
        world.act(ANN, file_with_what_was_read)
    assert world.look(departments.called, "equipment") is not None


def together(*attempts) -> list[object]:
    """Do them at once, each in a thread; what each returned or raised."""
    outcomes: list[object] = [None] * len(attempts)
    start = threading.Barrier(len(attempts))

    def run(place: int) -> None:
        start.wait()
        try:
            outcomes[place] = attempts[place]()
        except Refusal as refusal:
            outcomes[place] = refusal

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_processes_at_once_make_one_department_and_never_close_over_an_ask(world: World) -> None:
    other = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))
    number = world.department().id
    try:
        for turn in range(8):
            wanted = plan(f"lab{turn}", f"Laboratory {turn}", "CLAB", ANN, ())
            made = together(
                lambda wanted=wanted: world.act(ANN, changing.set_up_new, wanted),
                lambda wanted=wanted: other.act(changing.set_up_new, TEAM, ANN, world.now, None, wanted),
            )
            assert [type(one) for one in made if isinstance(one, Refusal)] == [NameTaken]
            filed, closed = together(
                lambda: other.act(asks.file, TEAM, ANN, world.now, None, Wish(number, "A pump")),
                lambda: world.act(LIN, closing.close, number),
            )
            department = world.look(departments.by_id, number)
            if department.archived:
                assert isinstance(filed, DepartmentClosed)
                world.act(LIN, closing.open_again, number)
            else:
                assert isinstance(closed, HoldsMonkeys)
                for held in world.look(closing.held_numbers, number):
                    world.act(ANN, ending.withdraw, held)
    finally:
        other.close()
