"""The vocabulary in which Block Kit is written down: what a value may be.

Each rule is plain data. The tables in `objects`, `elements`, `rich_text`, `blocks` and `views` are made of nothing
else, and `reading.faults_in` is the one place that interprets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sandbox.blockkit.fault import Fault, Surface

EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a payload a value stands, and what is known about its surroundings.

    `inside` is the type of the block that holds the value, empty outside of blocks. `code` is the error that a fault
    here gives to the whole call.
    """

    pointer: str
    surface: Surface
    code: str
    inside: str = ""

    def at(self, step: str | int) -> Place:
        """The place one key or index further in."""
        escaped = str(step).replace("~", "~0").replace("/", "~1")
        return replace(self, pointer=f"{self.pointer}/{escaped}")

    def within(self, block: str) -> Place:
        """The same place, known to be inside a block of this type."""
        return replace(self, inside=block)

    def fault(self, message: str, constraint: str = "", expected: object = None) -> Fault:
        """A fault at this place."""
        return Fault(self.code, self.pointer, message, constraint, expected)


@dataclass(frozen=True, slots=True)
class String:
    """A string of `least` to `most` characters (code points), shaped like `pattern` when there is one.

    `otherwise` is what Slack says about a string that does not match the pattern.
    """

    most: int | None = None
    least: int = 1
    pattern: str | None = None
    otherwise: str = "failed to match schema"


@dataclass(frozen=True, slots=True)
class Url:
    """An address with one of the `schemes`, or with any scheme (`mailto:`, deep links) when there are none."""

    most: int = 3000
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One string out of a closed list."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, greater than `above` when that is set."""

    above: float | None = None


@dataclass(frozen=True, slots=True)
class Anything:
    """An object that Slack does not look into."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of `least` to `most` items, each following `item`. `gaps` says whether null may stand for an item."""

    item: Rule
    least: int = 1
    most: int | None = None
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: which keys it must and may have. A key in neither table is refused.

    `further` holds the rules that no single key can express; each gets the object and its place. `surfaces` says where
    the object may appear; it counts when the shape is chosen by its type.
    """

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    surfaces: frozenset[Surface] = EVERYWHERE
    further: tuple[Further, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """An object whose `type` chooses its shape. With `implied`, an object without a type counts as that kind.

    `blocks` says that the kinds are blocks: what lies in them is then known to be inside a block of that type.
    """

    of: Mapping[str, Shape]
    implied: str | None = None
    blocks: bool = False


Rule: TypeAlias = String | Url | Choice | Flag | Whole | Amount | Anything | ListOf | Shape | Kinds
Further: TypeAlias = Callable[[Mapping[str, object], Place], Iterable[Fault]]
