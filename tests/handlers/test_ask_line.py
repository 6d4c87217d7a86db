"""Whom does a line ask? The forms in which Slack sends names, Chinese that runs on, slips, and what is no address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ask_line import address, service_in
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.snapshots import Department, Service

CALENDAR = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-18:00"}))
DAY = LeadTime(1, "days")


def department(number: int, key: str, *names: str, group: str | None = None, lead: str = "ULIN") -> Department:
    return Department(
        number, key, names, "C1", lead, ("UPIA", "WBO"), CALENDAR, DAY, "en-US", Ladder(), False, group, ()
    )


EQUIPMENT = department(1, "equipment", "Equipment", "设备科", "设备")
FINANCE = department(2, "finance", "Finance", "财务科", group="SFIN", lead="UWEI")
FINANCE_OFFICE = department(3, "finance-office", "Finance Office", lead="UWEI")
WARD = department(4, "ward", "Ward 3", "三病区", lead="UZOE")
ALL = [EQUIPMENT, FINANCE, FINANCE_OFFICE, WARD]


@pytest.mark.parametrize(
    ("text", "asked", "rest"),
    [
        ("@equipment Replace it", EQUIPMENT, "Replace it"),
        ("@Equipment: replace it", EQUIPMENT, "replace it"),
        ("@EQUIPMENT, replace it", EQUIPMENT, "replace it"),
        ("@ equipment replace it", EQUIPMENT, "replace it"),
        ("＠equipment replace it", EQUIPMENT, "replace it"),
        ("@ｅｑｕｉｐｍｅｎｔ replace it", EQUIPMENT, "replace it"),
        ("@equipment", EQUIPMENT, ""),
        ("@设备科 更换垫片", EQUIPMENT, "更换垫片"),
        ("@设备科更换垫片", EQUIPMENT, "更换垫片"),
        ("@设备科，更换垫片", EQUIPMENT, "更换垫片"),
        ("@设备更换垫片", EQUIPMENT, "更换垫片"),
        ("＠财务科请付款", FINANCE, "请付款"),
        ("@ward 3 needs a bed", WARD, "needs a bed"),
        ("@finance pay it", FINANCE, "pay it"),
        ("@finance office pay it", FINANCE_OFFICE, "pay it"),
        ("@finance-office pay it", FINANCE_OFFICE, "pay it"),
        ("<!subteam^SFIN|@finance> pay it", FINANCE, "pay it"),
        ("<!subteam^SFIN> pay it", FINANCE, "pay it"),
        ("<!subteam^SOTHER|@equipment> fix it", EQUIPMENT, "fix it"),
        ("Please fix the pump @equipment by Friday", EQUIPMENT, "Please fix the pump by Friday"),
        ("请换垫片 @设备科", EQUIPMENT, "请换垫片"),
    ],
)
def test_a_department_is_read(text: str, asked: Department, rest: str) -> None:
    found = address(text, ALL)
    assert found.department is asked
    assert (found.rest, found.person_id, found.unknown) == (rest, None, "")


@pytest.mark.parametrize(
    ("text", "person", "rest"),
    [
        ("@equipment <@UPIA|pia> Replace it", "UPIA", "Replace it"),
        ("@equipment <@WBO> Replace it", "WBO", "Replace it"),
        ("@equipment <@ULIN>, replace it", "ULIN", "replace it"),
        ("@设备科<@UPIA>换垫片", "UPIA", "换垫片"),
        ("@equipment <@UANN> needs a chair", None, "<@UANN> needs a chair"),
        ("@equipment a chair for <@UPIA>", None, "a chair for <@UPIA>"),
    ],
)
def test_somebody_of_the_department_named_right_behind_it_owns_it(text: str, person: str | None, rest: str) -> None:
    found = address(text, ALL)
    assert (found.department, found.person_id, found.rest) == (EQUIPMENT, person, rest)


def test_a_person_alone() -> None:
    found = address("<@UPIA|pia> Calibrate the scales", ALL)
    assert (found.department, found.person_id, found.rest) == (None, "UPIA", "Calibrate the scales")


@pytest.mark.parametrize(
    ("text", "unknown", "rest"),
    [
        ("@finanze pay it", "finanze", "pay it"),
        ("@finances pay it", "finances", "pay it"),
        ("@采购部买垫片", "采购部买垫片", "采购部买垫片"),
        ("@equipmentt", "equipmentt", ""),
        ("<!subteam^SNEW|@surgeons> help", "surgeons", "help"),
        ("pay it", "", "pay it"),
        ("mail a@equipment.example", "", "mail a@equipment.example"),
        ("tell @equipment and @finance", "", "tell @equipment and @finance"),
        ("<https://x.example/@equipment|x>", "", "<https://x.example/@equipment|x>"),
        ("@", "", "@"),
    ],
)
def test_what_is_no_department_is_not_read_as_one(text: str, unknown: str, rest: str) -> None:
    found = address(text, ALL)
    assert found.department is None
    assert (found.unknown, found.rest) == (unknown, rest)


def service(number: int, name: str, *names: str) -> Service:
    return Service(number, name, names, DAY, None, False)


REPAIR = service(1, "Repair a device", "repair", "维修")
LEND = service(2, "Lend a device", "lend")
WRITE_OFF = service(3, "Write off", "device")
SERVICES = (REPAIR, LEND, WRITE_OFF)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Please repair the pump", REPAIR),
        ("REPAIR", REPAIR),
        ("repairs are late", None),
        ("unrepair it", None),
        ("请维修输液泵", REPAIR),
        ("repair a device in room 4", REPAIR),
        ("repair or lend one", None),
        ("a new chair", None),
        ("", None),
    ],
)
def test_a_service_is_read_only_from_whole_words_and_only_if_it_is_the_only_one(
    text: str, found: Service | None
) -> None:
    assert service_in(text, SERVICES) is found


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault_and_no_word_is_lost(text: str) -> None:
    found = address(text, ALL)
    kept = "".join(found.rest.split())
    assert all(letter in "".join(text.split()) for letter in kept)
    if found.department is None and found.person_id is None and not found.unknown:
        assert found.rest == text.strip()
