"""A busy morning, for tests that want one payload of every kind: what it left is in the sandbox's traffic.

Nothing it opens is closed: offers, questions, objections and forms are still pending at its end.
"""

import json
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from sandbox.people import Person
from sandbox.slack import Slack
from sandbox.story import Story
from tests.stories.test_advice import PUMP
from tests.stories.test_asking_the_asker import ask
from tests.stories.test_department_settings import edit
from tests.stories.test_handing_over import hand_over
from tests.stories.test_my_nudges import choose
from tests.stories.test_objecting import object_to

Payload = dict[str, Any]


def live(slack: Story, secret: str = "") -> None:
    """Ann asks for much and everybody does something. `secret` stands in what she asks for."""
    ann, lin, omar, pia, gu = (slack.person(one) for one in ("ann", "lin", "omar", "pia", "gu"))
    _settle(slack, ann, lin, secret)
    slack.ask(ann, f"{PUMP} {secret} by December 11 3pm", channel="#ward")
    slack.sees(pia, "You own #2", where="dm")
    seek_advice(slack, pia, 2)
    slack.ask(ann, f"@equipment repair: the lamp {secret} by December 11 3pm", channel="#ward")
    slack.sees(pia, "You own #3", where="dm")
    put_down(slack, pia, 3)
    object_to(slack, ann, lin)
    slack.ask(ann, f"@equipment lend a device: a scale {secret} by December 11 3pm", channel="#ward")
    slack.sees(omar, "You own #4", where="dm")
    slack.click(omar, "Acknowledge", on="You own #4", where="dm")
    slack.click(omar, "Deliver", on="You own #4", where="dm")
    slack.fill(omar, {"What shows that it is done": f"On the table {secret}"})
    assert slack.submit(omar) is None
    slack.sees(ann, "On the table", where="dm")
    hand_over(slack, lin, omar)
    slack.sees(omar, "take it?", where="dm")
    for who, typed in (
        (lin, "/monkeys"),
        (lin, "/monkeys @equipment"),
        (lin, "/standup"),
        (lin, "/standup every weekday at 09:30"),
        (ann, "/ask"),
        (lin, "/away until friday deputy @omar"),
        (lin, "/back"),
        (lin, "/duty"),
    ):
        assert slack.command(who, typed, channel="#equipment" if who is lin else "#ward").ok
    assert choose(slack, pia, quiet="20:00-07:00") is None
    slack.open_home(lin)
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Names and channel")
    assert slack.submit(lin) is None
    slack.command(gu, "/dept new")
    slack.wait_until_quiet()


def _settle(slack: Story, ann: Person, lin: Person, secret: str) -> None:
    """The first ask: changed, agreed to, asked about and answered."""
    slack.ask(ann, f"@equipment Replace the gasket {secret} by December 11 3pm", channel="#ward")
    slack.sees(lin, "You own #1", where="dm")
    slack.click(lin, "Acknowledge with changes", on="You own #1", where="dm")
    slack.fill(lin, {"I will deliver this": f"A second-hand gasket {secret}"})
    assert slack.submit(lin) is None
    offered = slack.sees(ann, "A second-hand gasket", where="dm")
    slack.click(ann, "Yes, that's it", on=offered)
    slack.wait_until_quiet()
    ask(slack, lin, f"Which colour? {secret}")
    slack.sees(ann, "asks you about #1", where="dm")
    slack.click(ann, "Answer", on="asks you about #1", where="dm")
    slack.fill(ann, {"Your answer": f"Red {secret}"})
    assert slack.submit(ann) is None


def seek_advice(slack: Story, owner: Person, number: int) -> None:
    """The owner asks their lead, and has no answer yet."""
    slack.click(owner, "Ask for advice", on=f"You own #{number}", where="dm")
    slack.fill(owner, {"I suggest …": "A new one"})
    assert slack.submit(owner) is None
    slack.sees("lin", f"asks for your advice on #{number}", where="dm")


def put_down(slack: Story, owner: Person, number: int) -> None:
    """The owner puts an ask down."""
    slack.click(owner, "Put down ask", on=f"You own #{number}", where="dm")
    slack.fill(owner, {"Why you put it down": "No spare parts"})
    assert slack.submit(owner) is None


def heard_of(sandbox: Slack, workspace_id: str) -> list[Payload]:
    """What Slack has told Baton of a workspace, oldest first."""
    told = [entry.request for entry in sandbox.traffic.after(0) if entry.direction == "out"]
    return [deepcopy(one) for one in told if isinstance(one, dict) and workspace_id in json.dumps(one)]


def encoded(payload: Payload) -> tuple[str, bytes]:
    """As Slack sends it: the content type and the body."""
    if payload.get("type") == "event_callback":
        return "application/json", json.dumps(payload).encode()
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(fields, errors="replace").encode()
