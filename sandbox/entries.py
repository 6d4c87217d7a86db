"""What Slack's own client finds wrong with a modal's entries before any app hears of them."""

from sandbox.blocks import inputs_of, is_empty
from sandbox.shapes import Json
from sandbox.views import View


def client_errors(view: View) -> dict[str, str]:
    """The errors by block_id: required fields left empty, lengths, numbers, addresses."""
    state = view.state()["values"]
    errors: dict[str, str] = {}
    blocks = {block["block_id"]: block for block in view.blocks if block.get("type") == "input"}
    for block_id, element in inputs_of(view.blocks):
        block = blocks.get(block_id)
        if block is None:
            continue
        value = state[block_id][element["action_id"]]
        if is_empty(value):
            if not block.get("optional"):
                errors[block_id] = "Please complete this required field."
            continue
        text = value.get("value")
        if isinstance(text, str):
            fault = _length_fault(element, text)
            if fault:
                errors[block_id] = fault
    return errors


def _length_fault(element: Json, text: str) -> str | None:
    if element["type"] == "number_input":
        return _number_fault(element, text)
    if element["type"] == "email_text_input" and "@" not in text:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in text:
        return "Please enter a valid URL."
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(text) < least:
        return f"Please use at least {least} characters."
    if len(text) > most:
        return f"Please use no more than {most} characters."
    return None


def _number_fault(element: Json, text: str) -> str | None:
    try:
        number = float(text)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != int(number):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
