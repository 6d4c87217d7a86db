"""After the campaign: does everything add up? What people were answered, what the ledger says, what stands on Slack.

Each is held against the others: what stands on Slack is counted by its words, too, so that a message which was put
twice is found as well as one that was posted twice.
"""

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sandbox.messages import Message
from store import audit
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.tables import asks, batons, custody, events, nudge_plans, nudges, outbox
from tests.campaign.company import DEPARTMENTS, ZONE, Company, standups_until
from tests.campaign.crowd import Crowd, Deed

if TYPE_CHECKING:
    from tests.campaign import Report

NOT_DONE = re.compile(r"Please try again in a minute|That offer is over|That is not possible now")
# whoever reads this was answered that nothing came of it
SOON = timedelta(hours=3)  # of working time after which the owner of an untouched ask has heard of it

# What a message is, by its words: the number of the ask is in the first group that matched. Cards change with their
# ask, and are the same message all the same.
MEANINGS = {
    "own": r"You own #(\d+)\.|#(\d+) is off your back\.|#(\d+) is with .* now\.|#(\d+) is closed; .* had it\.",
    "acknowledged": r"has acknowledged #(\d+)",
    "delivered": r"has delivered #(\d+)\.",
    "accepted": r"said “Yes, that's it” to #(\d+)",
    "offered": r"offers you #(\d+): take it\?|You took #(\d+), and|You did not take #(\d+)\.|"
    r"#(\d+) was offered to you; that is over|The offer of #(\d+) is over|#(\d+) is no longer offered to you\.",
    "taken": r"has taken #(\d+): it is off your back",
    "bounced": r"did not answer in time: #(\d+) stays with you",
}


def check(company: Company, crowd: Crowd, report: "Report") -> None:
    """Write into the report what is wrong."""
    book = _Books(company, crowd)
    report.filed, report.messages = len(book.asks), len(book.messages)
    for find in (
        book.rules,
        book.answers,
        book.deeds,
        book.once,
        book.all_settled,
        book.cards,
        book.meanings,
        book.nudges,
        book.untouched,
        book.standups,
    ):
        found = find()
        if found:
            more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
            report.wrong.append(f"{find.__name__}: {'; '.join(found[:5])}{more}")


class _Books:
    def __init__(self, company: Company, crowd: Crowd) -> None:
        self.company, self.crowd = company, crowd
        self.now = company.time.now()
        with company.ledger.reading() as connection:
            self.broken = audit.findings(connection)
            self.asks = {row.number: row for row in connection.execute(select(asks))}
            self.events = connection.execute(select(events).where(events.c.ask_id.is_not(None))).all()
            self.custody = connection.execute(select(custody).order_by(custody.c.id)).all()
            self.batons = connection.execute(select(batons)).all()
            self.reached = connection.execute(select(nudges)).all()
            self.said = {row.id: row for row in connection.execute(select(outbox))}
            self.overdue = connection.execute(
                select(func.count()).select_from(nudge_plans).where(nudge_plans.c.at <= self.now)
            ).scalar_one()
        self.by_id = {row.id: row for row in self.asks.values()}
        self.messages = [
            message
            for place in company.workspace.conversations.values()
            for message in place.messages.values()
            if message.app_id is not None
        ]
        self.of_nonce: dict[str, list[Message]] = defaultdict(list)
        for message in self.messages:
            self.of_nonce[_nonce(message)].append(message)

    def rules(self) -> list[str]:
        """The rules of the ledger hold, and its numbers have no holes."""
        found = [f"#{one.number} is {one.what}" for one in self.broken]
        if sorted(self.asks) != list(range(1, len(self.asks) + 1)):
            found.append("the numbers have holes")
        twice = [what for what, times in Counter(row.what for row in self.asks.values()).items() if times > 1]
        return found + [f"{what!r} was filed twice" for what in twice]

    def answers(self) -> list[str]:
        """What people were answered is there, as they were answered."""
        found = []
        for asked in self.crowd.answers:
            row = self.asks.get(asked.number)
            if row is None or row.what != asked.what or row.asker_id != self._id(asked.asker):
                found.append(f"#{asked.number} {asked.what!r} was answered and is not there")
        first = {row.ask_id: row.owner_id for row in reversed(self.custody)}
        for asked in self.crowd.answers:
            if (row := self.asks.get(asked.number)) and first.get(row.id) != self._id(asked.owner):
                found.append(f"#{asked.number} did not begin with {asked.owner}")
        return found

    def deeds(self) -> list[str]:
        """What people did is there once, unless they were told that nothing came of it."""
        done = Counter((row.ask_id, row.what, row.actor_id) for row in self.events)
        found = [
            f"#{self.by_id[ask_id].number}: {what} is there {times} times"
            for (ask_id, what, _), times in done.items()
            if times > 1 and what in ("file", "acknowledge", "deliver", "accept", "take")
        ]
        missing = [deed for deed in self.crowd.deeds if not done[self._key(deed)]]
        told = Counter(
            message.ephemeral_to
            for place in self.company.workspace.conversations.values()
            for message in place.ephemerals
            if NOT_DONE.search(message.text + str(message.blocks))
        )
        by_person = Counter(deed.who for deed in missing)
        untold = [
            f"{deed.who} did {deed.what} #{deed.number}, and was not told that nothing came of it"
            for deed in missing
            if by_person[deed.who] > told[self._id(deed.who)]
        ]
        return found + untold[self._not_shown() :]

    def _not_shown(self) -> int:
        """How often Slack failed the sentence that would have told somebody: the log says so, they cannot know."""
        return sum(
            log.read_text(errors="replace").count("answer_not_shown") for log in self.company.folder.glob("*.log")
        )

    def once(self) -> list[str]:
        """Nothing stands on Slack twice, or without a row in the outbox."""
        known = {row.nonce for row in self.said.values()}
        found = [f"{ms[0].text!r} was posted {len(ms)} times" for ms in self.of_nonce.values() if len(ms) > 1]
        return found + [f"{ms[0].text!r} is nobody's" for nonce, ms in self.of_nonce.items() if nonce not in known]

    def all_settled(self) -> list[str]:
        """Nothing waits, nothing was given up, no nudge is overdue."""
        states = Counter(row.state for row in self.said.values())
        found = [f"{states[state]} rows are {state}" for state in ("waiting", "sending", "given_up") if states[state]]
        faults = Counter(row.fault for row in self.said.values() if row.state == "given_up")
        found += [f"given up {times} times: {fault}" for fault, times in faults.items()]
        return found + ([f"{self.overdue} nudges are overdue"] if self.overdue else [])

    def cards(self) -> list[str]:
        """Each ask has one card, in its department's channel."""
        heads: Counter[tuple[str, str]] = Counter()
        for message in self.messages:
            place = self.company.workspace.conversations[message.channel]
            if not place.is_direct:
                heads[place.name, message.text.split()[0]] += 1
        found = []
        for asked in self.crowd.answers:
            if heads[f"d{asked.department}", f"#{asked.number}"] != 1:
                found.append(f"#{asked.number} has {heads[f'd{asked.department}', f'#{asked.number}']} cards")
        cards = sum(times for (_, head), times in heads.items() if head.startswith("#"))
        return found + ([f"{cards} cards for {len(self.asks)} asks"] if cards != len(self.asks) else [])

    def meanings(self) -> list[str]:
        """Everybody was told once of what others did: counted by the words that they read."""
        told: Counter[tuple[str, str, int]] = Counter()
        for message in self.messages:
            place = self.company.workspace.conversations[message.channel]
            if not place.is_direct:
                continue
            reader = next(one for one in place.members if one != self.company.bot.id)
            for meaning, words in MEANINGS.items():
                if number := re.search(words, message.text):
                    told[reader, meaning, int(next(group for group in number.groups() if group))] += 1
        wanted = self._wanted()
        return [
            f"{reader} was told {told[reader, meaning, number]} instead of {wanted[reader, meaning, number]} times: "
            f"{meaning} #{number}"
            for reader, meaning, number in sorted(told.keys() | wanted.keys())
            if told[reader, meaning, number] != wanted[reader, meaning, number]
        ]

    def _wanted(self) -> Counter[tuple[str, str, int]]:
        """Who should have been told what, as what happened says."""
        wanted: Counter[tuple[str, str, int]] = Counter()
        givers = {(row.ask_id, row.receiver_id): row.giver_id for row in self.batons}
        for row in self.custody:
            if row.because == "file":
                wanted[row.owner_id, "own", self.by_id[row.ask_id].number] += 1
        for row in self.batons:
            number = self.by_id[row.ask_id].number
            wanted[row.receiver_id, "offered", number] += row.answer != "taken"  # that card says "You own" then
            if row.answer == "expired":
                wanted[row.receiver_id, "offered", number] += 1  # and that it is over
                wanted[row.giver_id, "bounced", number] += 1
        for row in self.events:
            ask = self.by_id[row.ask_id]
            match row.what:
                case "acknowledge":
                    wanted[ask.asker_id, "acknowledged", ask.number] += 1
                case "deliver":
                    wanted[ask.asker_id, "delivered", ask.number] += 1
                case "accept":
                    wanted[self._owner(ask.id), "accepted", ask.number] += 1
                case "take":
                    wanted[givers[ask.id, row.actor_id], "taken", ask.number] += 1
                    wanted[row.actor_id, "own", ask.number] += 1
        return wanted

    def nudges(self) -> list[str]:
        """Each rung that was reached was told in one message, unless the ask moved before it could be."""
        moved: dict[int, datetime] = {}
        for row in self.events:
            if row.actor_id is not None:
                moved[row.ask_id] = max(row.at, moved.get(row.ask_id, row.at))
        found = []
        for row in self.reached:
            if row.outbox_id is None:
                continue
            said = self.said[row.outbox_id]
            times = len(self.of_nonce.get(said.nonce, []))
            touched = moved[row.ask_id] + timedelta(hours=4) >= row.fired_at  # clocks go wrong by less
            if times != 1 and not (times == 0 and touched):
                found.append(f"#{self.by_id[row.ask_id].number} {row.rung} was told {times} times")
        return found

    def untouched(self) -> list[str]:
        """Whoever owns what nobody touched was nudged about it, and reads its number there."""
        calendar = Calendar(ZONE, Hours.parse({"mon-fri": "09:00-17:00"}))
        touched = {row.ask_id for row in self.events if row.what != "file"}
        told: dict[int, list[str]] = defaultdict(list)
        for row in self.reached:
            if row.outbox_id is not None:
                told[row.ask_id] += [m.text + str(m.blocks) for m in self.of_nonce[self.said[row.outbox_id].nonce]]
        found = []
        for asked in self.crowd.answers:
            row = self.asks.get(asked.number)
            if row is None or row.id in touched or calendar.working_time(row.filed_at, self.now) < SOON:
                continue
            if not told[row.id]:
                found.append(f"nobody was nudged about #{asked.number}")
            elif not any(f"#{asked.number}" in words or "more: /monkeys" in words for words in told[row.id]):
                found.append(f"no nudge names #{asked.number}")
        return found

    def standups(self) -> list[str]:
        """Each department's digest was posted once on every day that came."""
        days = len(standups_until(self.company.latest))
        posted = Counter(
            self.company.workspace.conversations[message.channel].name
            for message in self.messages
            if message.text.startswith("Standup of ")
        )
        return [
            f"#d{number} has {posted[f'd{number}']} standups of {days}"
            for number in range(DEPARTMENTS)
            if posted[f"d{number}"] != days
        ]

    def _id(self, handle: str) -> str:
        return self.company.slack.person(handle).id

    def _key(self, deed: Deed) -> tuple[Any, str, str]:
        row = self.asks.get(deed.number)
        return (row.id if row else None, deed.what, self._id(deed.who))

    def _owner(self, ask_id: int) -> str:
        return str(next(row.owner_id for row in reversed(self.custody) if row.ask_id == ask_id))


def _nonce(message: Message) -> str:
    return str(((message.metadata or {}).get("event_payload") or {}).get("nonce"))
