"""What of a text may be read? Not what stands in links, mentions, channels, code, names of files and quotations.

Everything here keeps the length, so that what is found in the folded text can be cut from the typed one.
"""

import re

HIDDEN = "\ue000"
QUOTE_LENGTH = 200

_TRADITIONAL = (
    "儘週點號後個時鐘鍾兩禮內國慶節盡馬誕陽勞動聖終結開這從還間過幾復農曆歲發晝會議報給請務總將與無須應當"
    "級業趕緊獲週歸臨鄰歐貨單據員"
)
_SIMPLIFIED = (
    "尽周点号后个时钟钟两礼内国庆节尽马诞阳劳动圣终结开这从还间过几复农历岁发昼会议报给请务总将与无须应当"
    "级业赶紧获周归临邻欧货单据员"
)
_FOLD = (
    str.maketrans(_TRADITIONAL, _SIMPLIFIED)
    | {0xFF01 + number: 0x21 + number for number in range(94)}
    | str.maketrans("\u3000\u00a0\u202f\u2009\t’‘–—−～。、", "     ''---~。、")
)

_QUOTED = rf"\"[^\"\n]{{1,{QUOTE_LENGTH}}}\"|“[^”\n]{{1,{QUOTE_LENGTH}}}”|「[^」\n]{{1,{QUOTE_LENGTH}}}」"
# The colon of an emoji's name is none that stands between words.
_EMOJI_AHEAD = re.compile(r":[a-z0-9_+-]{1,60}:")
_STRANDED_BEFORE = re.compile(r"^(?:[ \t,，.。;；：!！、–—]|-(?!\d)|:(?![a-z0-9_+-]{1,60}:))+")
_STRANDED_BEHIND = re.compile(r"(?:[ \t\n,，;；：、–—(（-]|(?<![a-z0-9_+-]):)+$")
_COMMAS_BEHIND = re.compile(r"(?:[ \t,，;；：、]|(?<![a-z0-9_+-]):)+$")
_NOT_READ = re.compile(
    r"```.{0,10000}?```|`[^`\n]{1,1000}`"
    r"|<[^<>\n]{1,2000}>"
    r"|https?://[^\s<>]{1,2000}"
    r"|www\.[^\s<>]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|[#@](?!(?:noon|midnight|midday|eod|cob)\b)[A-Za-z_][A-Za-z0-9_.-]{0,80}"
    r"|:[a-z][a-z0-9_+-]{0,60}:"
    rf"|《[^》\n]{{1,{QUOTE_LENGTH}}}》|{_QUOTED}",
    re.DOTALL,
)


def folded(text: str) -> str:
    """The text as the lexicons know it, equally long: small letters, simplified characters, ASCII punctuation."""
    plain = text.translate(_FOLD)
    if plain.isascii():
        return _hide(plain.lower())
    return _hide("".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain))


def _hide(text: str) -> str:
    return _NOT_READ.sub(lambda match: HIDDEN * len(match[0]), text)


def without(text: str, start: int, end: int) -> str:
    """The text without `start` up to `end`: the seam is tidied, everything else stays as it was typed."""
    left, right = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    if left.endswith(("(", "（", "[")) and right.startswith((")", "）", "]")):
        left, right = left[:-1].rstrip(" \t"), right[1:].lstrip(" \t")
    if left.endswith("\n") and right.startswith("\n"):
        right = right[1:]
    if not left.strip() or left.endswith("\n"):
        right = _STRANDED_BEFORE.sub("", right)
        if left.endswith("\n") or not left.strip():
            return (left + right).strip()
    if not right.strip():
        return _STRANDED_BEHIND.sub("", left).strip()
    if right[0] in ",，.。;；:：!！?？、)）]\n" and not _EMOJI_AHEAD.match(right):
        left = _COMMAS_BEHIND.sub("", left) if right[0] not in ")）]" else left
        return (left + right).strip()
    if left[-1] in ",，;；、" and right[0] in ",，;；、":
        return (left + right[1:]).strip()
    wide = _is_wide(left[-1]) and _is_wide(right[0])
    return (left + ("" if wide else " ") + right).strip()


def _is_wide(sign: str) -> bool:
    return "\u2e80" <= sign <= "\uffef"
