"""The catalogue, the list of services and their form: Slack takes them in both languages, whatever was written."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.cards import catalogue, expecting, service_changes, service_form, services
from handlers.cards.catalogue import Standing
from handlers.cards.service_form import Writing
from handlers.words import Words
from sandbox.blockkit import check_blocks, check_view
from store.honest_date import HonestDate, Stretch
from store.queries.expecting import Expected
from store.rules.closings import Closing
from store.rules.history import History, Span
from store.rules.offering import LONGEST_HELP, LONGEST_NAME, LONGEST_TEXT, MOST_INPUTS, MOST_SERVICES, Input, faults
from store.services import FIELDS, marks
from store.snapshots import Department, Service
from tests.handlers.test_ask_card import HOSTILE
from tests.store.world import World

BOTH = pytest.mark.parametrize("words", [Words("en-US"), Words("zh-CN")], ids=["en", "zh"])
WRITTEN = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(f"sqlite:///{tmp_path_factory.mktemp('services') / 'baton.db'}")
    yield made
    made.close()


def full(department: Department, text: str) -> Department:
    """With as many services as there may be, each as long as it may be."""
    name = (text.strip() or "x")[: LONGEST_NAME - 4]
    inputs = tuple(Input(f"{n} {name}", text[:LONGEST_HELP], n % 2 == 0) for n in range(MOST_INPUTS))
    one = department.services[0]
    many = tuple(
        Service(
            n,
            f"{n} {name}",
            tuple(f"{n} {name}" for _ in range(20)),
            one.lead_time,
            "UPIA",
            True,
            inputs,
            text[:LONGEST_TEXT],
            text[:LONGEST_TEXT],
        )
        for n in range(1, MOST_SERVICES + 1)
    )
    return replace(department, services=many)


@BOTH
@WRITTEN
def test_the_catalogue_fits_message_and_window(world: World, words: Words, text: str) -> None:
    department = full(world.department(), text)
    closing = Closing(world.now.date(), world.now.date() + timedelta(days=3), world.now.date(), None)
    history = {one.id: History(100, Span(3, "days"), Span(7, "hours")) for one in department.services}
    for standing in (
        Standing("UPIA", "UOMAR", False, world.now, closing),
        Standing(None, None, False, None, None),
        Standing("UPIA", "UPIA", True, world.now, None),
    ):
        for page in (0, 5, 11):
            card = catalogue.department_card(department, standing, history, page, words)
            assert check_blocks(card["blocks"], "message") == []
            assert check_view(catalogue.window(card, words, back=True)) == []
    assert "<!channel>" not in json.dumps([block for block in card["blocks"] if block["type"] == "section"])
    listed = catalogue.list_card([department] * 40, 2, words)
    assert check_view(catalogue.window(listed, words)) == []
    assert check_view(catalogue.window(catalogue.list_card([], 0, words), words)) == []


@BOTH
@WRITTEN
def test_the_list_and_the_form_are_views(world: World, words: Words, text: str) -> None:
    department = full(world.department(), text)
    service = department.services[0]
    for page in (0, 4, 99):
        assert check_view(services.services_window(department, page, words, "*Done.*")) == []
    assert check_view(services.services_window(replace(department, services=()), 0, words)) == []
    kept = {"department": 1, "service": 1, "marks": marks(service), "under": "V123", "page": 0}
    told = service_form.meanwhile(service, FIELDS, None, words)
    assert check_view(service_form.service_form(department, service_form.written(service), kept, words, told)) == []
    assert check_view(service_form.service_form(department, Writing(), {"department": 1}, words, rows=50)) == []


@BOTH
def test_what_changed_and_what_is_expected_is_told(world: World, words: Words) -> None:
    plain = {"name": "Mop", "lead_time": "1d", "inputs": [], "owner_id": None, "restate": False}
    other = plain | {"lead_time": "2d", "inputs": [{"name": "Room"}], "owner_id": "UPIA", "restate": True}
    told = service_changes.told([plain, {"name": "Sweep"}], [{"name": "Dust"}, other], words)
    for said in ("Mop", "Sweep", "Dust", "1d", "2d", "Room", "<@UPIA>"):
        assert said in told
    ahead = Expected(HonestDate(world.now, world.now, False, (Stretch("UPIA", world.now, None, None),)), None, None)
    assert "<@UPIA>" in expecting.told(world.department(), None, ahead, words)


@BOTH
def test_each_fault_has_its_sentence(words: Words) -> None:
    inputs = (*(Input(f"Room {n}") for n in range(12)), Input("room 1"), Input("", "x"), Input("y" * 81, "z" * 201))
    found = faults(("", *("x" * 81,) * 20), "p" * 501, "d" * 501, inputs)
    assert {fault.reason for fault in [*found, *faults(("Mop",), None, None, (), ("mop ",))]} == {
        *("no_name", "too_many_names", "name_too_long", "text_too_long", "too_many_inputs"),
        *("input_twice", "input_without_name", "input_too_long", "help_too_long", "taken"),
    }
    for fault in [*found, *faults(("Mop",), None, None, (), ("mop ",))]:
        assert all(service_form.errors([fault], words).values())
