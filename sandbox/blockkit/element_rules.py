"""Rules of elements that reach over several of their fields: what is preselected must be there to select."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sandbox.blockkit.fault import Fault
from sandbox.blockkit.rules import Further, Place


def initial_option_exists(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """`initial_option` must be one of the element's own options."""
    if "initial_option" in element and _label(element["initial_option"]) not in _labels(element):
        yield place.at("initial_option").fault("must match one of the options", "enum", None)


def initial_options_exist(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """Each of `initial_options` must be one of the element's own options."""
    chosen = element.get("initial_options")
    if isinstance(chosen, list):
        offered = _labels(element)
        for index, option in enumerate(chosen):
            if _label(option) not in offered:
                yield place.at("initial_options").at(index).fault("must match one of the options", "enum", None)


def selection_fits(key: str) -> Further:
    """A rule: no more is preselected under `key` than `max_selected_items` lets a person select."""

    def check(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
        most, chosen = element.get("max_selected_items"), element.get(key)
        if isinstance(most, int) and isinstance(chosen, list) and len(chosen) > most:
            yield place.at(key).fault(f"no more than {most} items allowed", "maxItems", most)

    return check


def date_exists(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """`initial_date` must be a day of the calendar: there is no 30 February."""
    if "initial_date" in element:
        try:
            date.fromisoformat(str(element["initial_date"]))
        except ValueError:
            yield place.at("initial_date").fault("must be in the format YYYY-MM-DD", "format", "date")


def fits_max_length(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """The text that is filled in at first may not be longer than what a person may type."""
    most, written = element.get("max_length"), element.get("initial_value")
    if isinstance(most, int) and isinstance(written, str) and len(written) > most:
        yield place.at("initial_value").fault(f"must be less than {most + 1} characters", "maxLength", most)


def number_within(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """The number that is filled in at first must be one that a person may enter; the bounds must be too."""
    numbers = {key: str(element[key]) for key in ("initial_value", "min_value", "max_value") if key in element}
    if element.get("is_decimal_allowed") is False:
        for key, numeral in numbers.items():
            if "." in numeral:
                yield place.at(key).fault("must not be a decimal number", "type", "integer")
    if "initial_value" in numbers:
        start = float(numbers["initial_value"])
        if "min_value" in numbers and start < float(numbers["min_value"]):
            yield place.at("initial_value").fault("must not be less than `min_value`", "minimum", numbers["min_value"])
        if "max_value" in numbers and start > float(numbers["max_value"]):
            yield place.at("initial_value").fault(
                "must not be greater than `max_value`", "maximum", numbers["max_value"]
            )


def only_in_modal_inputs(element: Mapping[str, object], place: Place) -> Iterator[Fault]:
    """`response_url_enabled` works only for menus in input blocks of modals."""
    if element.get("response_url_enabled") is True and (place.surface != "modal" or place.inside != "input"):
        yield place.at("response_url_enabled").fault("can only be used in `input` blocks in modals", "not", None)


def _labels(element: Mapping[str, object]) -> list[tuple[object, ...]]:
    options = element.get("options")
    found = list(options) if isinstance(options, list) else []
    groups = element.get("option_groups")
    for group in groups if isinstance(groups, list) else []:
        found.extend(group["options"])
    return [_label(option) for option in found]


def _label(option: object) -> tuple[object, ...]:
    # The same option may be written with or without "emoji": what people read and what is sent decides.
    assert isinstance(option, dict)
    described = option.get("description")
    return (option["value"], option["text"]["text"], described["text"] if isinstance(described, dict) else None)
