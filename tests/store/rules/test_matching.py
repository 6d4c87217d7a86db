"""Whose words stand in a text: whole words and plurals in English, anywhere in Chinese; the longest wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.matching import MOST, Match, commonest, find, key, phrases, telling

GASKET, PUMP, FORM, DIANPIAN = (
    Match(1, 10, "gasket"),
    Match(2, 20, "pump"),
    Match(3, 30, "gasket order form"),
    Match(4, 10, "垫片"),
)
KNOWN = (GASKET, PUMP, FORM, DIANPIAN)


@pytest.mark.parametrize(
    "text",
    [
        "need a new gasket",
        "Two GASKETS, please",
        "ＧＡＳＫＥＴ!",
        "gasket-holder? no: gasket",
        "换gasket吗",
        "the gasket's edge",
        "a (gasket)",
    ],
)
def test_a_word_is_found_whatever_its_case_width_or_number(text: str) -> None:
    assert find(text, KNOWN).only == GASKET


@pytest.mark.parametrize("text", ["need gasketing", "megagasket", "a gas ket", "", "垫", "gasket2"])
def test_a_part_of_a_word_is_not_the_word(text: str) -> None:
    assert find(text, KNOWN).matches == ()


def test_chinese_is_found_wherever_it_stands() -> None:
    assert find("请更换3号分析仪的垫片", KNOWN).only == DIANPIAN


def test_the_longest_wins_and_two_that_compete_are_both_told() -> None:
    assert find("fill in the gasket  order forms", KNOWN).only == FORM
    lamp = Match(5, 50, "lamp")
    assert {one.department_id for one in find("pump and lamp", (*KNOWN, lamp)).matches} == {20, 50}
    assert find("pump and lamp", (*KNOWN, lamp)).only is None
    assert find("垫片", (*KNOWN, Match(6, 60, "垫片"))).only is None


@pytest.mark.parametrize(("kept", "text"), [("batteries", "a battery"), ("battery", "batteries"), ("boxes", "one box")])
def test_singular_and_plural_are_one(kept: str, text: str) -> None:
    assert find(text, [Match(1, 1, kept)]).only is not None


def test_what_is_to_be_remembered_is_parted_at_commas() -> None:
    assert phrases(" gasket，seal ring、 gaskets ,x, 垫片\n垫") == ("gaskets", "seal ring", "垫片")
    assert len(phrases(",".join(f"word{n}" for n in range(50)))) == MOST


def test_the_telling_words_of_an_ask() -> None:
    assert telling("Please replace the gasket of analyser 3 by Friday") == ("gasket", "analyser")
    assert telling("请更换3号分析仪的垫片") == ("分析仪", "垫片")
    assert telling("") == ()
    assert commonest(["two gaskets", "a gasket and a pump"]) == [("gasket", 2), ("pump", 1)]


@given(st.text(max_size=200), st.text(min_size=2, max_size=40))
def test_a_phrase_finds_itself_in_any_text_around_it(text: str, phrase: str) -> None:
    """Hostile input too: nothing raises, and what is remembered is found where it stands alone."""
    telling(text)
    find(text, [Match(1, 1, phrase)])
    for one in phrases(phrase):
        if key(one)[0].isalnum() and key(one)[-1].isalnum():
            assert find(f"{text} . {one} . {text}", [Match(1, 1, one)]).only is not None
