"""What history says of a service: enough of it, rounded so that "within" holds, in hours or days."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from store.rules.history import LEAST, Span, day_length, history
from store.rules.hours import Hours

DAY = timedelta(hours=8)
spans = some.lists(some.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)), max_size=100)


def length(span: Span) -> timedelta:
    return span.halves * (timedelta(hours=1) if span.unit == "hours" else DAY) / 2


def test_fewer_than_ten_say_nothing() -> None:
    assert history([DAY] * 9, DAY) is None
    assert history([DAY] * 10, DAY) is not None


def test_half_and_eight_of_ten_in_the_words_of_the_card() -> None:
    told = history([DAY, DAY, DAY, DAY, DAY, 2 * DAY, 3 * DAY, 3 * DAY, 9 * DAY, 20 * DAY], DAY)
    assert told is not None
    assert (told.usually, told.most) == (Span(3, "days"), Span(6, "days"))
    assert (told.usually.amount, told.most.amount) == ("1.5", "3")


def test_what_takes_less_than_a_day_is_told_in_hours() -> None:
    told = history([timedelta(minutes=50)] * 8 + [DAY] * 2, DAY)
    assert told is not None
    assert (told.usually, told.most) == (Span(2, "hours"), Span(2, "hours"))


def test_a_day_is_as_long_as_most_are() -> None:
    hours = Hours.parse({"mon-thu": "09:00-12:00,13:30-17:30", "fri": "09:00-12:00"})
    assert day_length(hours) == timedelta(hours=7)


@given(spans)
def test_eight_of_ten_were_within_and_half_took_the_usual_or_less(worked: list[timedelta]) -> None:
    told = history(worked, DAY)
    assert (told is None) == (len(worked) < LEAST)
    if told is not None:
        assert sum(one <= length(told.most) for one in worked) * 10 >= 8 * len(worked)
        assert sum(one <= length(told.usually) for one in worked) * 2 >= len(worked)
        assert length(told.usually) <= length(told.most) + DAY
