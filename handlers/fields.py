"""What stands in the fields of a form: the text typed, the option chosen, the person, the day and time picked.

`reading` hands it on with what was sent or clicked; like it, this digs in Slack's payloads, and nothing else does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

Payload = Mapping[str, Any]


def kept_in(text: str) -> dict[str, Any]:
    """What we gave a form or a button to keep: a JSON object that we wrote ourselves; anything else is an empty one."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in the fields of a view or a message.

    A field is known by its action id, or by what follows the dot in it: `due` finds `ask_form.due`. Block ids change.
    """

    raw: Mapping[str, Mapping[str, Payload]]

    def text(self, field: str) -> str | None:
        """What was typed, or None for nothing. Slack sends it as it was typed, without entities."""
        value = self._of(field).get("value")
        return typed(value) or None

    def texts(self) -> dict[str, str]:
        """All that was typed, by the id of its block."""
        held = ((block, one.get("value")) for block, fields in self.raw.items() for one in fields.values())
        return {block: typed(value) for block, value in held if value}

    def choice(self, field: str) -> str | None:
        """The value of the option chosen in a select or among radio buttons."""
        option = self._of(field).get("selected_option") or {}
        value = option.get("value")
        return str(value) if value else None

    def choices(self, field: str) -> frozenset[str]:
        """The values of the boxes that are ticked."""
        return frozenset(str(option["value"]) for option in self._of(field).get("selected_options") or ())

    def numbers(self, field: str) -> list[int]:
        """The asks whose boxes are ticked in `field_0`, `field_1` …: ten boxes stand in one field."""
        held = (value for block in self.raw.values() for name, value in block.items() if name.startswith(f"{field}_"))
        ticked = (option for value in held for option in value.get("selected_options") or ())
        return sorted(int(option["value"]) for option in ticked)

    def moment(self, field: str) -> datetime | None:
        """The date and time that was picked, aware UTC."""
        picked = self._of(field).get("selected_date_time")
        return datetime.fromtimestamp(int(picked), UTC) if picked else None

    def person(self, field: str) -> str | None:
        """The id of the person chosen."""
        chosen = self._of(field).get("selected_user")
        return str(chosen) if chosen else None

    def people(self, field: str) -> list[str]:
        """The ids of the people chosen, in their order."""
        return [str(one) for one in self._of(field).get("selected_users") or ()]

    def channel(self, field: str) -> str | None:
        """The id of the channel chosen."""
        chosen = self._of(field).get("selected_conversation")
        return str(chosen) if chosen else None

    def day(self, field: str) -> date | None:
        """The day that was picked."""
        picked = self._of(field).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def block_of(self, field: str) -> str | None:
        """The block id that a field has at present, or None if there is no such field."""
        return next((block for block, held in self.raw.items() if any(name_of(one) == field for one in held)), None)

    def _of(self, field: str) -> Payload:
        held = ((action_id, value) for block in self.raw.values() for action_id, value in block.items())
        return next((value for action_id, value in held if field in (action_id, name_of(action_id))), {})


def typed(text: object) -> str:
    """What somebody typed, empty for nothing. PostgreSQL keeps no NUL, which nobody can see: it is left out."""
    return str(text or "").replace("\0", "")


def name_of(action_id: str) -> str:
    """The name of a field: `due` of `ask_form.due`."""
    return action_id.rpartition(".")[2]
