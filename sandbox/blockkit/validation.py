"""What `blocks.validate` answers.

A developer calls it with exactly one of `blocks`, `view` or `message`, as JSON, and gets `ok` or a list of errors with
a pointer each. Source: Slack's reference of `blocks.validate`, 2026.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sandbox.blockkit.fault import Fault, Surface
from sandbox.blockkit.messages import check_attachments, check_blocks
from sandbox.blockkit.views import check_view

_SURFACES: tuple[Surface, ...] = ("message", "modal", "home")
_MOST_CHARACTERS = 100_000


def validation_answer(arguments: Mapping[str, object]) -> dict[str, object]:
    """The body of the answer to `blocks.validate` with these arguments, each JSON text or already decoded."""
    given = [key for key in ("blocks", "view", "message") if arguments.get(key) not in (None, "")]
    if len(given) != 1:
        return _invalid("must provide exactly one of `blocks`, `view`, or `message`")
    what = given[0]
    value = arguments[what]
    if isinstance(value, str):
        if len(value) > _MOST_CHARACTERS:
            return _invalid(f"must be less than {_MOST_CHARACTERS + 1} characters [json-pointer:/{what}]")
        try:
            value = json.loads(value)
        except ValueError:
            return _invalid(f"invalid JSON [json-pointer:/{what}]")
    faults = {"blocks": _of_blocks, "view": _of_view, "message": _of_message}[what](value)
    if not faults:
        return {"ok": True}
    return {"ok": False, "error": f"invalid_{what}", "errors": [_error(fault) for fault in faults]}


def _of_blocks(blocks: object) -> list[Fault]:
    # Blocks alone do not say where they are meant to stand: fine on any surface is fine.
    answers = [check_blocks(blocks, surface, root="") for surface in _SURFACES]
    return min(answers, key=len)


def _of_view(view: object) -> list[Fault]:
    return check_view(view, root="")


def _of_message(message: object) -> list[Fault]:
    if not isinstance(message, dict):
        return [Fault("invalid_message", "", "must provide an object", "type", "object")]
    faults = check_blocks(message["blocks"], "message") if "blocks" in message else []
    if "attachments" in message:
        faults += check_attachments(message["attachments"])
    return faults


def _error(fault: Fault) -> dict[str, object]:
    error: dict[str, object] = {"code": "failed_constraint", "message": fault.message, "pointer": fault.pointer}
    if fault.constraint:
        error["constraint"] = {"type": fault.constraint, "expected": fault.expected}
    return error


def _invalid(message: str) -> dict[str, object]:
    return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [message]}}
