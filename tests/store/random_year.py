"""A year in a company that a seed makes up: people ask, promise, link, advise, place, leave, return and collide.

Everything is done through the public verbs, and by the ticks of the clock. What people would see of an ask is read by
plain SQL, so that nothing here leans on the code that is under test.
"""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text

from store import (
    absences,
    acknowledging,
    advice,
    asks,
    chains,
    delivering,
    due,
    duty,
    ending,
    feeding,
    gray_zone,
    handoffs,
    hurrying,
    leaving,
    people,
    placing,
    questions,
    setting_up,
    tables,
)
from store.asks import Wish
from store.database import Ledger
from store.handoffs import Reason
from store.refusals import LedgerUnavailable, Refusal
from tests.store.world import MONDAY_9, TEAM, plan, profile

OPEN = text("""
    SELECT asks.number, asks.stage, asks.asker_id, asks.due, asks.department_id, custody.owner_id,
           batons.id AS baton_id, batons.receiver_id, batons.offered_by, batons.expires_at, changes.id AS change_id,
           questions.id AS question_id
    FROM asks JOIN custody ON custody.ask_id = asks.id AND custody.until IS NULL
    LEFT JOIN batons ON batons.ask_id = asks.id AND batons.answer IS NULL
    LEFT JOIN changes ON changes.ask_id = asks.id AND changes.answer IS NULL
    LEFT JOIN questions ON questions.ask_id = asks.id AND questions.ended IS NULL AND questions.asked_as = 'asker'
    WHERE asks.stage <> 'closed'
""").columns(due=tables.asks.c.due.type, expires_at=tables.asks.c.due.type)
ADVICE = text("""
    SELECT asks.number, questions.id, questions.asked_of FROM questions JOIN asks ON asks.id = questions.ask_id
    WHERE questions.ended IS NULL AND questions.asked_as <> 'asker'
""")
LINKED = text("""
    SELECT parent.number, child.number AS child, custody.owner_id FROM links
    JOIN asks AS parent ON parent.id = links.parent_id JOIN asks AS child ON child.id = links.child_id
    JOIN custody ON custody.ask_id = parent.id AND custody.until IS NULL
""")
CLOSED = text("SELECT number, asker_id FROM asks WHERE stage = 'closed' ORDER BY closed_at DESC LIMIT 40")


@dataclass(frozen=True)
class Size:
    """How large the company is, how much is asked of it, and for how many days."""

    people: int
    departments: int
    asks: int
    days: int


@dataclass
class Year:
    """The company, its ledger seen by two processes, and what a bystander writes down of it."""

    url: str
    size: Size
    seed: int = 1
    now: datetime = MONDAY_9
    gone: dict[str, list[tuple[datetime, bool]]] = field(default_factory=dict)  # who: since when gone, or back
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    collided: list[tuple[int, datetime, int]] = field(default_factory=list)  # baton, when, how many won

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.ledgers = [Ledger(self.url), Ledger(self.url)]  # as two processes would
        self.act(None, people.ensure_workspace, "A company")
        self.people = [f"U{number:03d}" for number in range(self.size.people)]
        for person_id in self.people:
            self.act(None, people.remember, profile(person_id))
        each = self.size.people // self.size.departments
        self.members: dict[int, list[str]] = {}
        for place in range(self.size.departments):
            here = self.people[place * each : (place + 1) * each]
            made = plan(f"d{place}", f"Department {place}", f"C{place}", here[0], tuple(here[1:]))
            self.act(here[0], setting_up.set_up, made)
            row = self.read(text("SELECT max(id) AS id FROM departments"))[0]
            self.members[row.id] = here
            if place % 2:
                self.act(here[0], duty.set_rota, row.id, here[1:4], self.now.date())
        self.desk_id = max(self.members)
        self.act(None, gray_zone.make_desk, self.desk_id)

    def close(self) -> None:
        for ledger in self.ledgers:
            ledger.close()

    def act(self, actor: str | None, verb: Callable[..., Any], *args: Any, ledger: int = 0) -> Any:
        return self.ledgers[ledger].act(verb, TEAM, actor, self.now, None, *args)

    def read(self, statement: Any) -> list[Row[Any]]:
        with self.ledgers[0].reading() as connection:
            return list(connection.execute(statement))

    def live(self) -> None:
        """All of its days. Each is begun by a tick and has a few busy hours."""
        filed = 0
        for day in range(1, self.size.days + 1):
            wanted = self.size.asks * day // self.size.days
            hours = sorted(self.chance.uniform(0, 12) for _ in range(4))
            opens = MONDAY_9 + timedelta(days=day - 1)
            for hour in hours:
                self.now = max(self.now, opens + timedelta(hours=hour))
                self.tick()
                while filed < wanted * (hours.index(hour) + 1) // len(hours):
                    self.file()
                    filed += 1
                self.some_come_and_go()
                self.some_move()
                self.some_collide()
        self.tick()

    def tick(self) -> None:
        """What the clock does by itself, until nothing more is due."""
        for verb in (absences.turn, handoffs.expire_due, due.nudge):
            while self.act(None, verb):
                self.done[name_of(verb)] += 1

    def attempt(self, actor: str | None, verb: Callable[..., Any], *args: Any) -> bool:
        """Somebody does something, a second after what was done before. Whether it was done."""
        self.now += timedelta(seconds=1)
        try:
            self.act(actor, verb, *args)
        except Refusal as refusal:
            self.refused[f"{name_of(verb)}: {type(refusal).__name__}"] += 1
            return False
        self.done[name_of(verb)] += 1
        return True

    def present(self, person_id: str) -> bool:
        """Whether somebody has an account now, as the bystander wrote it down."""
        told = self.gone.get(person_id)
        return not (told and told[-1][1])

    def anybody(self) -> str:
        while not self.present(chosen := self.chance.choice(self.people)):
            pass
        return chosen

    def file(self) -> None:
        department_id = self.chance.choice(list(self.members))
        named = self.chance.choice([None, None, self.chance.choice(self.members[department_id])])
        when = self.chance.choice([None, self.now + timedelta(hours=self.chance.uniform(1, 300))])
        self.attempt(self.anybody(), asks.file, self.wish(department_id, named, when))
        known = self.read(text("SELECT id, department_id FROM matches")) if self.chance.random() < 0.1 else []
        if known:
            match = self.chance.choice(known)
            wish = Wish(match.department_id, "Replace the gasket", match_id=match.id)
            asker = self.anybody()
            if self.attempt(asker, asks.file, wish) and self.chance.random() < 0.5:
                number = self.read(text("SELECT max(number) AS number FROM asks"))[0].number
                self.attempt(asker, gray_zone.not_theirs, number)

    def wish(self, department_id: int, named: str | None = None, when: datetime | None = None) -> Wish:
        return Wish(department_id, "Replace the gasket", person_id=named, due=when, rush_reason="It leaks")

    def some_move(self) -> None:
        """Many do something about what is open; now and then somebody whose move it is not."""
        found = self.read(OPEN)
        self.chance.shuffle(found)
        for row in found[: max(3, len(found) // 8)]:
            actor, verb, args = self.chance.choice(self._moves(row))
            if self.chance.random() < 0.05:
                actor = self.anybody()
            if self.present(actor):
                self.attempt(actor, verb, row.number, *args)
        for row in self.read(ADVICE):
            if self.chance.random() < 0.3 and self.present(row.asked_of):
                self.attempt(row.asked_of, advice.advise, row.number, row.id, self.chance.choice([None, "Do it"]))
        for row in self.read(LINKED):
            if self.chance.random() < 0.01 and self.present(row.owner_id):
                self.attempt(row.owner_id, chains.unlink, row.number, row.child)
        for row in self.read(CLOSED):
            if self.chance.random() < 0.01 and self.present(row.asker_id):
                self.attempt(row.asker_id, ending.reopen, row.number, "It leaks again")

    def _moves(self, row: Row[Any]) -> list[tuple[str, Callable[..., Any], tuple[Any, ...]]]:
        """What could be done about an ask next, by whom: likely things several times."""
        owner, asker = row.owner_id, row.asker_id
        later = self.now + timedelta(hours=self.chance.uniform(1, 200))
        receiver, note = self.chance.choice(self.people), "Half done"
        lead = self.members[row.department_id][0]
        if row.stage == "delivered":
            return [(asker, delivering.accept, ())] * 3 + [
                (asker, delivering.not_quite, ("It drips",)),
                (asker, ending.withdraw, ("No longer",)),
            ]
        if row.baton_id is not None:
            reason = self.chance.choice([*Reason, *[Reason.WRONG_DEPARTMENT] * 5])
            return [(row.receiver_id, handoffs.take, (row.baton_id,))] * 4 + [
                (row.receiver_id, handoffs.refuse, (row.baton_id, reason, "Not ours")),
                (row.offered_by, handoffs.recall, (row.baton_id,)),
                (row.receiver_id, handoffs.take, (row.baton_id - 1,)),
                (owner, delivering.deliver, ("In place",)),
                (owner, feeding.on_track, ()),
            ]
        if row.department_id == self.desk_id:
            to = self.chance.choice([one for one in self.members if one != self.desk_id])
            return [(owner, placing.place, (to, note, None, ["gasket"]))] * 4 + [
                (lead, placing.place, (to, note)),
                (owner, acknowledging.acknowledge, ()),
                (owner, questions.ask_asker, ("Whose is it?",)),
                (owner, ending.put_down, ("Not worth it",)),
            ]
        if row.question_id is not None:
            return [
                (asker, questions.answer, (row.question_id, "Yes")),
                (asker, questions.answer, (row.question_id, "Yes")),
                (owner, questions.take_back, (row.question_id,)),
                (owner, questions.ask_asker, ("And?",)),
                (owner, chains.block, ([], [self.another()])),
            ]
        if row.change_id is not None:
            return [
                (asker, acknowledging.agree, (row.change_id,)),
                (asker, acknowledging.disagree, (row.change_id, "Too late")),
            ]
        elsewhere = self.chance.choice([None, self.chance.choice(list(self.members))])
        passing: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
            (owner, handoffs.offer, (receiver, note)),
            (lead, handoffs.offer, (receiver, note)),
            (owner, handoffs.offer, (self.members[elsewhere][0] if elsewhere else receiver, note, elsewhere)),
            (owner, ending.put_down, ("Not worth it",)),
            (asker, ending.withdraw, ("No longer",)),
            (owner, feeding.snooze, (later,)),
            (asker, feeding.note, ("How is it?",)),
            (owner, chains.block, ([self.wish(self.chance.choice(list(self.members)), None, later)],)),
            (owner, chains.block, ([], [self.another()])),
            (owner, chains.block, ([], [self.another()])),
            (asker, hurrying.ask_for_sooner, (self.now + timedelta(hours=self.chance.uniform(1, 30)), "It leaks")),
            (owner, questions.ask_asker, ("Which one?",)),
            (owner, advice.seek, (self.chance.choice([lead, receiver]), "I would wait")),
        ]
        if row.stage == "open":
            return [(owner, acknowledging.acknowledge, ())] * 6 + [
                (owner, acknowledging.acknowledge_with_changes, ("Another one", later)),
                *passing,
            ]
        return [(owner, delivering.deliver, ("In place",))] * 5 + [
            (owner, acknowledging.offer_change, (None, later, "The part is late")),
            (owner, feeding.on_track, ()),
            *passing,
        ]

    def another(self) -> int:
        """The number of some ask, likelier a late one: those that wait for each other are filed at about one time."""
        newest = self.read(text("SELECT max(number) AS number FROM asks"))[0].number
        return max(1, newest - int(self.chance.expovariate(0.05)))

    def some_come_and_go(self) -> None:
        """Absences with deputies and without, early returns, accounts that end and begin again."""
        if self.chance.random() < 0.02 * self.size.people / 4:
            person_id, deputy = self.anybody(), self.chance.choice([None, self.anybody(), self.anybody()])
            since = self.chance.choice([None, self.now + timedelta(hours=self.chance.uniform(1, 60))])
            until = self.chance.choice([None, (since or self.now) + timedelta(hours=self.chance.uniform(4, 300))])
            self.attempt(person_id, absences.leave, until, deputy, since)
        for row in self.read(text("SELECT person_id, until FROM absences WHERE ended_at IS NULL")):
            if self.chance.random() < (0.08 if row.until is None else 0.01) and self.present(row.person_id):
                self.attempt(row.person_id, absences.come_back)
        if self.chance.random() < 0.1:
            self.an_account_ends_or_begins_again()

    def an_account_ends_or_begins_again(self) -> None:
        """One account in ten at most is gone at a time, so that each department has somebody left."""
        missing = [one for one in self.people if not self.present(one)]
        back = len(missing) >= self.size.people // 10 or (missing and self.chance.random() < 0.3)
        person_id = self.chance.choice(missing) if back else self.anybody()
        if self.attempt(None, leaving.changed, profile(person_id, is_deleted=not back)):
            self.gone.setdefault(person_id, []).append((self.now, not back))

    def some_collide(self) -> None:
        """The same baton is taken, refused, recalled, and its hour comes, all at once, in two processes."""
        offered = [row for row in self.read(OPEN) if row.baton_id is not None and row.stage in ("open", "acknowledged")]
        offered = [row for row in offered if self.present(row.receiver_id) and self.present(row.offered_by)]
        if not offered or self.chance.random() > 0.25:
            return
        row = self.chance.choice(offered)
        if self.chance.random() < 0.4:
            self.now = max(self.now, row.expires_at)
        self.now += timedelta(seconds=1)
        tries: list[tuple[str | None, Callable[..., Any], tuple[Any, ...]]] = [
            (row.receiver_id, handoffs.take, (row.number, row.baton_id)),
            (row.receiver_id, handoffs.refuse, (row.number, row.baton_id, Reason.NO_TIME)),
            (row.offered_by, handoffs.recall, (row.number, row.baton_id)),
            (None, handoffs.expire_due, ()),
        ]
        self.chance.shuffle(tries)
        with ThreadPoolExecutor(len(tries)) as crowd:
            won = list(crowd.map(self._collide, enumerate(tries)))
        self.collided.append((row.baton_id, self.now, sum(won)))
        self.now += timedelta(seconds=1)

    def _collide(self, one: tuple[int, tuple[str | None, Callable[..., Any], tuple[Any, ...]]]) -> bool:
        place, (actor, verb, args) = one
        try:
            self.act(actor, verb, *args, ledger=place % 2)
        except (Refusal, LedgerUnavailable) as refused:
            self.refused[f"collided {name_of(verb)}: {type(refused).__name__}"] += 1
            return False
        self.done[f"collided {name_of(verb)}"] += 1
        return verb is not handoffs.expire_due


def name_of(verb: Callable[..., Any]) -> str:
    """What a verb is called. Filing has no name of its own, as it is done for several at once."""
    return getattr(verb, "__name__", "file")
