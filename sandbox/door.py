"""One request of the page: who acts, in which workspace, on what; and what each of the page's calls does."""

from collections.abc import Callable

from sandbox import panorama
from sandbox.acts import Acts
from sandbox.deeds import administer, wind
from sandbox.faults import KINDS
from sandbox.messages import Message
from sandbox.outcomes import NotThere, Outcome
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.slack import Slack
from sandbox.views import View
from sandbox.webapi import METHODS
from sandbox.workspace import Workspace


class Door:
    """One request's person, workspace and hands."""

    def __init__(self, slack: Slack, given: Json) -> None:
        user = str(given.get("as") or "")
        found = next((space for space in slack.workspaces.values() if user in space.people), None)
        self.slack = slack
        self.given = given
        self.workspace: Workspace = found or slack.workspace
        self.person: Person | None = self.workspace.people.get(user)
        self.acts = Acts(slack, self.workspace)

    @property
    def me(self) -> Person:
        """Who acts. NotThere if that is nobody."""
        if self.person is None:
            raise NotThere("user_not_found")
        return self.person

    def text(self, name: str) -> str:
        """An argument as text."""
        return str(self.given.get(name) or "")

    def container(self) -> Message | View:
        """The message or view that a click was made in."""
        container = self.given.get("container") or {}
        if container.get("type") == "view":
            return self.view(container.get("view_id"))
        place = panorama.visible_place(self.workspace, self.me, str(container.get("channel")))
        return panorama.message_before(place, self.me, str(container.get("ts")))

    def view(self, view_id: str | None = None) -> View:
        """A view that I have open, or my Home."""
        wanted = view_id or self.text("view_id")
        mine = [*self.workspace.views.stack(self.me.id)]
        mine += [view for (user, _), view in self.workspace.views.homes.items() if user == self.me.id]
        for view in mine:
            if view.id == wanted:
                return view
        raise NotThere("the view is not open")


def _said(door: Door) -> Json:
    place = panorama.visible_place(door.workspace, door.me, door.text("channel"))
    message = door.acts.say(door.me, place, door.text("text"), door.text("thread_ts") or None)
    return {"ok": True, "ts": message.ts}


def _commanded(door: Door) -> Json:
    place = panorama.visible_place(door.workspace, door.me, door.text("channel"))
    return _plain(door.acts.command(door.me, place, door.text("text"), door.text("thread_ts") or None))


def _clicked(door: Door) -> Json:
    given = door.given
    outcome = door.acts.click(
        door.me,
        door.container(),
        door.text("block_id"),
        door.text("action_id"),
        given.get("element") or {},
        given.get("state"),
    )
    return _plain(outcome)


def _submitted(door: Door) -> Json:
    return _plain(door.acts.submit(door.me, door.view(), door.given.get("values") or {}))


def _closed(door: Door) -> Json:
    return _plain(door.acts.close(door.me, door.view(), whole_stack=bool(door.given.get("all"))))


def _shortcut(door: Door) -> Json:
    place = message = None
    if door.given.get("channel") and door.given.get("ts"):
        place = panorama.visible_place(door.workspace, door.me, door.text("channel"))
        message = panorama.message_before(place, door.me, door.text("ts"))
    return _plain(door.acts.shortcut(door.me, door.text("callback_id"), place, message))


def _suggested(door: Door) -> Json:
    options = door.acts.suggest(
        door.me, door.container(), door.text("block_id"), door.text("action_id"), door.text("value")
    )
    return {"ok": True, "options": options}


def _read(door: Door) -> Json:
    place = panorama.visible_place(door.workspace, door.me, door.text("channel"))
    place.last_read[door.me.id] = max(door.text("ts"), place.last_read.get(door.me.id, ""))
    return {"ok": True}


def _opened(door: Door) -> Json:
    with door.slack.lock:
        other = door.workspace.someone(door.text("user"))
        place = door.workspace.direct([door.me.id, other.id], door.slack.clock.now())
        if other.app_id and not door.workspace.installations[other.app_id].removed:
            door.acts.open_home(door.me, door.slack.apps[other.app_id], "messages")
    door.slack.state_changed(door.workspace)
    return {"ok": True, "channel": place.id}


def _fault(door: Door) -> Json:
    given = door.given
    fault = door.slack.faults.add(
        door.text("name"),
        method=str(given.get("method") or "*"),
        kind=str(given.get("kind") or "*"),
        error=str(given.get("error") or "internal_error"),
        seconds=float(given.get("seconds") or 5),
        times=int(given.get("times") or 1),
    )
    door.slack.state_changed(door.workspace)
    return {"ok": True, "fault": fault.as_page()}


def _no_faults(door: Door) -> Json:
    door.slack.faults.clear()
    door.slack.state_changed(door.workspace)
    return {"ok": True}


def _plain(outcome: Outcome) -> Json:
    if outcome.errors:
        return {"ok": False, "errors": outcome.errors}
    if outcome.error is not None:
        return {"ok": False, "error": outcome.error}
    answer: Json = {"ok": True}
    if outcome.response_action:
        answer["response_action"] = outcome.response_action
    return answer


def _home(door: Door) -> Json:
    app = door.slack.apps[door.text("app")]
    view = door.acts.open_home(door.me, app)
    return {"view": view.as_slack() if view else None}


def _faults(door: Door) -> Json:
    available = [
        {"name": name, "label": label, "fields": [FIELDS[field] for field in fields]}
        for name, (label, fields) in KINDS.items()
    ]
    return {"available": available, "active": [fault.as_page() for fault in door.slack.faults.active]}


def _traffic(door: Door) -> Json:
    entries = door.slack.traffic.after(int(door.given.get("after") or 0))
    return {"entries": [entry.as_page() for entry in entries]}


FIELDS: dict[str, Json] = {
    "method": {
        "name": "method",
        "label": "Web API method",
        "type": "select",
        "options": ["*", *sorted(METHODS)],
        "default": "chat.postMessage",
    },
    "kind": {
        "name": "kind",
        "label": "Payload",
        "type": "select",
        "options": ["*", "command", "interactive", "options", "events"],
        "default": "*",
    },
    "error": {"name": "error", "label": "Error code", "type": "text", "default": "internal_error"},
    "seconds": {"name": "seconds", "label": "Seconds", "type": "number", "default": 5},
    "times": {"name": "times", "label": "How often", "type": "number", "default": 1},
}

LOOKS: dict[str, Callable[[Door], Json]] = {
    "state": lambda door: panorama.state(door.slack, door.workspace, door.person or panorama.anybody(door.workspace)),
    "messages": lambda door: panorama.messages(door.workspace, door.me, door.given),
    "thread": lambda door: panorama.thread(door.workspace, door.me, door.given),
    "home": _home,
    "traffic": _traffic,
    "faults": _faults,
}

ACTS: dict[str, Callable[[Door], Json]] = {
    "say": _said,
    "command": _commanded,
    "click": _clicked,
    "submit": _submitted,
    "close": _closed,
    "shortcut": _shortcut,
    "suggest": _suggested,
    "read": _read,
    "open_dm": _opened,
    "clock": lambda door: wind(door.slack, door.given),
    "fault": _fault,
    "fault/clear": _no_faults,
    "admin": lambda door: administer(door.slack, door.workspace, door.given),
}
