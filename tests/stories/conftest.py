"""Stories, told through the sandbox and the whole bot beside it, over real HTTP.

    def test_a_nurse_gets_her_gasket(slack, clock, ann, pia):
        slack.ask(ann, "@equipment Replace the gasket of analyser 3 by Friday 3pm", channel="#ward")
        slack.sees(pia, "Replace the gasket", where="dm")
        slack.click(pia, "Acknowledge")
        clock.forward(hours=3)            # nudges that fall due are sent before this returns
        slack.assert_quiet()              # nothing was said that nobody saw, nothing is left in the outbox

It is Monday, 23 November 2026, nine o'clock in Shanghai, and stays so until the clock is wound. People are fixtures by
their handle. Lin leads Equipment (omar, pia), Zoe the ward (ann, mei), Tao purchasing (nina, bo), Wei finance (fang,
sam), Gu the office (kit, hua) and is an administrator; Vera is a guest. mei, tao, bo, wei, fang, gu, hua read Chinese.
`world` holds the rest: `world.look(query, …)`, `world.baton`, `world.sandbox`, `world.ledger`.
"""

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from tests.hospital import PEOPLE, BatonStory, Hospital

StoryWorld = Hospital


@pytest.fixture
def world(hospital: Hospital) -> Hospital:
    return hospital


@pytest.fixture
def slack(hospital: Hospital) -> BatonStory:
    return hospital.slack


@pytest.fixture
def clock(hospital: Hospital) -> Clock:
    return hospital.clock


def _person_called(handle: str) -> object:
    @pytest.fixture(name=handle)
    def person(slack: BatonStory) -> Person:
        return slack.person(handle)

    return person


for _handle in PEOPLE:
    globals()[f"_fixture_{_handle}"] = _person_called(_handle)
