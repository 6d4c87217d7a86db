"""Does a line say that it is a rush, and why? `pay 4711 today, rush: customer waits`, `…，加急：客户在等`.

Pure. What follows the word and its colon is the reason, in the asker's words; which of the causes it is, is read only
where it is plain.
"""

import re
import unicodedata

from store.rules.rush import Cause

_MARK = re.compile(
    r"[\s,;.，；。、(（\-–—]*(?<![^\W_])(?:rush|urgent|加急|紧急)\s*(?:because|因为|[:：\-–—])\s*", re.IGNORECASE
)
_SIGNS: tuple[tuple[Cause, re.Pattern[str]], ...] = (
    (
        Cause.WAITED,
        re.compile(
            r"\b(?:we|i) (?:have )?(?:waited|forgot|forgotten|overlooked|missed|should have asked|asked too late)\b"
            r"|\b(?:our|my) (?:fault|mistake|bad)\b|忘了|忘记|拖了|拖延|漏了|疏忽|我们的错"
        ),
    ),
    (
        Cause.KNOWN_NOW,
        re.compile(
            r"\b(?:just|only) (?:now |just )?(?:learn(?:ed|t)|heard|found out|known?|told|came up)\b"
            r"|\b(?:learn(?:ed|t)|heard|found out|known|told) (?:of it |about it |us )?(?:only |just )?"
            r"(?:now|today|this morning)\b"
            r"|刚知道|才知道|刚刚?得知|刚收到|刚接到|才得知|临时"
        ),
    ),
    (
        Cause.OUTSIDE,
        re.compile(
            r"\b(?:customers?|clients?|patients?|accidents?|authorit(?:y|ies)|inspections?|inspectors?|audits?|auditors?"
            r"|regulators?|courts?|police|tax office|suppliers?|broke(?:n)?|breakdown|down|failed|outage|leak(?:s|ing)?"
            r"|fire|flood(?:ed)?|emergency)\b"
            r"|客户|顾客|病人|患者|事故|故障|坏了|停机|急诊|抢救|检查组|监管|审计|卫健委|政府|法院|供应商|火灾|漏水"
        ),
    ),
)


def split(line: str) -> tuple[str, str]:
    """What comes before the mark of a rush, and the reason behind it; the whole line and "" where there is no mark."""
    found = _MARK.search(line)
    if found is None or not line[found.end() :].strip(" )）"):
        return line, ""
    return line[: found.start()], line[found.end() :].strip().removesuffix(")").removesuffix("）")


def cause_in(reason: str) -> Cause | None:
    """The cause that a reason names plainly; None where it names none, or several."""
    folded = unicodedata.normalize("NFKC", reason).casefold()
    named = [cause for cause, signs in _SIGNS if signs.search(folded)]
    return named[0] if len(named) == 1 else None
