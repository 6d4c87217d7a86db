"""What is wrong with a payload, where, and how Slack would say so.

A developer posts a card whose header is too long. The sandbox answers as Slack does: the call fails with
`invalid_blocks`, and the answer names the place, `must be less than 151 characters [json-pointer:/blocks/0/text/text]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that Slack would refuse.

    `code` is the error of the whole call (`invalid_blocks`, `invalid_arguments`, …). `pointer` is the bare JSON pointer
    (`/blocks/0/text/text`); `str(fault)` is the line as Slack writes it, with the pointer in brackets.
    `constraint` and `expected` name the broken rule in JSON Schema's words; `blocks.validate` reports them.
    """

    code: str
    pointer: str
    message: str
    constraint: str = ""
    expected: object = None

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def refusal(faults: Sequence[Fault]) -> dict[str, object]:
    """The body with which Slack refuses a call: `ok`, `error`, and one line per fault in `response_metadata.messages`.

    Calls about messages carry the lines in `errors` too; calls about views do not. Raises ValueError without a fault.
    """
    if not faults:
        raise ValueError("nothing to refuse: there is no fault")
    code = faults[0].code
    lines = [str(fault) for fault in faults if fault.code == code]
    body: dict[str, object] = {"ok": False, "error": code}
    if code in {"invalid_blocks", "invalid_blocks_format"}:
        body["errors"] = lines
    body["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in lines]}
    return body
