"""Which number do these words say? English and Chinese, as far as due times need them."""

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_CHINESE_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

ENGLISH_NUMBER = r"(?:\d{1,30}|(?:twenty|thirty|forty|fifty)[ -](?:one|two|three|four|five|six|seven|eight|nine)|" + (
    "|".join(sorted([*_TENS, *_UNITS[1:]], key=len, reverse=True)) + ")"
)
ENGLISH_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|"
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + ")"
)
CHINESE_NUMBER = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百]{1,5})"


def english_number(words: str) -> int | None:
    """12, "twelve", "forty-five" → the number; None if it is none."""
    if words.isascii() and words.isdigit():
        return int(words)
    tens, _, unit = words.replace("-", " ").partition(" ")
    if unit:
        return _TENS[tens] + _UNITS.index(unit) if tens in _TENS and unit in _UNITS else None
    if tens in _TENS:
        return _TENS[tens]
    return _UNITS.index(tens) if tens in _UNITS else None


def english_ordinal(words: str) -> int | None:
    """ "first", "twenty-fifth" → the number; None if it is none."""
    if words == "thirtieth":
        return 30
    tens, _, unit = words.replace("-", " ").partition(" ")
    if unit:
        return _TENS[tens] + _ORDINALS.index(unit) + 1 if tens in _TENS and unit in _ORDINALS else None
    return _ORDINALS.index(tens) + 1 if tens in _ORDINALS else None


def chinese_number(text: str) -> int | None:
    """12, 十二, 二十五, 二〇二六, 一百二十 → the number; None if it is none (三四 means three or four: not here)."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    if "十" not in text and "百" not in text:
        digits = [_CHINESE_DIGITS.get(sign) for sign in text]
        if None in digits or (len(digits) in {2, 3} and digits[0] != 0):
            return None
        return int("".join(str(digit) for digit in digits))
    hundreds, has_hundred, below = text.rpartition("百")
    total = 0
    if has_hundred:
        if hundreds not in _CHINESE_DIGITS:
            return None
        total = 100 * _CHINESE_DIGITS[hundreds]
        if below in {"", "半"}:
            return total
    tens, has_ten, units = below.rpartition("十")
    tens = tens.lstrip("零〇")
    if has_ten:
        if tens and tens not in _CHINESE_DIGITS:
            return None
        total += 10 * (_CHINESE_DIGITS[tens] if tens else 1)
    else:
        units = units.lstrip("零〇")
    if units and units not in _CHINESE_DIGITS:
        return None
    return total + (_CHINESE_DIGITS[units] if units else 0)


def chinese_pair(text: str) -> int | None:
    """两三, 三四, 三五: "two or three", "three to five" → the larger; None if it is no such pair."""
    if len(text) == 2 and all(sign in _CHINESE_DIGITS for sign in text):
        first, second = (_CHINESE_DIGITS[sign] for sign in text)
        if 1 <= first < second:
            return second
    return None
