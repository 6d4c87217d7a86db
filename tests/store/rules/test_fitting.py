"""Which services fit what was typed: by name, synonym and form of word, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.rules.fitting import fitting

EQUIPMENT = (
    (1, ("Repair a device", "repair", "维修")),
    (2, ("Lend a device", "借用设备")),
    (3, ("Write off a device", "报废")),
)
FINANCE = ((4, ("Pay an invoice", "invoice", "付款")), (5, ("Approve a budget", "budget", "预算")))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Please repair the pump in room 4", (1,)),
        ("Repairing devices takes long", (1,)),
        ("repairs are late", ()),
        ("lending us two devices would help", (2,)),
        ("REPAIR A DEVICE", (1,)),
        ("请维修4号房的泵", (1,)),
        ("我想借用一台设备", (2,)),
        ("Replace the gasket of analyser 3", ()),
        ("A new device", ()),
        ("irreparable", ()),
        ("", ()),
    ],
)
def test_one_is_clear_and_nothing_is_guessed(text: str, fits: tuple[int, ...]) -> None:
    assert fitting(text, EQUIPMENT) == fits


def test_several_are_told_in_their_order() -> None:
    assert fitting("the budget for this invoice", FINANCE) == (4, 5)
    assert fitting("Pay the gasket", FINANCE) == ()


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    offered = ((1, ("spare part",)), (2, ("Order a spare part",)), (3, ("part",)))
    assert fitting("order a spare part for the pump", offered) == (2,)
    assert fitting("a spare part for the pump", offered) == (1,)
    assert fitting("a spare part for the pump, and order a spare part", offered) == (1, 2)


def test_as_it_stands_is_better_than_word_by_word() -> None:
    offered = ((1, ("door key",)), (2, ("key of the office",)))
    assert fitting("a door key for the office", offered) == (1,)


@given(some.text(max_size=300), some.lists(some.lists(some.text(max_size=30), max_size=3), max_size=5))
def test_whatever_is_typed_it_answers_with_what_is_offered(text: str, names: list[list[str]]) -> None:
    offered = list(enumerate(names))
    found = fitting(text, offered)
    assert list(found) == [one for one, _ in offered if one in found]


@given(some.sampled_from([name for _, names in EQUIPMENT for name in names]))
def test_every_name_fits_itself(name: str) -> None:
    assert len(fitting(f"x {name}, y", EQUIPMENT)) == 1
