"""Tests that read like a story, told through a running sandbox.

    slack = Story(sandbox)
    ann, bo = slack.person("ann"), slack.person("bo")

    slack.ask(ann, "@equipment Replace the gasket by Friday 3pm", channel="#ward")
    slack.sees(ann, "received", where="ephemeral")
    slack.sees(bo, "Replace the gasket", where="#equipment")
    slack.click(bo, "Acknowledge")
    slack.sees(ann, "acknowledged", where="dm")

    slack.click(bo, "Deliver")                       # opens a modal
    slack.fill(bo, {"What was done": "A new gasket"})
    assert slack.submit(bo) is None                  # no errors: it closed
    slack.assert_quiet()                             # nothing was said that nobody expected

``click``, ``choose``, ``ask``, ``command`` and ``shortcut`` return an ``Outcome``: HTTP status, body and milliseconds
of the app's own answer. ``sees`` waits up to five real seconds and returns the message; what one person has seen
they do not see again, until it is edited.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sandbox import finding
from sandbox.acts import Acts
from sandbox.apps import App
from sandbox.conversations import Conversation
from sandbox.memory import Memory
from sandbox.messages import Message
from sandbox.outcomes import Outcome
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.slack import Slack
from sandbox.views import View
from sandbox.workspace import Workspace

PATIENCE = 5.0
SETTLED = 0.15
LOOK_AGAIN, LOOK_ANYWAY = 0.005, 0.05


class Story:
    """The people of one workspace, acting and looking. ``busy`` tells whether the app still has work in hand."""

    def __init__(
        self,
        sandbox: Slack,
        workspace: Workspace | None = None,
        *,
        patience: float = PATIENCE,
        settled: float = SETTLED,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """``patience``: real seconds that ``sees`` waits; ``settled``: how long nothing must happen to be quiet."""
        self.sandbox = sandbox
        self.workspace = workspace or sandbox.workspace
        self.acts = Acts(sandbox, self.workspace)
        self.patience = patience
        self.settled = settled
        self.busy = busy
        self.memory = Memory(sandbox, self.workspace)

    def person(self, who: str | Person) -> Person:
        """Somebody by handle or id."""
        return self.workspace.someone(who)

    def say(self, person: Person | str, where: str, text: str, thread: Message | None = None) -> Message:
        """Say something in "#channel", or in the direct message with an app or a person ("@handle")."""
        someone = self.person(person)
        parent = (thread.thread_ts or thread.ts) if thread is not None else None
        return self.acts.say(someone, self._place(someone, where), text, parent)

    def ask(self, person: Person | str, text: str, channel: str | None = None) -> Outcome:
        """Type ``/ask`` with ``text``."""
        return self.command(person, f"/ask {text}", channel)

    def command(
        self, person: Person | str, typed: str, channel: str | None = None, thread: Message | None = None
    ) -> Outcome:
        """Type a slash command, in ``channel`` or in the first channel that the person is in."""
        someone = self.person(person)
        place = self._place(someone, channel) if channel else self._some_place(someone)
        return self.acts.command(someone, place, typed, thread.ts if thread else None)

    def click(
        self,
        person: Person | str,
        label: str,
        *,
        on: str | Message | View | None = None,
        where: str | None = None,
    ) -> Outcome:
        """Press the newest button (or choose the overflow item or option) of that label before the person.

        ``on`` narrows it to things that say so, or to one message; ``where`` as in ``sees``. A modal's own submit
        button is pressed by its label too. AssertionError, with all labels there are, when there is none.
        """
        someone = self.person(person)
        presses: list[Callable[[], Outcome]] = []

        def look() -> bool:
            press = self._press(someone, label, on, where)
            if press is not None:
                presses.append(press)
            return bool(presses)

        if not self._wait(look):
            raise AssertionError(f"{someone.name} has no {label!r} before them.\n{self._everything(someone, where)}")
        return presses[0]()

    def _press(
        self, person: Person, label: str, on: str | Message | View | None, where: str | None
    ) -> Callable[[], Outcome] | None:
        for thing in self._candidates(person, on, where):
            if isinstance(thing, View) and (thing.body.get("submit") or {}).get("text") == label:
                return partial(self.acts.submit, person, thing)
            for found in finding.labelled(thing, label, person):
                action_id = found.element["action_id"]
                return partial(self.acts.click, person, found.container, found.block_id, action_id, found.chosen)
        return None

    def choose(
        self,
        person: Person | str,
        label: str,
        option: Any,
        *,
        on: str | Message | View | None = None,
        where: str | None = None,
    ) -> Outcome:
        """Choose ``option`` in the menu or picker called ``label`` (its field's label, section text or placeholder)."""
        someone = self.person(person)
        fields: list[tuple[Message | View, Json, Json]] = []

        def look() -> bool:
            for thing in self._candidates(someone, on, where):
                found = finding.field(thing, label)
                if found is not None:
                    fields.append((thing, *found))
                    break
            return bool(fields)

        if not self._wait(look):
            raise AssertionError(f"{someone.name} has no field {label!r}.\n{self._everything(someone, where)}")
        thing, block, element = fields[0]
        value = self._value(someone, thing, block, element, option)
        return self.acts.click(someone, thing, block["block_id"], element["action_id"], value)

    def fill(self, person: Person | str, values: Mapping[str, Any] | None = None, /, **more: Any) -> Outcome | None:
        """Fill the top modal's fields by their labels. Fields that dispatch tell the app at once: the last Outcome."""
        someone = self.person(person)
        outcome: Outcome | None = None
        for label, given in {**(values or {}), **more}.items():
            view = self.modal(someone)
            found = finding.field(view, label) or finding.field(view, label.replace("_", " "))
            if found is None:
                raise AssertionError(
                    f"no field {label!r} in the modal.\n{finding.words_on(self.workspace, view, someone)}"
                )
            block, element = found
            value = self._value(someone, view, block, element, given)
            typed = {"type": element["type"], **value}
            if block.get("dispatch_action") or block["type"] != "input":
                outcome = self.acts.click(someone, view, block["block_id"], element["action_id"], value)
            else:
                view.enter({block["block_id"]: {element["action_id"]: typed}})
        return outcome

    def submit(self, person: Person | str) -> dict[str, str] | None:
        """Submit the top modal. None if it was accepted, else the errors by the label of their field.

        A failure of the app itself (no answer in time, say) is an AssertionError.
        """
        someone = self.person(person)
        view = self.modal(someone)
        outcome = self.acts.submit(someone, view)
        if outcome.error is not None:
            raise AssertionError(f"the submission failed: {outcome.error} {outcome.body}")
        if not outcome.errors:
            return None
        labels = {block.get("block_id"): (block.get("label") or {}).get("text", "") for block in view.blocks}
        return {labels.get(block_id) or block_id: text for block_id, text in outcome.errors.items()}

    def submitted(self, person: Person | str) -> Outcome:
        """Submit the top modal and tell all about the answer."""
        someone = self.person(person)
        return self.acts.submit(someone, self.modal(someone))

    def close(self, person: Person | str, *, whole_stack: bool = False) -> Outcome:
        """Close the top modal."""
        someone = self.person(person)
        return self.acts.close(someone, self.modal(someone), whole_stack=whole_stack)

    def shortcut(self, person: Person | str, name: str, message: Message | None = None) -> Outcome:
        """Choose a shortcut by its name or callback_id, on a message or globally."""
        someone = self.person(person)
        for installation in self.workspace.installations.values():
            for shortcut in installation.app.manifest.shortcuts:
                if name in (shortcut.name, shortcut.callback_id):
                    place = self.workspace.conversations[message.channel] if message else None
                    return self.acts.shortcut(someone, shortcut.callback_id, place, message)
        raise AssertionError(f"no shortcut called {name!r}")

    def open_home(self, person: Person | str, app: str | None = None) -> None:
        """Open the Home tab of the app (by name; default: the first that has one) and wait until it was delivered."""
        someone = self.person(person)
        self.acts.open_home(someone, self._app(app))
        self.wait_until_quiet()

    def modal(self, person: Person | str) -> View:
        """The modal on top of what the person has open; waits for one to open."""
        someone = self.person(person)
        stack = self.workspace.views.stack(someone.id)
        self._wait(lambda: bool(stack) or bool(self.workspace.views.stack(someone.id)))
        stack = self.workspace.views.stack(someone.id)
        if not stack:
            raise AssertionError(f"{someone.name} has no modal open")
        return stack[-1]

    def sees(self, person: Person | str, text: str = "", where: str | None = None) -> Message | View:
        """Wait for something the person has not seen yet that says ``text``, and return it as seen.

        ``where``: "#channel", "dm", "ephemeral", "modal", "home", or None for any message.
        """
        someone = self.person(person)
        found: list[Message | View] = []

        def look() -> bool:
            thing = self.memory.unseen(someone, text, where)
            if thing is not None:
                found.append(thing)
            return bool(found)

        if not self._wait(look):
            place = f" in {where}" if where else ""
            raise AssertionError(f"{someone.name} does not see {text!r}{place}.\n{self._everything(someone, where)}")
        return found[0]

    def sees_message(self, person: Person | str, text: str = "", where: str | None = None) -> Message:
        """``sees`` for what must be a message."""
        thing = self.sees(person, text, where)
        assert isinstance(thing, Message)
        return thing

    def sees_not(self, person: Person | str, text: str = "", where: str | None = None) -> None:
        """Wait until all is quiet; nothing that the person has not seen yet may say ``text``."""
        self.wait_until_quiet()
        someone = self.person(person)
        thing = self.memory.unseen(someone, text, where, mark=False)
        if thing is not None:
            raise AssertionError(f"{someone.name} sees {text!r}:\n{finding.words_on(self.workspace, thing, someone)}")

    def reads(self, person: Person | str, where: str | None = None) -> str:
        """All that the person can read there, oldest first, without marking it as seen."""
        someone = self.person(person)
        with self.sandbox.lock:
            things = list(finding.before(self.workspace, someone, where))
            return "\n\n".join(finding.words_on(self.workspace, thing, someone) for thing in reversed(things))

    def wait_until_quiet(self, seconds: float | None = None) -> bool:
        """Wait until nothing is under way between sandbox and apps. False if it still is after ``seconds``."""
        return self._wait(
            lambda: self.sandbox.traffic.quiet_for() >= self.settled and not self.busy(), seconds or self.patience * 2
        )

    def expect_no_more_of(self, *messages: Message) -> None:
        """Call messages expected that nobody has looked at by ``sees``."""
        self.memory.expect(list(messages))

    def forget(self) -> None:
        """Call everything said so far expected (after a story's preparation)."""
        self.wait_until_quiet()
        self.memory.expect(self.memory.said_by_apps())

    def assert_quiet(self) -> None:
        """Wait until the traffic rests; fail with every message that nobody expected."""
        assert self.wait_until_quiet(), "the traffic between the sandbox and its apps does not come to rest"
        left = self.memory.unexpected()
        if left:
            raise AssertionError(
                "nobody expected:\n" + "\n".join(f"- {self.memory.described(message)}" for message in left)
            )

    def _value(self, person: Person, thing: Message | View, block: Json, element: Json, given: Any) -> Json:
        if "external_select" in element["type"]:
            words = [given] if isinstance(given, str) else list(given)
            offered = [
                option
                for word in words
                for option in self.acts.suggest(person, thing, block["block_id"], element["action_id"], word)
            ]
            element = {**element, "options": offered}
        return finding.value_for(self.workspace, element, given)

    def _candidates(self, person: Person, on: str | Message | View | None, where: str | None) -> list[Message | View]:
        if isinstance(on, Message | View):
            return [on]
        with self.sandbox.lock:
            things = list(finding.before(self.workspace, person, where))
            return [one for one in things if on is None or on in finding.words_on(self.workspace, one, person)]

    def _everything(self, person: Person, where: str | None) -> str:
        with self.sandbox.lock:
            things = list(finding.before(self.workspace, person, where))[:8]
            texts = [finding.words_on(self.workspace, thing, person) for thing in things]
        return "What is there, newest first:\n" + "\n---\n".join(texts)

    def _wait(self, condition: Callable[[], bool], seconds: float | None = None) -> bool:
        end = time.monotonic() + (seconds or self.patience)
        changes = self.sandbox.stream.changes
        while not condition():
            if time.monotonic() > end:
                return False
            looked = time.monotonic()
            while changes == self.sandbox.stream.changes and time.monotonic() < looked + LOOK_ANYWAY:
                time.sleep(LOOK_AGAIN)
            changes = self.sandbox.stream.changes
        return True

    def _place(self, person: Person, where: str) -> Conversation:
        if where.startswith("@"):
            other = self.person(where)
            return self.workspace.direct([person.id, other.id], self.sandbox.clock.now())
        return self.workspace.place(where)

    def _some_place(self, person: Person) -> Conversation:
        for place in self.workspace.conversations.values():
            if person.id in place.members and not place.archived and not place.is_direct:
                return place
        return self._place(person, f"@{person.handle}")

    def _app(self, name: str | None) -> App:
        installations = [one for one in self.workspace.installations.values() if not one.removed]
        for one in installations:
            if name in (one.app.manifest.name, one.app.manifest.bot_name) or (
                name is None and one.app.manifest.home_tab
            ):
                return one.app
        raise AssertionError(f"no app called {name!r} with a Home tab is installed")
