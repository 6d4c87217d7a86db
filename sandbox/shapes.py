"""The loose types of the sandbox: JSON as it goes over the wire, and how it is read when it comes in."""

import json
from typing import Any

import yaml

# libyaml, where it is there, is seven times as fast; a sandbox is opened for each of hundreds of tests.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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


def read_yaml(text: str) -> Any:
    """What YAML ``text`` says: plain values only. yaml.YAMLError if it is none."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - it is a safe one
