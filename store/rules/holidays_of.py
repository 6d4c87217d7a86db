"""Which days does a country, or one of its regions, not work, and which free days does it work instead?

From the `holidays` library: public holidays with their names, and the weekend days that make up for a bridged holiday
(China's 调休). The makers of the library know the make-up days once the government has announced them, a few weeks
before the year begins; for later years only the statutory holidays are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

ENGLISH = "en_US"


@dataclass(frozen=True)
class FreeDays:
    """One year of one country: `names` by holiday, `worked_instead` the make-up days, `weekend` 0 = Monday."""

    names: Mapping[date, str]
    worked_instead: frozenset[date]
    weekend: frozenset[int]


NO_COUNTRY = FreeDays(MappingProxyType({}), frozenset(), frozenset({5, 6}))


@lru_cache(maxsize=1024)
def is_known(country: str, region: str | None) -> bool:
    """Whether the library knows the ISO 3166 country code and, if given, its subdivision's code."""
    try:
        holidays.country_holidays(country, subdiv=region, expand=False)
    except (NotImplementedError, KeyError, ValueError, TypeError, AttributeError):
        return False
    return True


@lru_cache(maxsize=4096)
def free_days(country: str | None, region: str | None, year: int, language: str = ENGLISH) -> FreeDays:
    """The free and make-up days of `year`; names in `language` where the library has it, else in the country's own.

    The country and region must be known (`is_known`).
    """
    if country is None:
        return NO_COUNTRY
    known = holidays.country_holidays(country, subdiv=region, expand=False)
    # Left out, the library would choose the language by the environment of the server.
    spoken = language if language in known.supported_languages else known.default_language
    book = holidays.country_holidays(country, subdiv=region, years=year, expand=False, language=spoken)
    names = {day: name for day, name in sorted(book.items()) if day.year == year}
    instead = frozenset(day for day in book.weekend_workdays if day.year == year)
    return FreeDays(MappingProxyType(names), instead, frozenset(book.weekend) or NO_COUNTRY.weekend)
