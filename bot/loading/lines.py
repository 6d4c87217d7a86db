"""YAML that remembers its lines, so that every fault can say where it is, and all are said at once."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a line of the file (1 is the first)."""

    line: int
    sentence: str


class BadFile(Exception):
    """Nothing was loaded. `faults` are in the order of their lines."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"line {fault.line}: {fault.sentence}" for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the file, as written, and its line."""

    text: str
    line: int


@dataclass(slots=True)
class Sheet:
    """Takes nodes apart and keeps the faults. What is missing or misshapen comes back empty.

    `held`: names that the ledger holds already, from a time when they could be longer: an export of them is no fault.
    """

    held: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def open(self, text: str) -> Node | None:
        """The root of a YAML text. Raises BadFile if it is no YAML."""
        try:
            root: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as fault:
            line = fault.problem_mark.line + 1 if fault.problem_mark else 1
            raise BadFile([Fault(line, f"This is not YAML: {fault.problem or fault.context}.")]) from fault
        except (yaml.YAMLError, RecursionError) as fault:
            raise BadFile([Fault(1, f"This is not YAML: {fault}.")]) from fault
        return root

    def fault(self, line: int, sentence: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(line, sentence))

    def mapping(self, node: Node, what: str, known: Collection[str] | None = None) -> dict[str, Node]:
        """The entries of a mapping. `known`: the keys there may be; others are faults, with the nearest named."""
        if not isinstance(node, MappingNode):
            self.fault(line_of(node), f"{what} has to be a mapping (key: value).")
            return {}
        entries: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if known is not None and key not in known:
                near = difflib.get_close_matches(key, list(known), 1)
                hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
                self.fault(line_of(key_node), f"{what} has no {key!r}.{hint}")
            elif key in entries:
                self.fault(line_of(key_node), f"{what} has {key} twice.")
            else:
                entries[key] = value
        return entries

    def items(self, node: Node, what: str) -> list[Node]:
        """The items of a list."""
        if not isinstance(node, SequenceNode):
            self.fault(line_of(node), f"{what} has to be a list.")
            return []
        return list(node.value)

    def text(self, node: Node, what: str) -> Written | None:
        """A single text, number or date, as written."""
        if not isinstance(node, ScalarNode):
            self.fault(line_of(node), f"{what} has to be a single text.")
            return None
        said = node.value.strip()
        if not said or (node.style is None and said in ("~", "null")):
            self.fault(line_of(node), f"{what} is empty.")
            return None
        return Written(said, line_of(node))

    def texts(self, node: Node, what: str) -> list[Written]:
        """A list of texts; a single text is a list of one."""
        if isinstance(node, ScalarNode):
            only = self.text(node, what)
            return [only] if only else []
        return [said for item in self.items(node, what) if (said := self.text(item, what))]

    def flag(self, node: Node, what: str) -> bool:
        """Yes or no."""
        said = self.text(node, what)
        if said is None or said.text.lower() in ("no", "false", "off"):
            return False
        if said.text.lower() not in ("yes", "true", "on"):
            self.fault(said.line, f"{what} has to be true or false, not {said.text!r}.")
        return True

    def plain(self, node: Node, what: str) -> dict[str, object]:
        """A mapping of texts, or lists of texts, as written: `09:00` stays `09:00`, not a number as YAML would say."""
        found: dict[str, object] = {}
        for key, value in self.mapping(node, what).items():
            if isinstance(value, SequenceNode):
                found[key] = [said.text for said in self.texts(value, what)]
            elif isinstance(value, ScalarNode):
                found[key] = "" if value.style is None and value.value in ("~", "null") else value.value
            else:
                self.fault(line_of(value), f"{what} has a mapping in {key}.")
        return found


def line_of(node: Node) -> int:
    """The line a node begins in; 1 is the first."""
    return int(node.start_mark.line) + 1
