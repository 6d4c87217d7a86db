"""dnd.*: who does not want to be disturbed until when."""

from datetime import datetime

from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method

MOST_PEOPLE = 50


@method("dnd.info", "dnd:read", tier=3)
def dnd_info(call: Call) -> Json:
    """One person's (default: the caller's) do-not-disturb times."""
    person = call.person() if call.arguments.has("user") else call.bot
    return _times(person, call.slack.clock.now()) | {"snooze_enabled": False}


@method("dnd.teamInfo", "dnd:read", tier=2, required={"users": "no_users_provided"})
def dnd_team_info(call: Call) -> Json:
    """The do-not-disturb times of up to 50 people."""
    wanted = call.arguments.listed("users")
    if len(wanted) > MOST_PEOPLE:
        raise Refused("invalid_arguments", f"no more than {MOST_PEOPLE} items allowed [json-pointer:/users]")
    people = {user: call.workspace.people.get(user) for user in wanted}
    now = call.slack.clock.now()
    return {"users": {user: _times(person, now) for user, person in people.items() if person is not None}}


def _times(person: Person, now: datetime) -> Json:
    window = person.do_not_disturb
    if window is None or window[1] <= now:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(window[0].timestamp()),
        "next_dnd_end_ts": int(window[1].timestamp()),
    }
