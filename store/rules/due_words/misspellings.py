"""Which weekday did somebody try to write? Wendesday is none: it is asked back, with the likely one as a button."""

MOST_SLIPS = 2

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_FORMS = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
_WORDS_LIKE_THEM = {"today", "midday", "someday", "payday", "mayday", "noonday", "sundry", "everyday", "holiday"}


def nearly_a_weekday(word: str) -> int | None:
    """0 for a misspelt Monday …; None for a weekday itself, its plural, and whatever is far from all of them."""
    if word.removesuffix("s") in _WEEKDAYS or word in _SHORT_FORMS | _WORDS_LIKE_THEM:
        return None
    slips, number = min((_slips(word, name), number) for number, name in enumerate(_WEEKDAYS))
    return number if slips <= MOST_SLIPS else None


def _slips(word: str, name: str) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(name, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
