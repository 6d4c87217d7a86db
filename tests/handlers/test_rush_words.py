"""What a line says of a rush: where the reason begins, and which cause it plainly is."""

import pytest

from handlers.rush_words import cause_in, split
from store.rules.rush import Cause


@pytest.mark.parametrize(
    ("line", "before", "reason"),
    [
        ("pay 4711 today, rush: customer waits", "pay 4711 today", "customer waits"),
        ("pay 4711 today (rush: customer waits)", "pay 4711 today", "customer waits"),
        ("pay 4711 today. URGENT - the audit is tomorrow", "pay 4711 today", "the audit is tomorrow"),
        ("pay 4711 today rush because we forgot", "pay 4711 today", "we forgot"),
        ("今天付4711，加急：客户在等", "今天付4711", "客户在等"),
        ("今天付4711 加急因为我们忘了", "今天付4711", "我们忘了"),
        ("pay 4711 today, rush:", "pay 4711 today, rush:", ""),
        ("a brush: the old one is worn", "a brush: the old one is worn", ""),
        ("describe the rush hour at the gate", "describe the rush hour at the gate", ""),
        ("pay 4711 today", "pay 4711 today", ""),
    ],
)
def test_the_reason_stands_behind_the_word(line: str, before: str, reason: str) -> None:
    assert split(line) == (before, reason)


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("customer waits", Cause.OUTSIDE),
        ("The analyser is down", Cause.OUTSIDE),
        ("患者在等", Cause.OUTSIDE),
        ("we forgot", Cause.WAITED),
        ("忘了提", Cause.WAITED),
        ("we only just heard", Cause.KNOWN_NOW),
        ("we were told of it this morning", Cause.KNOWN_NOW),
        ("刚知道", Cause.KNOWN_NOW),
        ("the board wants it", None),
        ("we forgot, and a customer waits", None),
        ("", None),
    ],
)
def test_a_cause_is_read_only_where_it_is_plain(reason: str, cause: Cause | None) -> None:
    assert cause_in(reason) is cause
