"""The loose types of the sandbox: JSON as it goes over the wire, and how it is read when it comes in."""

import json
from typing import Any

Json = dict[str, Any]
Blocks = list[Json]


def read_json(text: str | bytes) -> Any:
    """What JSON ``text`` says. ValueError if it is none, or holds infinity, half a character, or too much nesting."""
    try:
        decoded = json.loads(text)
        json.dumps(decoded, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return decoded
