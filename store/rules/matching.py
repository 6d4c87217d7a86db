"""Which department's words stand in a text? English by whole words and their plural, Chinese wherever they stand.

Pure. Width, case and spaces do not matter ("ＧＡＳＫＥＴ" is "gasket").
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 60  # characters of a phrase that is remembered
MOST = 5  # phrases remembered with one ask
_CHINESE = "\u3400-\u9fff\uf900-\ufaff"
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")
_LETTER = rf"[^\W{_CHINESE}]"  # of a word that is written with spaces around it
_ENGLISH = re.compile(rf"{_LETTER}(?:{_LETTER}|['’-](?={_LETTER}))*")
_RUN = re.compile(f"[{_CHINESE}]+")
_BETWEEN = re.compile(r"[,，、;；\n]+")
_COMMON_WORDS = """
monday tuesday wednesday thursday friday saturday sunday a about above after again all also am an and any are as
asap at back be because been before being below between both but by can check could day days did do does doing done
down during each few find first fix for from get give go going had has have having he help her here hers him his how
if in into is it its just kindly last let like look made make makes making me more most my need needed needs new
next no nor not now of off on once one only open or order other our out over own please put replace repair room same
see send set she should so some soon still such take tell than thank thanks that the their them then there these
they this those through to today tomorrow too two under until up urgent us use very want was we week weeks were what
when where which while who why will with work would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# Chinese is not parted into words here: what stands between these is offered whole.
_PARTING = re.compile(
    "请问|麻烦|帮忙|我们|你们|他们|需要|更换|替换|更新|维修|修理|购买|采购|处理|申请|一下|一个|这个|那个|什么|怎么|"
    "可以|尽快|谢谢|已经|没有|不能|无法|还有|以及|或者|因为|所以|今天|明天|病区|号|的|了|请|把|在|和|与|给|帮|我|你|他|要|换|修|买|是|有|不|"
    "没|到|从|对|被|让|又|也|都|就|还|个|台|张|套|新|坏|用"
)
_PARTINGS = re.compile(f"(?:{_PARTING.pattern})+")


@dataclass(frozen=True, slots=True)
class Match:
    """A word or phrase that is a department's, as somebody remembered it."""

    id: int
    department_id: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whose words stand in a text: those of the longest phrase. Several departments when they compete."""

    matches: tuple[Match, ...] = ()

    @property
    def only(self) -> Match | None:
        """The one match, if no other department competes."""
        return self.matches[0] if len(self.matches) == 1 else None


def folded(text: str) -> str:
    """`text` as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def key(phrase: str) -> str:
    """A phrase as it is kept: folded, its last word in the singular, so that plural and singular are one."""
    plain = folded(phrase)
    return plain if _HAS_CHINESE.search(plain) else _singular(plain)


def find(text: str, known: Iterable[Match]) -> Found:
    """The longest of the `known` phrases that stands in `text`; one for each department that it belongs to."""
    plain = folded(text)
    length, best = 0, dict[int, Match]()
    for one in known:
        wanted = key(one.phrase)
        if len(wanted) < length or not tells_apart(wanted) or not _pattern(wanted).search(plain):
            continue
        if len(wanted) > length:
            length, best = len(wanted), {}
        best.setdefault(one.department_id, one)
    return Found(tuple(best.values()))


def phrases(text: str) -> tuple[str, ...]:
    """What somebody wrote to be remembered, parted at commas: each once, without those that tell nothing apart."""
    kept = {key(one): one for one in _said(text) if tells_apart(one)}
    return tuple(kept.values())[:MOST]


def idle(text: str) -> tuple[str, ...]:
    """What somebody wrote to be remembered that cannot be, as it tells nothing apart."""
    return tuple(one for one in _said(text) if not tells_apart(one))


@lru_cache(maxsize=8192)
def tells_apart(phrase: str) -> bool:
    """Whether a phrase can say whose an ask is: not a single character, not only words that stand in any ask."""
    plain = key(phrase)
    if len(plain) < 2:
        return False
    return not all(
        word in _COMMON or not any(map(str.isalpha, word)) or _PARTINGS.fullmatch(word) for word in plain.split()
    )


def _said(text: str) -> list[str]:
    pieces = (" ".join(one.split())[:LONGEST].strip() for one in _BETWEEN.split(text))
    return [piece for piece in pieces if piece]


def telling(text: str, most: int = MOST) -> tuple[str, ...]:
    """The words of an ask that may tell whose it is, in their order: no common words, no numbers."""
    plain = folded(text)
    found = [(one.start(), _singular(one[0])) for one in _ENGLISH.finditer(plain) if _tells(one[0])]
    for run in _RUN.finditer(plain):
        start = run.start()
        for piece in _PARTING.split(run[0]):
            start = plain.index(piece, start)
            if 2 <= len(piece) <= 8:
                found.append((start, piece))
    return tuple(dict.fromkeys(word for _, word in sorted(found)))[:most]


def commonest(texts: Sequence[str], most: int = 8) -> list[tuple[str, int]]:
    """The telling words of several asks, with how many of them say each; the commonest first."""
    counted = Counter(word for text in texts for word in telling(text, 100))
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]


def _tells(word: str) -> bool:
    return len(word) > 2 and word not in _COMMON and not any(letter.isdigit() for letter in word)


def _singular(word: str) -> str:
    """The simple rules of English; what they get wrong still finds itself, as the plural's ending may follow."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def _pattern(wanted: str) -> re.Pattern[str]:
    """Finds a key in a folded text."""
    if _HAS_CHINESE.search(wanted):
        return re.compile(re.escape(wanted))
    stem, ending = (wanted[:-1], "(?:y|ys|ies)") if wanted.endswith("y") else (wanted, "(?:s|es)?")
    return re.compile(rf"(?<!{_LETTER}){re.escape(stem)}{ending}(?!{_LETTER})")
