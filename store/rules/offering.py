"""What may a department write about a service: its name and synonyms, its promise, what it needs to start?

Whoever writes it (the form, the YAML file) is told every fault at once, in the order of the fields.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

LONGEST_NAME = 80  # characters; it stands in menus beside its lead time
MOST_NAMES = 20  # of one service, the first included
LONGEST_TEXT = 500  # of the promise text, and of what done looks like
MOST_INPUTS = 12  # the form of an ask has fields of its own, and nobody fills in more
LONGEST_HELP = 200
MOST_SERVICES = 90  # of one department: the menu of the form holds a hundred

BadServiceReason = Literal[
    "no_name",
    "name_too_long",
    "too_many_names",
    "taken",
    "text_too_long",
    "too_many_inputs",
    "input_without_name",
    "input_too_long",
    "help_too_long",
    "input_twice",
]
Field = Literal["name", "names", "promise", "done_means", "inputs"]


@dataclass(frozen=True, slots=True)
class Input:
    """Something a service needs to start: asked for in the form, under `name` with `help`."""

    name: str
    help: str = ""
    required: bool = True

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it is kept in the ledger."""
        return cls(str(kept["name"]), str(kept.get("help") or ""), bool(kept.get("required", True)))

    def kept(self) -> dict[str, Any]:
        """The form that `of` reads back."""
        return {"name": self.name, "help": self.help, "required": self.required}


@dataclass(frozen=True, slots=True)
class BadService:
    """One fault of a service. `what` is the text at fault, shortened; `limit` what there may be at most."""

    field: Field
    reason: BadServiceReason
    what: str = ""
    limit: int = 0


def faults(
    names: Sequence[str],
    promise: str | None,
    done_means: str | None,
    inputs: Sequence[Input],
    taken: Iterable[str] = (),
) -> list[BadService]:
    """Every fault of a service. `names`: how it is shown, then its synonyms; `taken`: the names of the others."""
    found = [*_of_names(names, {plain(name) for name in taken})]
    texts: tuple[tuple[Field, str | None], ...] = (("promise", promise), ("done_means", done_means))
    for field, text in texts:
        if text and len(text) > LONGEST_TEXT:
            found.append(BadService(field, "text_too_long", _short(text), LONGEST_TEXT))
    return [*found, *_of_inputs(inputs)]


def plain(name: str) -> str:
    """A name as it is compared: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _of_names(names: Sequence[str], taken: set[str]) -> Iterator[BadService]:
    if not names or not plain(names[0]):
        yield BadService("name", "no_name")
    if len(names) > MOST_NAMES:
        yield BadService("names", "too_many_names", limit=MOST_NAMES)
    for place, name in enumerate(names):
        field: Field = "names" if place else "name"
        if len(name) > LONGEST_NAME:
            yield BadService(field, "name_too_long", _short(name), LONGEST_NAME)
        elif plain(name) in taken:
            yield BadService(field, "taken", name)


def _of_inputs(inputs: Sequence[Input]) -> Iterator[BadService]:
    if len(inputs) > MOST_INPUTS:
        yield BadService("inputs", "too_many_inputs", str(len(inputs)), MOST_INPUTS)
    seen: set[str] = set()
    for one in inputs:
        if not plain(one.name):
            yield BadService("inputs", "input_without_name", _short(one.help))
        elif len(one.name) > LONGEST_NAME:
            yield BadService("inputs", "input_too_long", _short(one.name), LONGEST_NAME)
        elif plain(one.name) in seen:
            yield BadService("inputs", "input_twice", one.name)
        if len(one.help) > LONGEST_HELP:
            yield BadService("inputs", "help_too_long", _short(one.name), LONGEST_HELP)
        seen.add(plain(one.name))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
