"""Whom does a line ask, and for which service? `@equipment @pia Replace the gasket` → Equipment, Pia, and the rest.

Pure. Read in this order: a user group's token, a department's name after @ (Chinese names may run on into the text), a
person alone. The text is as Slack sent it: mentions are tokens.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from store.rules.fitting import fitting
from store.snapshots import Department, Person, Service

_GROUP = re.compile(r"\s*<!subteam\^([A-Z0-9]+)(?:\|@?([^<>]*))?>")
_PERSON = re.compile(r"[\s,，:：]*<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_AT = re.compile(r"(?<![\w<|./])[@＠]\s?(?=\S)")
_TOKEN_OR_AT = re.compile(rf"<[^<>]{{1,3000}}>|({_AT.pattern})")
_MOST_NAMES = 20  # signs @ looked at in one line
_WORD = re.compile(r"[^\s,，:：;；<>]+")
_HANDLE = re.compile(r"[\s,，:：]*[@＠](?=\S)")
_LINK = re.compile(r"^[\s,，:：;；、。\-–—]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Who is asked. Exactly one of `department`, `person_id` alone, or neither (`unknown`: the name that fits nobody).

    `person_id` beside a department is one who works there. `rest`: the line without the address.
    """

    rest: str
    department: Department | None = None
    person_id: str | None = None
    unknown: str = ""


def address(text: str, departments: Sequence[Department]) -> Address:
    """Read who is asked from `text`."""
    found = _by_group(text, departments) or _by_name(text, departments, first=True)
    if found is None and (person := _PERSON.match(text)):
        return Address(_trimmed(text[person.end() :]), person_id=person[1])
    found = found or _by_name(text, departments, first=False)
    if found is not None and found.department is not None:
        return _with_person(found, found.department)
    return found or _unknown(text)


def names_somebody(text: str) -> bool:
    """Whether a line begins with a name after @ that Slack has made no token of."""
    return _HANDLE.match(text) is not None


def people_in(text: str, colleagues: Iterable[Person]) -> tuple[list[Person], str, str]:
    """Whom of `colleagues` a line that begins with `@vera` names: by handle or name, the word, and what follows it.

    More than one where several are called so; none and an empty word where the line names nobody; none and the word
    where it names somebody else.
    """
    at = _HANDLE.match(text)
    if at is None:
        return [], "", text
    behind = text[at.end() :]
    folded, places = _aligned(behind[:200])
    found: dict[int, list[Person]] = {}
    for one in colleagues:
        for length in {_matching(folded, name) for name in (one.handle, one.name, one.name.split(" ")[0])} - {0}:
            found.setdefault(length, []).append(one)
    if found:
        longest = max(found)
        end = places[longest]
        return found[longest], behind[:end], _trimmed(behind[end:])
    word = _WORD.match(behind)
    if word is None or word[0][0].isdecimal():  # `@3pm` is no name
        return [], "", text
    return [], word[0], _trimmed(behind[word.end() :])


def nearest_people(word: str, colleagues: Iterable[Person]) -> list[Person]:
    """The colleagues, those first for whose handle or name `word` may be a slip."""
    wanted = _folded(word)

    def likeness(one: Person) -> float:
        names = (one.handle, one.name, one.name.split(" ")[0])
        return max(SequenceMatcher(None, wanted, _folded(name)).ratio() for name in names)

    return sorted(colleagues, key=lambda one: (-likeness(one), one.name))


def _matching(folded: str, name: str) -> int:
    """How many letters of `folded` a name takes at its beginning, 0 for none."""
    wanted = _folded_name(name)
    return len(wanted) if wanted and folded.startswith(wanted) and _ends_a_word(folded, len(wanted)) else 0


def services_in(text: str, services: Sequence[Service]) -> tuple[Service, ...]:
    """The services that fit the words of `text`; one alone is clear, several are asked about."""
    fit = fitting(text, [(service.id, (service.name, *service.names)) for service in services]) if services else ()
    return tuple(service for service in services if service.id in fit)


def service_in(text: str, services: Sequence[Service]) -> Service | None:
    """The one service that fits `text`; None where none does, or several."""
    found = services_in(text, services)
    return found[0] if len(found) == 1 else None


def _by_group(text: str, departments: Sequence[Department]) -> Address | None:
    token = _GROUP.match(text)
    if token is None:
        return None
    rest = _trimmed(text[token.end() :])
    group = next((one for one in departments if one.usergroup_id == token[1]), None)
    if group is None and token[2]:
        wanted = _folded(token[2])
        group = next((one for one in departments if wanted in {_folded_name(name) for name in _names(one)}), None)
    return Address(rest, group, unknown="" if group else token[2] or token[1])


def _by_name(text: str, departments: Sequence[Department], *, first: bool) -> Address | None:
    """A department's name after @: at the beginning, or else anywhere, if it is the only one named."""
    found: list[tuple[int, int, Department]] = []
    signs = (sign for sign in _TOKEN_OR_AT.finditer(text) if sign[1])
    for at in islice(signs, _MOST_NAMES):
        if first and text[: at.start()].strip():
            break
        match = _longest(text, at.end(), departments)
        if match is not None:
            found.append((at.start(), *match))
    if not found or len({department.id for _, _, department in found}) > 1:
        return None
    start, end, department = found[0]
    before, after = text[:start].rstrip(), _trimmed(text[end:])
    return Address(f"{before} {after}".strip() if before else after, department)


def _longest(text: str, start: int, departments: Sequence[Department]) -> tuple[int, Department] | None:
    """Where the longest name that begins at `start` ends, and whose it is."""
    best: tuple[int, Department] | None = None
    folded, places = _aligned(text[start : start + 200])
    for department in departments:
        for name in _names(department):
            word = _folded_name(name)
            if word and folded.startswith(word) and _ends_a_word(folded, len(word)):
                end = start + places[len(word)]
                if best is None or end > best[0]:
                    best = (end, department)
    return best


def _with_person(found: Address, department: Department) -> Address:
    """Somebody of the department named right behind it is to own the ask."""
    person = _PERSON.match(found.rest)
    if person is None or person[1] not in (department.lead_id, *department.member_ids):
        return found
    return Address(_trimmed(found.rest[person.end() :]), department, person[1])


def _unknown(text: str) -> Address:
    """A name after @ that fits nobody. Chinese runs on without a space: there nothing but the @ is taken away."""
    at = _AT.match(text.lstrip())
    if at is None:
        return Address(text.strip())
    behind = text.lstrip()[at.end() :]
    word = _WORD.match(behind)
    name = word[0] if word else ""
    runs_on = any(_is_chinese(letter) for letter in name)
    return Address(behind.strip() if runs_on else _trimmed(behind[len(name) :]), unknown=name)


def _names(department: Department) -> tuple[str, ...]:
    return (department.key, *department.names)


def _trimmed(text: str) -> str:
    return _LINK.sub("", text).strip()


@lru_cache(maxsize=8192)  # the names of departments and services, again and again
def _folded_name(name: str) -> str:
    return _folded(name).strip()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _aligned(text: str) -> tuple[str, list[int]]:
    """`text` folded letter by letter, and for each place in it the place in `text`."""
    if text.isascii():
        return text.casefold(), list(range(len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = _folded(letter)
        letters.append(folded)
        places.extend([place] * len(folded))
    return "".join(letters), [*places, len(text)]


def _ends_a_word(text: str, end: int) -> bool:
    return end >= len(text) or not _joined(text[end - 1], text[end])


def _joined(before: str, after: str) -> bool:
    """Whether two neighbouring letters belong to one word; between Chinese letters there is no telling, so: no."""
    both = _in_word(before) and _in_word(after)
    return both and not _is_chinese(before) and not _is_chinese(after)


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter in "_-"


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"
