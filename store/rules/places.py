"""Time zones and countries as people name them: "Shanghai" is Asia/Shanghai, and most people there have CN's holidays.

Zones are those of the machine, countries and regions those of the `holidays` library.
"""

import difflib
import re
from functools import lru_cache
from zoneinfo import available_timezones

import holidays
from holidays.registry import COUNTRIES

# For the commonest zones only: a guess that a form shows, and that somebody then sees and changes.
_COUNTRY_OF = {
    "Asia/Shanghai": "CN", "Asia/Urumqi": "CN", "Asia/Hong_Kong": "HK", "Asia/Taipei": "TW", "Asia/Singapore": "SG",
    "Asia/Tokyo": "JP", "Asia/Seoul": "KR", "Asia/Kolkata": "IN", "Asia/Calcutta": "IN", "Asia/Bangkok": "TH",
    "Asia/Jakarta": "ID", "Asia/Manila": "PH", "Asia/Kuala_Lumpur": "MY", "Asia/Ho_Chi_Minh": "VN",
    "Asia/Dubai": "AE", "Asia/Jerusalem": "IL", "Europe/Istanbul": "TR", "Europe/Moscow": "RU", "Europe/Kyiv": "UA",
    "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE", "Europe/Vienna": "AT", "Europe/Zurich": "CH",
    "Europe/Paris": "FR", "Europe/Brussels": "BE", "Europe/Amsterdam": "NL", "Europe/Luxembourg": "LU",
    "Europe/Madrid": "ES", "Europe/Lisbon": "PT", "Europe/Rome": "IT", "Europe/Athens": "GR", "Europe/Warsaw": "PL",
    "Europe/Prague": "CZ", "Europe/Bratislava": "SK", "Europe/Budapest": "HU", "Europe/Bucharest": "RO",
    "Europe/Sofia": "BG", "Europe/Zagreb": "HR", "Europe/Ljubljana": "SI", "Europe/Belgrade": "RS",
    "Europe/Copenhagen": "DK", "Europe/Stockholm": "SE", "Europe/Oslo": "NO", "Europe/Helsinki": "FI",
    "Europe/Tallinn": "EE", "Europe/Riga": "LV", "Europe/Vilnius": "LT",
    "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US",
    "America/Phoenix": "US", "America/Toronto": "CA", "America/Vancouver": "CA", "America/Mexico_City": "MX",
    "America/Bogota": "CO", "America/Lima": "PE", "America/Santiago": "CL", "America/Sao_Paulo": "BR",
    "America/Argentina/Buenos_Aires": "AR", "Africa/Cairo": "EG", "Africa/Johannesburg": "ZA", "Africa/Lagos": "NG",
    "Africa/Nairobi": "KE", "Australia/Sydney": "AU", "Australia/Melbourne": "AU", "Australia/Brisbane": "AU",
    "Australia/Perth": "AU", "Pacific/Auckland": "NZ",
}  # fmt: skip


def zone_called(text: str) -> str | None:
    """The zone of this name, whatever its case, or of this city; None if there is none."""
    wanted = re.sub(r"\s+", "_", text.strip()).casefold()
    return _zones().get(wanted)


def zones_near(text: str, most: int = 3) -> list[str]:
    """Zones that `text` may be a slip for."""
    wanted = re.sub(r"\s+", "_", text.strip()).casefold()
    return list(dict.fromkeys(_zones()[one] for one in difflib.get_close_matches(wanted, _zones(), most, 0.6)))


def country_of(zone: str) -> str | None:
    """The country whose holidays most people of a zone have, where it is known."""
    return _COUNTRY_OF.get(zone)


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """(code, English name) of every country whose holidays are known, by name."""
    known = holidays.list_supported_countries(include_aliases=False)
    named = {entry[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values()}
    return tuple(sorted(((code, named.get(code, code)) for code in known), key=lambda pair: pair[1]))


def regions_of(country: str) -> tuple[str, ...]:
    """The codes of the regions of a country that have holidays of their own."""
    return tuple(holidays.list_supported_countries(include_aliases=False).get(country, ()))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zones by name and by city, in small letters; a name goes before a city."""
    names = sorted(available_timezones())
    cities = {name.rpartition("/")[2].casefold(): name for name in reversed(names) if name.count("/") == 1}
    return cities | {name.casefold(): name for name in names}
