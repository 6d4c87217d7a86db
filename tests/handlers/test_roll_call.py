"""On paper: every feature is at the roll call, every button has a listener, and every listener a button."""

import re
from pathlib import Path
from typing import Any, cast

import pytest
from slack_bolt import App

import handlers
from handlers.card_menu import CHOICES
from handlers.desk import Desk

ROOT = Path(handlers.__file__).parent
FEATURES = {feature.__name__.rpartition(".")[2] for feature in handlers.FEATURES} | {"card"}
CARDS = "".join(card.read_text(encoding="utf-8") for card in sorted((ROOT / "cards").glob("*.py")))


class Listening:
    """Stands in for Bolt's App while the features register."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Any:
        def register(what: Any) -> Any:
            self.heard.setdefault(kind, []).append(what)
            return lambda listener: listener

        return register


@pytest.fixture(scope="module")
def heard() -> dict[str, list[Any]]:
    listening = Listening()
    handlers.register(cast(App, listening), cast(Desk, None))
    return listening.heard


def drawn() -> set[str]:
    """The action ids as they stand in the cards; of one that ends in a number, what stands before it."""
    found = re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)[.:"]', CARDS)
    return {one for one in found if one.partition(".")[0] in FEATURES}


def answers(listener: Any, action_id: str) -> bool:
    """Whether a listener hears this id, or those that begin with it."""
    if isinstance(listener, re.Pattern):
        return listener.search(f"{action_id}.0") is not None
    return bool(listener == action_id or listener.startswith(f"{action_id}."))


def test_every_feature_is_at_the_roll_call_once() -> None:
    there_are = {path.stem for path in ROOT.glob("*.py") if "\ndef register(" in path.read_text(encoding="utf-8")}
    assert there_are - {"__init__"} == {feature.__name__.rpartition(".")[2] for feature in handlers.FEATURES}
    assert len(set(handlers.FEATURES)) == len(handlers.FEATURES)


def test_what_is_used_most_is_asked_first(heard: dict[str, list[Any]]) -> None:
    assert handlers.FEATURES[0].__name__ == "handlers.ask"


def test_every_button_is_heard(heard: dict[str, list[Any]]) -> None:
    listeners = [*heard["action"], *heard["view"], *CHOICES]
    assert {one for one in drawn() if not any(answers(listener, one) for listener in listeners)} == set()


def test_every_listener_has_its_button(heard: dict[str, list[Any]]) -> None:
    plain = {one for one in heard["action"] if isinstance(one, str)}
    assert {one for one in plain if one not in drawn() and one.rpartition(".")[0] not in drawn()} == set()


def test_nothing_is_registered_twice(heard: dict[str, list[Any]]) -> None:
    for kind, listeners in heard.items():
        assert len(listeners) == len(set(map(str, listeners))), kind
