"""What digits mean in a due phrase: dates and times on the clock as they are written in any language, and zones."""

from .lexicon import Entry, Meanings, Said, chinese, english
from .meanings import CalendarDate, Clock, InZone, Meaning, NotATime, Number, Vague
from .numbers import english_number

_ZONES: dict[str, tuple[str, ...]] = {
    "utc": ("UTC",),
    "gmt": ("UTC",),
    "z": ("UTC",),
    "est": ("America/New_York",),
    "edt": ("America/New_York",),
    "et": ("America/New_York",),
    "eastern time": ("America/New_York",),
    "eastern": ("America/New_York",),
    "new york time": ("America/New_York",),
    "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",),
    "pt": ("America/Los_Angeles",),
    "pacific time": ("America/Los_Angeles",),
    "pacific": ("America/Los_Angeles",),
    "mst": ("America/Denver",),
    "mdt": ("America/Denver",),
    "cdt": ("America/Chicago",),
    "central time": ("America/Chicago",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "berlin time": ("Europe/Berlin",),
    "german time": ("Europe/Berlin",),
    "paris time": ("Europe/Paris",),
    "london time": ("Europe/London",),
    "uk time": ("Europe/London",),
    "hkt": ("Asia/Hong_Kong",),
    "sgt": ("Asia/Singapore",),
    "jst": ("Asia/Tokyo",),
    "tokyo time": ("Asia/Tokyo",),
    "beijing time": ("Asia/Shanghai",),
    "shanghai time": ("Asia/Shanghai",),
    "china time": ("Asia/Shanghai",),
    "北京时间": ("Asia/Shanghai",),
    # These mean different zones to different people.
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "my time": ("asker",),
    "our time": ("asker",),
    "your time": ("department",),
    "local time": (),
    "当地时间": (),
}
_ZONE = "|".join(sorted((name for name in _ZONES if name.isascii()), key=len, reverse=True))
_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?)"
_HOUR_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"


def _clock(hour: int, minute: int, half: str | None = None, *, exact: bool = False, bare: bool = False) -> Meanings:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return (NotATime(),)
    if half is None:
        return (Clock(hour, minute, None, exact or hour > 12 or hour == 0, bare),)
    if hour > 12:
        return (NotATime(near=Clock(hour, minute, None, exact=True)),)
    if hour == 0:
        return (NotATime(),)
    return (Clock(hour, minute, "am" if half.startswith("a") else "pm", False, bare),)


def _written_clock(said: Said) -> Meanings:
    hour = said["hour"]
    exact = len(hour) == 2 and hour.startswith("0")
    return _clock(int(hour), int(said["minute"] or 0), said["half"], exact=exact)


def _iso(said: Said) -> Meanings:
    day = CalendarDate(((int(said["month"]), int(said["day"])),), int(said["year"]), iso=True)
    if said["hour"] is None:
        return (day,)
    clock = _clock(int(said["hour"]), int(said["minute"]), exact=True)
    zone = said["zone"]
    if zone is None:
        return (day, *clock)
    return (day, *clock, _offset(zone))


def _offset(text: str) -> InZone:
    if text in {"z", "utc", "gmt"}:
        return InZone(("UTC",))
    digits = text[1:].replace(":", "")
    minutes = int(digits[:-2]) * 60 + int(digits[-2:]) if len(digits) > 2 else int(digits) * 60
    if minutes > 14 * 60:
        return InZone(())
    return InZone((), -minutes if text[0] == "-" else minutes)


def _numeric_date(said: Said) -> Meanings | None:
    first, second = int(said["first"]), int(said["second"])
    year = said["year"]
    whole_year = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return (CalendarDate(((first, second),), whole_year, numeric=True),)
    readings = [(month, day) for month, day in ((first, second), (second, first)) if month <= 12]
    return (CalendarDate(tuple(dict.fromkeys(readings)), whole_year, numeric=True),)


def _past_or_to(said: Said) -> Meanings | None:
    hour = english_number(said["hour"])
    words = said["minutes"].removesuffix("s").removesuffix(" minute").removeprefix("a ")
    minutes = {"half": 30, "quarter": 15}.get(words) or english_number(words)
    if hour is None or minutes is None or not 1 <= hour <= 12 or minutes > 59:
        return None
    half = said["half"]
    if said["way"] == "past":
        return _clock(hour, minutes, half)
    if words == "half" or minutes == 0:
        return None
    # A quarter to one is a quarter before one o'clock: the half of the day stays with the hour said, but at twelve.
    if hour == 12 and half is not None:
        return _clock(11, 60 - minutes, "pm" if half.startswith("a") else "am")
    return _clock(hour - 1 or 12, 60 - minutes, half)


def _zone(said: Said) -> Meanings:
    return (InZone(_ZONES[said["name"]]),)


def _o_clock(said: Said) -> Meanings | None:
    hour = english_number(said["hour"])
    return None if hour is None else _clock(hour, 0)


def _number(said: Said) -> Meanings | None:
    value = english_number(said["value"])
    meaning: Meaning | None = None if value is None else Number(value)
    return None if meaning is None else (meaning,)


ENTRIES: tuple[Entry, ...] = (
    english(
        r"(?P<year>(?:2\d|99)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
        r"(?:(?:t| {1,2}(?:at )?)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,6})?)?"
        r" ?(?P<zone>z|utc|gmt|\+\d\d:?\d\d|(?<=t\d\d:\d\d)-\d\d:?\d\d|(?<=t\d\d:\d\d:\d\d)-\d\d:?\d\d)?)?"
        r"(?!-\d|\.\d|\.[a-z]|/)",
        _iso,
    ),
    english(
        r"(?P<year>20\d\d)(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?P<hour>(?!))?(?!-\d|\.\d|"
        r"\.[a-z]|/)",
        lambda said: (CalendarDate(((int(said["month"]), int(said["day"])),), int(said["year"]), iso=True),),
    ),
    english(
        r"(?:(?<=by )|(?<=before )|(?<=due ))(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        lambda said: (
            Vague(),
            CalendarDate(((int(said["month"]), int(said["day"])),), int(said["year"]), numeric=True),
        ),
    ),
    english(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>(?:2\d|99)\d\d|\d\d))?(?!/|\.\d|%)", _numeric_date),
    english(r"(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?P<year>(?:2\d|99)\d\d)(?!-|\.\d)", _numeric_date),
    english(r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>(?:2\d|99)\d\d|\d\d)?(?!\d|\.\d)", _numeric_date),
    chinese(
        r"(?P<first>\d{1,2})-(?P<second>\d{1,2})(?P<year>(?!))?(?=之?前|以前)",
        lambda said: (Vague(), *(_numeric_date(said) or ())),
    ),
    chinese(r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})(?P<year>(?!))?(?:号|日)?(?=之?前|以前)", _numeric_date),
    english(rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))? ?{_HALF}", _written_clock),
    english(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?P<half>(?!))?(?: ?(?:hrs|h|uhr))?(?!:\d)", _written_clock),
    english(
        r"(?P<hour>\d{1,2})h(?P<minute>[0-5]\d)?",
        lambda s: _clock(int(s["hour"]), int(s["minute"] or 0), exact=True, bare=True),
    ),
    english(
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) ?(?:hrs|hours|h)",
        lambda s: _clock(int(s["hour"]), int(s["minute"]), exact=True),
    ),
    english(
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>00|15|30|45)(?!\.\d)",
        lambda s: (Vague(), *_clock(int(s["hour"]), int(s["minute"]), exact=True, bare=True)),
    ),
    english(
        r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?!\.\d)",
        lambda s: (Vague(), *_clock(int(s["hour"]), int(s["minute"]), bare=True)),
    ),
    english(
        rf"(?P<minutes>half|(?:a )?quarter|(?:five|ten|twenty|twenty[ -]five)(?: minutes?)?|"
        rf"\d{{1,2}} minutes?) (?P<way>past|to) "
        rf"(?P<hour>{_HOUR_WORDS}|\d{{1,2}})(?: ?{_HALF})?",
        _past_or_to,
    ),
    english(rf"(?P<hour>{_HOUR_WORDS}|\d{{1,2}}) ?o'? ?clock", _o_clock),
    english(rf"(?P<value>{_HOUR_WORDS}|\d{{1,2}})(?![%°$€£]|[.:,/]\d)", _number),
    english(rf"\(?(?P<name>{_ZONE})\)?(?! ?[+-]\d)", _zone, behind_a_time=True),
    english(
        r"(?:utc|gmt) ?(?P<offset>[+-]\d{1,2}(?::?\d\d)?)", lambda said: (_offset(said["offset"]),), behind_a_time=True
    ),
    english(r"[a-z]{3,12} time", lambda _: (InZone(()),), behind_a_time=True),
    chinese(r"[(（]?(?P<name>北京时间|当地时间)[)）]?", _zone, behind_a_time=True),
)
