"""Rules between the keys of one object: one of two, any of several, not both, one no greater than the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.blockkit.fault import Fault
from sandbox.blockkit.rules import Further, Place


def exactly_one(first: str, second: str) -> Further:
    """A rule: one of two keys, not both and not neither."""

    def check(value: Mapping[str, object], place: Place) -> Iterator[Fault]:
        if first in value and second in value:
            yield place.fault(f"must not define both `{first}` and `{second}`", "oneOf", [first, second])
        elif first not in value and second not in value:
            yield place.fault(f"must define either `{first}` or `{second}`", "oneOf", [first, second])

    return check


def at_least_one(*keys: str) -> Further:
    """A rule: any of the keys, several are fine."""

    def check(value: Mapping[str, object], place: Place) -> Iterator[Fault]:
        if not any(key in value for key in keys):
            named = " or ".join(f"`{key}`" for key in keys)
            yield place.fault(f"must define either {named}", "anyOf", list(keys))

    return check


def not_both(first: str, second: str) -> Further:
    """A rule: at most one of two keys."""

    def check(value: Mapping[str, object], place: Place) -> Iterator[Fault]:
        if first in value and second in value:
            yield place.fault(f"must not define both `{first}` and `{second}`", "not", [first, second])

    return check


def in_order(low: str, high: str) -> Further:
    """A rule: the number under one key may not exceed the number under another."""

    def check(value: Mapping[str, object], place: Place) -> Iterator[Fault]:
        if low in value and high in value and float(str(value[low])) > float(str(value[high])):
            yield place.at(low).fault(f"must not be greater than `{high}`", "maximum", value[high])

    return check
