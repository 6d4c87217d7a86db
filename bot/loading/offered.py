"""What the YAML file says of a service beside its name: what it needs to start, what done means, what is promised.

inputs: [{name: Serial number, help: On the back, required: false}, Room]
"""

from dataclasses import dataclass

from yaml.nodes import MappingNode, Node

from bot.loading.lines import Sheet, line_of
from store.rules.offering import BadService, Input, faults

KEYS = ("inputs", "done_means", "promise")
LONG = ("name_too_long", "too_many_names")

WHY = {
    "no_name": "this service has no name",
    "name_too_long": "the name {what!r} is too long; {limit} characters is the most",
    "too_many_names": "a service may have {limit} names at the most",
    "taken": "two services of this department are called {what!r}",
    "text_too_long": "the text {what!r} is too long; {limit} characters is the most",
    "too_many_inputs": "{what} inputs are more than people fill in; {limit} is the most",
    "input_without_name": "an input has no name",
    "input_too_long": "the input's name {what!r} is too long; {limit} characters is the most",
    "help_too_long": "the help text of the input {what!r} is too long; {limit} characters is the most",
    "input_twice": "there are two inputs called {what!r}",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """The rest of a service, as it is kept."""

    inputs: tuple[Input, ...]
    done_means: str | None
    promise: str | None


def offered(sheet: Sheet, of: dict[str, Node], names: tuple[str, ...], line: int) -> Offered:
    """Read the entries of a service; each fault by its line. `line`: where its name stands."""
    texts = {key: sheet.text(of[key], key) if key in of else None for key in ("done_means", "promise")}
    found = {key: said.text if said else None for key, said in texts.items()}
    inputs = tuple(_inputs(sheet, of["inputs"])) if "inputs" in of else ()
    for fault in faults(names, found["promise"], found["done_means"], inputs):
        if fault.field in ("name", "names") and fault.reason in LONG and sheet.held.issuperset(names):
            continue
        where = line_of(of[fault.field]) if fault.field in of else line
        sheet.fault(where, _sentence(fault))
    return Offered(inputs, found["done_means"], found["promise"])


def _inputs(sheet: Sheet, node: Node) -> list[Input]:
    found = []
    for item in sheet.items(node, "inputs"):
        if not isinstance(item, MappingNode):
            named = sheet.text(item, "inputs")
            found += [Input(named.text)] if named else []
            continue
        of = sheet.mapping(item, "An input", ("name", "help", "required"))
        name = sheet.text(of["name"], "name") if "name" in of else None
        if of and "name" not in of:
            sheet.fault(line_of(item), "An input has no name.")
        told = sheet.text(of["help"], "help") if "help" in of else None
        required = sheet.flag(of["required"], "required") if "required" in of else True
        found += [Input(name.text, told.text if told else "", required)] if name else []
    return found


def _sentence(fault: BadService) -> str:
    said = WHY[fault.reason].format(what=fault.what, limit=fault.limit)
    return f"{said[0].upper()}{said[1:]}."
