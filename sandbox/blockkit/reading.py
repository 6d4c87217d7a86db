"""Reads a payload against a rule and names every fault, in the order in which Slack would come across them.

The words are Slack's own as far as they are known from its answers: "must be less than 76 characters", "must be more
than 0 characters", "no more than 10 items allowed", "must provide at least 1 items", "must provide an object",
"missing required field: text", "invalid additional property: style", "unsupported type: button", "invalid url".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import assert_never

from sandbox.blockkit.fault import Fault
from sandbox.blockkit.rules import (
    Amount,
    Anything,
    Choice,
    Flag,
    Kinds,
    ListOf,
    Place,
    Rule,
    Shape,
    String,
    Url,
    Whole,
)


def faults_in(rule: Rule, value: object, place: Place) -> Iterator[Fault]:
    """Every fault of `value`, which stands at `place` and should follow `rule`."""
    match rule:
        case Shape():
            yield from _shape(rule, value, place)
        case Kinds():
            yield from _kinds(rule, value, place)
        case ListOf():
            yield from _list(rule, value, place)
        case String():
            yield from _string(rule, value, place)
        case Url():
            yield from _url(rule, value, place)
        case Choice():
            if not isinstance(value, str):
                yield place.fault("must provide a string", "type", "string")
            elif value not in rule.of:
                yield place.fault("must be a valid enum value", "enum", list(rule.of))
        case Flag():
            if not isinstance(value, bool):
                yield place.fault("must provide a boolean", "type", "boolean")
        case Whole():
            yield from _whole(rule, value, place)
        case Amount():
            yield from _amount(rule, value, place)
        case Anything():
            if not isinstance(value, dict):
                yield place.fault("must provide an object", "type", "object")
        case _:
            assert_never(rule)


def _kinds(rule: Kinds, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield place.fault("must provide an object", "type", "object")
        return
    kind = value.get("type", rule.implied)
    if kind is None and "type" not in value:
        yield place.fault("missing required field: type", "required", ["type"])
        return
    if not isinstance(kind, str):
        yield place.at("type").fault("must provide a string", "type", "string")
        return
    shape = rule.of.get(kind)
    if shape is None or place.surface not in shape.surfaces:
        here = [name for name, known in rule.of.items() if place.surface in known.surfaces]
        yield place.at("type").fault(f"unsupported type: {kind}", "enum", here)
        return
    body = {key: inner for key, inner in value.items() if key != "type"}
    yield from _shape(shape, body, place.within(kind) if rule.blocks else place)


def _shape(rule: Shape, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield place.fault("must provide an object", "type", "object")
        return
    sound = True
    for key in rule.required:
        if key not in value:
            sound = False
            yield place.fault(f"missing required field: {key}", "required", [key])
    for key, inner in value.items():
        known = rule.required.get(key) or rule.optional.get(key)
        if known is None:
            yield place.fault(f"invalid additional property: {key}", "additionalProperties", False)
            continue
        for fault in faults_in(known, inner, place.at(key)):
            sound = False
            yield fault
    if sound:
        # Rules between keys may rely on each value being what it should be.
        for check in rule.further:
            yield from check(value, place)


def _list(rule: ListOf, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield place.fault("must provide an array", "type", "array")
        return
    if len(value) < rule.least:
        yield place.fault(f"must provide at least {rule.least} items", "minItems", rule.least)
    if rule.most is not None and len(value) > rule.most:
        yield place.fault(f"no more than {rule.most} items allowed", "maxItems", rule.most)
        return
    for index, item in enumerate(value):
        if item is None and rule.gaps:
            continue
        yield from faults_in(rule.item, item, place.at(index))


def _string(rule: String, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield place.fault("must provide a string", "type", "string")
    elif len(value) < rule.least:
        yield place.fault(f"must be more than {rule.least - 1} characters", "minLength", rule.least)
    elif rule.most is not None and len(value) > rule.most:
        yield place.fault(f"must be less than {rule.most + 1} characters", "maxLength", rule.most)
    elif rule.pattern is not None and not re.fullmatch(rule.pattern, value, re.ASCII):
        yield place.fault(rule.otherwise, "pattern", rule.pattern)


def _url(rule: Url, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield place.fault("must provide a string", "type", "string")
        return
    if len(value) > rule.most:
        yield place.fault(f"must be less than {rule.most + 1} characters", "maxLength", rule.most)
        return
    scheme, colon, rest = value.partition(":")
    named = bool(colon) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) is not None
    # The web's own schemes need a host; others, such as mailto: and slack:, only something to point at.
    host = r"//[^\s/?#]+\S*" if scheme.lower() in {"http", "https"} else r"\S+"
    if not named or not re.fullmatch(host, rest) or (rule.schemes and scheme.lower() not in rule.schemes):
        yield place.fault("invalid url", "format", "uri")


def _whole(rule: Whole, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield place.fault("must provide an integer", "type", "integer")
    elif rule.least is not None and value < rule.least:
        yield place.fault(f"must be greater than or equal to {rule.least}", "minimum", rule.least)
    elif rule.most is not None and value > rule.most:
        yield place.fault(f"must be less than or equal to {rule.most}", "maximum", rule.most)


def _amount(rule: Amount, value: object, place: Place) -> Iterator[Fault]:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        yield place.fault("must provide a number", "type", "number")
    elif rule.above is not None and value <= rule.above:
        yield place.fault(f"must be greater than {rule.above:g}", "exclusiveMinimum", rule.above)
