"""Every sentence Baton says, in the reader's language.

`words.say("{owner} owns this ask.", owner="@Lin")`: the English sentence is its own name in the gettext catalogues
under `locale/`. `make words` collects new sentences; a check fails while one of them lacks its translation.
"""

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_CATALOGUES = Path(__file__).with_name("locale")


class Words:
    """The sentences of one language. `locale` is Slack's (`en-US`, `zh-CN` …); unknown ones are English."""

    def __init__(self, locale: str) -> None:
        self.language = language_of(locale)
        self._catalogue = _catalogue(self.language)

    def say(self, sentence: str, /, **particulars: object) -> str:
        """`sentence` in this language, with its {placeholders} filled in."""
        return self._catalogue.gettext(sentence).format(**particulars)

    def count(self, one: str, many: str, n: int, /, **particulars: object) -> str:
        """`one` or `many` as this language counts `n`; {n} is filled in."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **particulars)


def language_of(locale: str) -> str:
    """Which of our catalogues a Slack locale reads: Chinese readers get Simplified Chinese, others English."""
    return "zh_CN" if locale.replace("_", "-").lower().startswith("zh") else "en"


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("baton", _CATALOGUES, languages=[language], fallback=language == "en")
