"""Departments from YAML: every fault by its line, all at once; nothing half loaded; the same again changes nothing."""

import textwrap
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.app import slack_client
from bot.loading.directory import Directory
from bot.loading.export import export
from bot.loading.file import read_file
from bot.loading.lines import BadFile
from bot.loading.loading import changes, load, names_held, prepare
from bot.trial import DEPARTMENTS
from sandbox.deeds import Administrator
from store import departments, setting_up
from store.plans import Plan, ServicePlan, as_plan
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.rules.offering import Input
from store.snapshots import Rota

HOSPITAL = DEPARTMENTS.read_text(encoding="utf-8")
FRIDAY_3PM = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)

SMALL = """\
departments:
  - key: equipment
    names: [Equipment, 设备科]
    channel: "#equipment"
    lead: "@lin"
    members: ["@omar", "pia@hospital.example"]
    time_zone: Asia/Shanghai
    hours: {mon-fri: "09:00-12:00,13:30-18:00"}
    holidays: CN
    lead_time: 2d
    services:
      - {name: Repair a device, lead_time: 1d, owner: "@pia", restate: false}
"""


@pytest.fixture
def directory(still):
    return Directory(slack_client(still.trial.installation.bot_token, still.sandbox.api_url))


def faults(text: str, directory: Directory) -> list[tuple[int, str]]:
    with pytest.raises(BadFile) as bad:
        prepare(text, directory)
    return [(fault.line, fault.sentence) for fault in bad.value.faults]


def test_the_example_gives_departments_with_their_people(still):
    found = {one.key: one for one in still.look(departments.all_of)}
    assert sorted(found) == ["desk", "equipment", "finance", "office", "purchasing", "ward"]
    assert [key for key, one in found.items() if one.is_gray_zone] == ["desk"]
    equipment = found["equipment"]
    assert equipment.lead_id == still.slack.person("lin").id
    assert set(equipment.member_ids) == {still.slack.person("omar").id, still.slack.person("pia").id}
    assert [one.name for one in equipment.services] == ["Repair a device", "Lend a device", "Write off a device"]
    assert found["finance"].usergroup_id == still.slack.workspace.usergroup_named("finance").id
    assert found["finance"].locale == "zh-CN"
    assert len({person for one in found.values() for person in (one.lead_id, *one.member_ids)}) == 15


def test_by_friday_3pm_asked_on_monday_is_no_rush(still):
    equipment = still.look(departments.called, "设备科")
    assert departments.earliest(equipment, None, still.clock.now()) < FRIDAY_3PM


def test_two_desks_are_one_too_many(directory):
    text = HOSPITAL.replace("  - key: office\n", "  - key: office\n    gray_zone: true\n")
    ((line, sentence),) = faults(text, directory)
    assert text.splitlines()[line - 1].strip() == "gray_zone: true"
    assert "office is the gray-zone desk already" in sentence


def test_loading_the_same_again_changes_nothing(still, directory):
    prepared = prepare(HOSPITAL, directory)
    assert still.look(changes, prepared).sentences == ()
    before = still.look(departments.all_of)
    assert still.act(None, load, prepared).sentences == ()
    assert still.look(departments.all_of) == before


def test_what_is_exported_loads_and_changes_nothing(still, directory):
    text = still.look(export)
    assert "@lin" in text
    assert "设备科" in text
    prepared = prepare(text, directory)
    assert still.look(changes, prepared) == changes_of_nothing(still)
    assert {one.key: one for one in prepared.plans} == {
        one.key: unsaid(as_plan(one)) for one in still.look(departments.all_of)
    }


def changes_of_nothing(still):
    found = still.look(changes, prepare(HOSPITAL, Directory(still.baton.client)))
    assert found.sentences == ()
    return found


def test_an_unusual_department_survives_export_and_load(still, directory):
    text = SMALL.replace('hours: {mon-fri: "09:00-12:00,13:30-18:00"}', "hours: {mon-sat: '22:00-06:00'}")
    text = text.replace("holidays: CN", "holidays: DE-BY\n    closed_days: [2026-12-24, 2026-12-31]")
    text = text.replace(
        "lead_time: 2d", "lead_time: 4h\n    ladder: {half_time: off, late: 2d}\n    guests_may_ask: true", 1
    )
    still.act(None, load, prepare(text, directory))
    again = prepare(still.look(export), directory)
    assert still.look(changes, again).sentences == ()
    (plan,) = (one for one in again.plans if one.key == "equipment")
    assert (plan.region, plan.lead_time, plan.guests_may_ask) == ("BY", "4h", True)
    assert (plan.ladder["half_time"], plan.ladder["late"]) == ("off", "2d")
    assert plan.closed_days == ("2026-12-24", "2026-12-31")


def unsaid(plan: Plan) -> Plan:
    """The plan as a file says it, which does not speak of a rota or deputies where there are none."""
    return replace(plan, rota=plan.rota if plan.rota != Rota() else None, deputies=plan.deputies or None)


PEOPLE = some.sampled_from(("lin", "omar", "pia", "zoe", "ann", "mei"))
WORDS = some.text("abc é的_-#:'\"@&<>!", min_size=1, max_size=12).map(lambda text: " ".join(text.split()) or "a")
DAY = some.dates(date(2026, 1, 1), date(2028, 12, 31))
SERVICES = some.builds(
    ServicePlan,
    name=WORDS,
    names=some.just(()),
    lead_time=some.sampled_from(("4h", "2d", "365d")),
    owner_id=some.none() | PEOPLE,
    restate=some.booleans(),
    inputs=some.lists(
        some.builds(Input, WORDS, WORDS, some.booleans()), max_size=2, unique_by=lambda one: one.name
    ).map(tuple),
    done_means=some.none() | WORDS,
    promise=some.none() | WORDS,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    members=some.sets(PEOPLE),
    hours=some.sampled_from(({"mon-sun": "00:00-24:00"}, {"mon-fri": "22:00-06:00", "sat": "09:00-12:00,13:30-18:00"})),
    free=some.sampled_from(((None, None), ("CN", None), ("DE", "BY"))),
    closed=some.sets(DAY, max_size=3),
    ladder=some.sampled_from(({}, {"half_time": "off", "late": "2d"})),
    turns=some.lists(PEOPLE, max_size=4),
    covers=some.dictionaries(DAY, PEOPLE, max_size=3),
    deputies=some.dictionaries(PEOPLE, PEOPLE, max_size=3),
    services=some.lists(SERVICES, max_size=3, unique_by=lambda one: one.name.casefold()),
    guests=some.booleans(),
)
def test_whatever_a_department_is_its_export_loads_and_changes_nothing(
    still, directory, members, hours, free, closed, ladder, turns, covers, deputies, services, guests
):
    def known(handle):
        return still.slack.person(handle).id

    before = as_plan(still.look(departments.called, "equipment"))
    wanted = replace(
        before,
        member_ids=tuple(sorted(map(known, members))),
        time_zone="Europe/Berlin",
        hours=hours,
        country=free[0],
        region=free[1],
        closed_days=tuple(sorted(day.isoformat() for day in closed)),
        lead_time="7h",
        locale="zh-CN",
        ladder=Ladder.parse(ladder).as_yaml(),
        guests_may_ask=guests,
        rota=Rota(
            tuple(map(known, turns)),
            date(2026, 11, 23) if turns else None,
            tuple(sorted((day, known(one)) for day, one in covers.items())),
        ),
        deputies=tuple(sorted((known(one), known(other)) for one, other in deputies.items() if one != other)),
        services=tuple(
            replace(one, names=(one.name, f"{one.name} 2"), owner_id=one.owner_id and known(one.owner_id))
            for one in services
        ),
    )
    still.act(None, setting_up.set_up, wanted)
    assert as_plan(still.look(departments.called, "equipment")) == wanted
    prepared = prepare(still.look(export), directory)
    assert still.look(changes, prepared).sentences == ()
    assert unsaid(wanted) in prepared.plans


ROTA = """\
    rota:
      people: ["@pia", "@omar"]
      first_monday: 2026-11-23
      covers: {2026-11-25: "@lin", 2026-11-24: "@omar"}
    deputies: {"@omar": "@pia", "@pia": "@lin"}
"""


def test_rota_and_deputies_load_and_survive_export(still, directory):
    still.act(None, load, prepare(SMALL + ROTA, directory))
    lin, omar, pia = (still.slack.person(one).id for one in ("lin", "omar", "pia"))
    equipment = still.look(departments.called, "equipment")
    assert equipment.rota.people == (pia, omar)
    assert equipment.rota.on(date(2026, 11, 23)) == pia
    assert equipment.rota.on(date(2026, 11, 25)) == lin
    assert dict(equipment.deputies) == {omar: pia, pia: lin}
    again = prepare(still.look(export), directory)
    assert still.look(changes, again).sentences == ()
    assert as_plan(equipment) in again.plans
    before = still.look(departments.all_of)
    still.act(None, load, again)
    assert still.look(departments.all_of) == before


def test_a_file_that_does_not_speak_of_the_rota_leaves_it_alone(still, directory):
    still.act(None, load, prepare(SMALL + ROTA, directory))
    assert still.look(changes, prepare(SMALL, directory)).sentences == ()
    still.act(None, load, prepare(SMALL, directory))
    assert still.look(departments.called, "equipment").rota.people
    still.act(None, load, prepare(SMALL + "    rota: off\n    deputies: {}\n", directory))
    assert still.look(departments.called, "equipment").rota.people == ()
    assert still.look(departments.called, "equipment").deputies == ()


def test_every_fault_of_a_rota_is_told_by_its_line(directory):
    text = SMALL + textwrap.indent(
        textwrap.dedent("""\
            rota:
              people: ["@pia", "@nobody"]
              first_monday: 2026-11-24
              covers: {someday: "@lin", 2026-11-25: "@ghost"}
              turns: 3
            deputies: {"@omar": "@omar", "@pia": "@phantom"}
        """),
        "    ",
    )
    told = "\n".join(f"{line}: {sentence}" for line, sentence in faults(text, directory))
    for said in (
        "14: Nobody here is called @nobody",
        "15: rota: first_monday 2026-11-24 is no Monday",
        "16: rota: covers",
    ):
        assert said in told
    for said in ("16: Nobody here is called @ghost", "17: rota has no 'turns'", "18: deputies: @omar", "@phantom"):
        assert said in told


def test_people_are_found_by_handle_address_and_id(still, directory):
    omar = still.slack.person("omar").id
    (plan,) = prepare(SMALL.replace('"@omar"', omar), directory).plans
    assert set(plan.member_ids) == {omar, still.slack.person("pia").id}


def test_a_dry_run_tells_what_would_change_and_changes_nothing(still, directory):
    text = SMALL.replace('"@lin"', '"@omar"').replace("lead_time: 2d", "lead_time: 3d")
    before = still.look(departments.all_of)
    found = still.look(changes, prepare(text, directory))
    told = "\n".join(found.sentences)
    assert "@lin → @omar" in told
    assert "2d → 3d" in told
    assert "ward" in found.left_alone
    assert still.look(departments.all_of) == before


def test_every_fault_is_told_at_once_by_its_line(directory):
    text = textwrap.dedent("""\
        departments:
          - key: equipment
            names: [Equipment]
            channel: "#equipment"
            leed: "@lin"
            members: ["@omar"]
            time_zone: Mars/Olympus
            hours: {mon-fry: "09:00-12:00"}
            lead_time: soon
            closed_days: [christmas]
            ladder: {half_tide: off}
            language: fr
            guests_may_ask: perhaps
            services:
              - {lead_time: 1d}
              - name: Repair
                lead_time: 0d
          - 3
          - key: finance
            key: money
    """)
    told = faults(text, directory)
    lines = [line for line, _ in told]
    assert lines == sorted(lines)
    assert {2, 5, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 20} <= set(lines)
    assert any("Did you mean lead?" in sentence for _, sentence in told)


def test_what_slack_does_not_know_is_told_by_its_line_too(still, directory):
    Administrator(still.sandbox, still.slack.workspace).deactivate(still.slack.person("pia"))
    text = SMALL.replace('"#equipment"', '"#nowhere"').replace('"@lin"', '"@lim"').replace('"@omar"', "U0NOBODY1")
    told = dict(faults(text, directory))
    assert "#nowhere" in told[4]
    assert "@lim" in told[5]
    assert {4, 5, 6, 12} <= set(told)


def test_what_the_file_and_what_slack_finds_wrong_is_told_together(still, directory):
    text = textwrap.dedent("""\
        departments:
          - key: equipment
            names: []
            channel: "#nowhere"
            lead: "@nobody"
            members: ["@omar", "@ghost"]
            time_zone: Asia/Shanghaii
            hours: {mon-fri: "25:00-26:00", fun: "09:00-12:00", sun: closed}
            holidays: ZZ
            usergroup: "@nogroup"
            lead_time: 2d
            services:
              - {name: Repair, owner: "@someone", restate: perhaps}
          - key: equipment
          - key: devices
            names: [Equipment]
    """)
    told = faults(text, directory)
    assert {line for line, _ in told} == {3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16}
    assert (14, "key equipment is used in line 2 already.") in told
    assert len([line for line, _ in told if line == 8]) == 2
    assert len([line for line, _ in told if line == 13]) == 2


def test_a_bot_leads_nothing_and_an_archived_channel_takes_no_cards(still, directory):
    Administrator(still.sandbox, still.slack.workspace).archive(still.slack.workspace.place("#equipment"))
    told = dict(faults(SMALL.replace('"@lin"', '"@baton"'), directory))
    assert "archived" in told[4]
    assert "bot" in told[5]


def test_two_departments_share_no_name(directory):
    twice = SMALL + SMALL.split("departments:\n")[1].replace("key: equipment", "key: repairs").replace(
        "Equipment,", "Workshop,"
    )
    ((line, sentence),) = faults(twice, directory)
    assert line == 14
    assert "设备科" in sentence


def test_a_name_of_a_department_that_is_not_in_the_file_is_taken(still, directory):
    text = SMALL.replace("key: equipment", "key: workshop").replace("[Equipment, 设备科]", "[Workshop, 財務, 财务]")
    with pytest.raises(BadFile, match=r"line 3.*finance"):
        still.look(changes, prepare(text, directory))
    before = still.look(departments.all_of)
    with pytest.raises(BadFile):
        still.act(None, load, prepare(text, directory))
    assert still.look(departments.all_of) == before


def test_where_baton_is_not_invited_it_says_so(still, directory):
    bot = still.slack.person(still.trial.installation.bot_user_id)
    Administrator(still.sandbox, still.slack.workspace).leave(bot, still.slack.workspace.place("#equipment"))
    (advice,) = prepare(SMALL, directory).advice
    assert "/invite @Baton" in advice


@pytest.mark.parametrize(
    "text",
    ["", "departments: []", "departments:", "[]", "3", "people: []", "departments: {a: b}", "a: [", "\t", "- &a [*a]"],
)
def test_a_file_without_departments_is_told_so(text):
    with pytest.raises(BadFile) as bad:
        read_file(text)
    assert bad.value.faults


def test_times_stay_as_they_are_written():
    text = SMALL.replace(
        'hours: {mon-fri: "09:00-12:00,13:30-18:00"}', "hours:\n      mon: 22:30-23:00\n      tue: [9:00-10:00]"
    )
    (one,) = read_file(text)
    assert one.calendar == Calendar("Asia/Shanghai", Hours.parse({"mon": "22:30-23:00", "tue": "9:00-10:00"}), "CN")
    assert one.lead_time == LeadTime(2, "days")


def test_the_example_is_plain_yaml_that_others_can_read():
    assert len(yaml.safe_load(HOSPITAL)["departments"]) == 6


OFFERED = """\
    services:
      - name: Repair a device
        lead_time: 1d
        promise: We come to your ward.
        done_means: It runs again, tested.
        inputs:
          - Room
          - {name: Serial number, help: On the back, required: false}
          - {name: Fault, help: "What does it do?"}
"""


def with_services(services: str) -> str:
    return SMALL[: SMALL.index("    services:")] + services


def test_a_service_says_what_it_needs_and_the_export_says_it_again(still, directory):
    prepared = prepare(with_services(OFFERED), directory)
    told = still.look(changes, prepared).sentences
    assert any("needs Room; Serial number On the back (optional)" in one for one in told)
    still.act(None, load, prepared)
    service = still.look(departments.called, "equipment").services[0]
    assert [(one.name, one.help, one.required) for one in service.inputs] == [
        ("Room", "", True),
        ("Serial number", "On the back", False),
        ("Fault", "What does it do?", True),
    ]
    assert (service.promise, service.done_means) == ("We come to your ward.", "It runs again, tested.")
    again = prepare(still.look(export), directory)
    assert still.look(changes, again).sentences == ()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{name: %s, lead_time: 1d}" % ("x" * 2000), "is too long; 80 characters"),
        ("{name: Repair, lead_time: 0d}", "has to be more than nothing"),
        ("{name: Repair, lead_time: 400d}", "a year at the most"),
        (f"{{name: Repair, inputs: {list(range(13))}}}", "12 is the most"),
        ("{name: Repair, inputs: [Room, room]}", "two inputs called 'room'"),
        ("{name: Repair, inputs: [{help: x}]}", "An input has no name"),
        ("{name: Repair, inputs: [{name: Room, help: %s}]}" % ("x" * 300), "help text of the input 'Room'"),
        ("{name: Repair, promise: %s}" % ("x" * 501), "500 characters"),
    ],
)
def test_each_fault_of_a_service_is_told(directory, entry, told):
    found = faults(with_services(f"    services:\n      - {entry}\n"), directory)
    assert any(told in sentence for _, sentence in found), found
    assert all(line >= 10 for line, _ in found)


def test_a_service_has_a_ladder_of_its_own_where_it_says_so(still, directory):
    text = SMALL.replace("restate: false}", "restate: false, ladder: {not_acknowledged: 1h, late: off}}")
    text = text.replace("lead_time: 2d\n", "lead_time: 2d\n    ladder: {half_time: off}\n", 1)
    prepared = prepare(text, directory)
    still.ledger.act(load, still.workspace_id, None, still.clock.now(), None, prepared)
    equipment = still.look(departments.called, "equipment")
    (repair,) = equipment.services
    ladder = equipment.ladder_of(repair.id)
    assert (str(ladder.not_acknowledged), ladder.late, ladder.half_time) == ("1h", None, None)
    assert equipment.ladder_of(None) == equipment.ladder
    assert str(equipment.ladder.not_acknowledged) == "2h"
    assert still.look(changes, prepared).sentences == ()
    written = still.look(export)
    again = prepare(yaml.safe_load(written) and written, directory)
    assert next(plan for plan in again.plans if plan.key == "equipment").services == prepared.plans[0].services


@pytest.mark.parametrize("ladder", ["{lunch: 2h}", "{verdict_first: off}", "{verdict_second: 1d}"])
def test_a_ladder_of_a_service_that_cannot_be_climbed_is_told(directory, ladder):
    text = SMALL.replace("restate: false}", f"restate: false, ladder: {ladder}}}")
    assert [line for line, _ in faults(text, directory)] == [12]


def test_what_an_older_ledger_holds_loads_again_however_long_its_names_are(still, directory):
    long = "Department of " + "x" * 90
    still.act(None, load, prepare(SMALL, directory))
    before = as_plan(still.look(departments.called, "equipment"))
    old = replace(
        before, names=(long,), services=tuple(replace(one, name=long, names=(long,)) for one in before.services)
    )
    still.act(None, setting_up.set_up, old)
    text = still.look(export)
    assert len(faults(text, directory)) == 2
    again = prepare(text, directory, still.look(names_held))
    assert still.look(changes, again).sentences == ()
