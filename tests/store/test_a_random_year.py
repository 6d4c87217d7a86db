"""A random year of a random company, looked at from outside: plain SQL says whether the one-owner rule held.

A small company by default; `make test-full` (BATON_FULL=1) is one of 200 people, 5,000 asks and 365 days.
"""

import json
import os
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from store import audit
from store.tables import absences, custody
from tests.store.random_year import Size, Year

SMALL = Size(people=30, departments=5, asks=80, days=14)
FULL = Size(people=200, departments=20, asks=5_000, days=365)
IS_FULL = os.environ.get("BATON_FULL") == "1"
TIME = custody.c.since.type


@pytest.fixture
def year(ledger_url: str) -> Iterator[Year]:
    lived = Year(ledger_url, FULL if IS_FULL else SMALL, seed=int(os.environ.get("BATON_YEAR_SEED", "3")))
    lived.live()
    yield lived
    lived.close()


@pytest.mark.timeout(7200 if IS_FULL else 180)
def test_a_year_keeps_the_one_owner_rule(year: Year) -> None:
    if IS_FULL:
        print(dict(year.done), dict(year.refused), len(year.collided))  # noqa: T201, told by `make test-full`
    enough_happened(year)
    each_open_ask_has_one_owner(year)
    custody_has_no_gap_and_no_overlap(year)
    one_offer_at_most(year)
    nobody_away_or_gone_received_anything(year)
    no_bounce_changed_an_owner(year)
    every_change_has_an_event_with_actor_and_reason(year)
    exactly_one_won_each_collision(year)
    chains_have_no_circle(year)
    nobody_waits_for_an_answer_in_vain(year)
    the_self_check_agrees(year)


OWNING = ("file", "take", "refuse", "recall", "offer", "deliver", "reopen", "leave", "come_back", "changed")
LINKING = ("block", "ask_asker", "answer", "seek", "advise", "place")


def enough_happened(year: Year) -> None:
    """A year in which nothing happens proves nothing."""
    for verb in (
        "file",
        "take",
        "refuse",
        "recall",
        "offer",
        "deliver",
        "reopen",
        "leave",
        "come_back",
        "changed",
        *LINKING,
    ):
        assert year.done[verb] + year.done[f"collided {verb}"] > 0, (verb, year.done)
    assert year.done["file"] > year.size.asks * 0.9
    assert year.done["expire_due"] + year.done["collided expire_due"] > 0
    assert year.collided


def each_open_ask_has_one_owner(year: Year) -> None:
    wrong = year.read(
        text("""
            SELECT asks.number, asks.stage, count(custody.id) AS owners
            FROM asks LEFT JOIN custody ON custody.ask_id = asks.id AND custody.until IS NULL
            GROUP BY asks.id, asks.number, asks.stage
            HAVING count(custody.id) <> CASE WHEN asks.stage = 'closed' THEN 0 ELSE 1 END
        """)
    )
    assert wrong == []


def custody_has_no_gap_and_no_overlap(year: Year) -> None:
    """One interval begins where the one before ends; only a reopened ask had none for a while."""
    wrong = year.read(
        text("""
            SELECT * FROM (
                SELECT ask_id, id, until, because,
                       lead(since) OVER (PARTITION BY ask_id ORDER BY id) AS next_since,
                       lead(because) OVER (PARTITION BY ask_id ORDER BY id) AS next_because
                FROM custody
            ) AS rows
            WHERE next_since IS NOT NULL
              AND (until IS NULL OR until > next_since OR (until <> next_since AND next_because <> 'reopen'))
        """)
    )
    assert wrong == []
    backwards = year.read(text("SELECT id FROM custody WHERE until < since"))
    assert backwards == []


def one_offer_at_most(year: Year) -> None:
    """And never about an ask that is delivered or closed, nor to its owner."""
    twice = year.read(text("SELECT ask_id FROM batons WHERE answer IS NULL GROUP BY ask_id HAVING count(*) > 1"))
    assert twice == []
    stray = year.read(
        text("""
            SELECT batons.id FROM batons JOIN asks ON asks.id = batons.ask_id
            LEFT JOIN custody ON custody.ask_id = asks.id AND custody.until IS NULL
            WHERE batons.answer IS NULL
              AND (asks.stage IN ('delivered', 'closed') OR custody.owner_id = batons.receiver_id
                   OR custody.owner_id <> batons.giver_id)
        """)
    )
    assert stray == []
    overlapping = year.read(
        text("""
            SELECT one.id FROM batons AS one JOIN batons AS other ON other.ask_id = one.ask_id AND other.id > one.id
            WHERE one.answered_at IS NULL OR one.answered_at > other.offered_at
        """)
    )
    assert overlapping == []


def nobody_away_or_gone_received_anything(year: Year) -> None:
    """At the instant somebody became an owner they were here, unless everybody who could be was away."""
    here = Presence(year)
    rows = year.read(
        text("""
            SELECT custody.*, asks.department_id, asks.number FROM custody JOIN asks ON asks.id = custody.ask_id
        """).columns(since=TIME, until=TIME)
    )
    for row in rows:
        assert not here.is_gone(row.owner_id, row.since), (row.number, row.because, "was gone")
        if here.is_away(row.owner_id, row.since):
            assert row.because != "take", (row.number, row.owner_id, row.since, "took it while away")
            others = year.members[row.department_id]
            free = [one for one in others if here.can_own(one, row.since)]
            deputies = [here.deputy(one, row.since) for one in others]
            free += [one for one in deputies if one and here.can_own(one, row.since)]
            assert not free, (row.number, row.because, row.owner_id, "was away, while others were here", free)


class Presence:
    """Who was away or gone at an instant: absences by plain SQL, accounts as the bystander wrote them down."""

    def __init__(self, year: Year) -> None:
        self.gone = year.gone
        self.absences: dict[str, list[Any]] = defaultdict(list)
        times = {name: absences.c[name].type for name in ("since", "until", "ended_at")}
        for row in year.read(text("SELECT * FROM absences").columns(**times)):
            self.absences[row.person_id].append(row)

    def is_gone(self, person_id: str, instant: datetime) -> bool:
        told = self.gone.get(person_id, [])
        place = bisect_right(told, (instant, False))
        return place > 0 and told[place - 1][1] and told[place - 1][0] < instant

    def is_away(self, person_id: str, instant: datetime) -> bool:
        return self._absence(person_id, instant) is not None

    def deputy(self, person_id: str, instant: datetime) -> str | None:
        absence = self._absence(person_id, instant)
        return absence.deputy_id if absence else None

    def can_own(self, person_id: str, instant: datetime) -> bool:
        return not self.is_gone(person_id, instant) and not self.is_away(person_id, instant)

    def _absence(self, person_id: str, instant: datetime) -> Any:
        return next(
            (
                row
                for row in self.absences[person_id]
                if row.since < instant
                and (row.until is None or instant < row.until)
                and (row.ended_at is None or instant < row.ended_at)
            ),
            None,
        )


def no_bounce_changed_an_owner(year: Year) -> None:
    wrong = year.read(
        text("""
            SELECT batons.id, batons.answer FROM batons
            JOIN custody ON custody.ask_id = batons.ask_id AND custody.since = batons.answered_at
            WHERE batons.answer IN ('refused', 'expired', 'recalled')
              AND NOT (batons.reason = 'wrong_department' AND custody.because = 'refused')
        """)
    )
    assert wrong == [], "only what nobody says is theirs goes to the gray-zone desk with a refusal"
    still = year.read(
        text("""
            SELECT batons.id FROM batons JOIN custody ON custody.ask_id = batons.ask_id
             AND custody.since <= batons.offered_at AND (custody.until IS NULL OR custody.until > batons.offered_at)
            WHERE batons.answer IN ('refused', 'expired', 'recalled')
              AND (custody.owner_id <> batons.giver_id OR custody.until < batons.answered_at)
        """)
    )
    assert still == []


BY_BATON = {"lapse", "expire", "reassign", "offer", "recall", "follow"}
OF_CUSTODY = {
    "file": "file",
    "take": "take",
    "reopen": "reopen",
    "left": "reassign",
    "refused": "reassign",
    "not_theirs": "reassign",
}
NEEDS_A_REASON = {"put_down": "reason", "refuse": "reason", "reassign": "because", "not_quite": "missing"}


def every_change_has_an_event_with_actor_and_reason(year: Year) -> None:
    by_ask: dict[int, list[Any]] = defaultdict(list)
    for event in year.read(text("SELECT * FROM events WHERE ask_id IS NOT NULL ORDER BY id").columns(at=TIME)):
        by_ask[event.ask_id].append(event)
    for ask in year.read(text("SELECT id, number, version FROM asks")):
        assert len(by_ask[ask.id]) >= ask.version, (ask.number, "changed without an event")
    for event in (event for events in by_ask.values() for event in events):
        said = json.loads(event.particulars) if isinstance(event.particulars, str) else event.particulars
        if event.actor_id is None:
            assert event.what in BY_BATON, (event.what, "was done by nobody")
            assert event.what in ("lapse", "expire") or said.get("because"), (event.what, "without a reason")
        if event.what in NEEDS_A_REASON:
            assert said.get(NEEDS_A_REASON[event.what]), (event.what, "without a reason", said)
    for row in year.read(text("SELECT ask_id, since, because FROM custody").columns(since=TIME)):
        what = OF_CUSTODY[row.because]
        assert any(event.what == what and event.at == row.since for event in by_ask[row.ask_id]), (row, "without event")
    answers = {"taken": "take", "refused": "refuse", "recalled": "recall", "expired": "expire"}
    for row in year.read(text("SELECT ask_id, answer, answered_at FROM batons").columns(answered_at=TIME)):
        if row.answer in answers:
            wanted = answers[row.answer]
            assert any(event.what == wanted and event.at == row.answered_at for event in by_ask[row.ask_id]), row


def exactly_one_won_each_collision(year: Year) -> None:
    rows = year.read(text("SELECT id, answer, answered_at FROM batons").columns(answered_at=TIME))
    answered = {row.id: row for row in rows}
    for baton_id, at, won in year.collided:
        row = answered[baton_id]
        if row.answer is None or row.answered_at != at:
            assert won == 0, (baton_id, at, row)  # all were refused, as when the receiver is away
        else:
            assert won == (0 if row.answer == "expired" else 1), (baton_id, at, won, row.answer)


def chains_have_no_circle(year: Year) -> None:
    parent_of = {row.child_id: row.parent_id for row in year.read(text("SELECT child_id, parent_id FROM links"))}
    for child in parent_of:
        seen, above = {child}, parent_of.get(child)
        while above is not None:
            assert above not in seen, (child, "is in a circle")
            seen.add(above)
            above = parent_of.get(above)
    assert parent_of, "nothing was linked"


def nobody_waits_for_an_answer_in_vain(year: Year) -> None:
    """One question to the asker at most, none about what is delivered or closed, none to somebody who left."""
    pending = year.read(
        text("""
            SELECT questions.asked_of, questions.asked_as, asks.number, asks.stage
            FROM questions JOIN asks ON asks.id = questions.ask_id WHERE questions.ended IS NULL
        """)
    )
    to_askers = [row.number for row in pending if row.asked_as == "asker"]
    assert len(to_askers) == len(set(to_askers))
    for row in pending:
        assert row.stage in ("open", "acknowledged"), row
        assert row.asked_as == "asker" or year.present(row.asked_of), row


def the_self_check_agrees(year: Year) -> None:
    with year.ledgers[0].reading() as connection:
        assert audit.findings(connection) == []
