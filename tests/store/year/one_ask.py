"""Which nudges does one ask cause, and when? A model of PRODUCT.md's "Nudges", with nothing of Baton's in it.

Where PRODUCT.md leaves it open, the choice is said: activity keeps the bot quiet for 30 working minutes; a rung before
due that would be pushed past it by the night speaks 30 minutes before the closing; the lead hears of lateness a
working day after due, and of what nobody answers again each week; what is due at a closing speaks half an hour before
it; verdicts are asked for after 1 and 3 working days of the asker, and closed one later.
"""

from dataclasses import dataclass, field

from tests.store.year.working_minutes import WorkingMinutes

TOGETHER = 10


@dataclass
class Wishes:
    """What the owner chose: quiet minutes of the week (`quiet`: a calendar whose open minutes are quiet), and the
    minutes of the daily message that they may have."""

    quiet: WorkingMinutes | None = None
    bundle_at: int | None = None
    own: WorkingMinutes | None = None  # round the clock in the owner's zone, to know their day


@dataclass
class OneAsk:
    """An ask from its filing on. `actions`: (minute, what, until) in order: ack, feed, note, deliver, snooze, end."""

    filed: int
    due: int
    works: WorkingMinutes
    asker_works: WorkingMinutes
    has_lead: bool = True
    wishes: Wishes = field(default_factory=Wishes)
    stage: str = "open"
    acknowledged: int | None = None
    fed: int | None = None
    delivered: int | None = None
    snoozed: int | None = None
    starved: int | None = None
    asked_again: int | None = None
    unanswered: int = 0
    sent: dict[str, int] = field(default_factory=dict)

    def act(self, at: int, what: str, until: int = 0) -> None:
        """Somebody does something."""
        if what == "ack":
            self.stage, self.acknowledged, self.fed, self.unanswered = "acknowledged", at, at, 0
        elif what == "feed":
            self.fed, self.unanswered = at, 0
        elif what == "note":  # of the asker: activity, but no answer of the owner
            self.fed = at
        elif what == "deliver":
            self.stage, self.delivered, self.fed, self.unanswered = "delivered", at, at, 0
        elif what == "snooze":
            self.snoozed, self.unanswered = until, 0
        elif what == "end":
            self.stage = "closed"

    def next(self, now: int) -> int | None:
        """When something is to be said next, from `now` on."""
        ats = [at for _, _, _, at in self._due(now)]
        return min(ats, default=None)

    def say(self, now: int) -> None:
        """Everything that is due at `now` is said, and what would follow within ten minutes along with it."""
        while True:
            waiting = sorted(self._due(now), key=lambda one: (one[3], one[2]))
            if not waiting:
                return
            at, to = waiting[0][3], waiting[0][2]
            works = self.asker_works if to == "z asker" else self.works
            if at > now and not (at <= now + TOGETHER and works.open[now] and not self._waits(waiting[0], now)):
                return
            together = [one for one in waiting if one[3] == at and one[2] == to]
            if at > now and any(self._waits(one, now) for one in together):
                return
            if together[0][0] == "no_verdict":
                self.stage = "closed"
                return
            for key, *_ in together:
                self._sent(key, now)
            self.unanswered += to == "a owner"

    def _sent(self, key: str, now: int) -> None:
        self.sent[key] = now
        kind, _, number = key.partition(":")
        if kind == "starving":
            self.starved = now
        if kind == "late":
            for earlier in range(1, int(number)):
                self.sent.setdefault(f"late:{earlier}", now)
        if key == "verdict:2":
            self.asked_again = now

    def _due(self, now: int) -> list[tuple[str, int, str, int]]:
        """(key, when it was meant for, to whom, when it comes as of now)."""
        found: list[tuple[str, int, str]] = []
        if self.stage == "delivered":
            found += [(key, at, "z asker") for key, at in self._verdicts()]
        elif self.stage in ("open", "acknowledged"):
            owners = [(key, at) for key, at in self._owners(now) if key not in self.sent]
            if self.unanswered < 5:
                found += [(key, at, "a owner") for key, at in owners]
            elif self.has_lead and "lead_silent" in self.sent:
                held = [at for key, at in self.sent.items() if key.startswith(("lead_silent", "holds"))]
                found.append((f"holds:{len(held)}", self._hushed(max(held) + 7 * 1440), "b lead"))
            elif owners and self.has_lead:
                found.append(("lead_silent", self._hushed(min(at for _, at in owners)), "b lead"))
            if self.has_lead:
                found += [(key, at, "b lead") for key, at in self._leads() if key not in self.sent]
        comes = []
        for key, at, to in found:
            works = self.asker_works if to == "z asker" else self.works
            comes.append((key, at, to, at if at >= now else works.next_open(now)))
        return self._as_wished(comes, now)

    def _as_wished(self, comes: list[tuple[str, int, str, int]], now: int) -> list[tuple[str, int, str, int]]:
        """What the owner hears waits for the end of their quiet hours, or for the daily message; all of it then."""
        mine = [one for one in comes if one[2] == "a owner"]
        if not mine:
            return comes
        at = min(one[3] for one in mine)
        while True:
            together = [one for one in mine if one[3] <= at]
            suits = self._suits({one[0] for one in together}, max(one[1] for one in together), at)
            if suits == at:
                break
            at = suits
        return [
            (key, meant, to, max(at, comes_at) if to == "a owner" else comes_at) for key, meant, to, comes_at in comes
        ]

    def _suits(self, keys: set[str], meant: int, at: int) -> int:
        """When to look again at rungs that come up at `at`; `at` itself: now is well."""
        wishes, works = self.wishes, self.works
        if wishes.bundle_at is not None and not any(key == "due" or key.startswith("awake") for key in keys):
            moment = self._daily(meant - TOGETHER)
            if not at <= self.due <= at + 120 and moment > at:
                nears = [one for one in (self.due - 120, self.due, self.snoozed) if one is not None and one > at]
                return min([moment, *(works.next_open(one) for one in nears)])
        if wishes.quiet is not None:
            while wishes.quiet.open[at] or not works.open[at]:
                at += 1
        return at

    def _daily(self, earliest: int) -> int:
        """The first daily message from `earliest` on: at its time of day, or when work and quiet hours allow."""
        assert self.wishes.own is not None
        own, quiet = self.wishes.own, self.wishes.quiet
        day = own.day[earliest // 15] - 1
        while True:
            at = next(one for one in own._minutes(day) if own._clock(one) == self.wishes.bundle_at)
            while not self.works.open[at] or (quiet is not None and quiet.open[at]):
                at += 1
            if at >= earliest:
                return at
            day += 1

    def _waits(self, one: tuple[str, int, str, int], now: int) -> bool:
        """Whether what would come a little later may not come now."""
        key, meant, to, _ = one
        return to == "a owner" and self._suits({key}, meant, now) > now

    def _owners(self, now: int) -> list[tuple[str, int]]:
        works, filed, due = self.works, self.filed, self.due
        found: list[tuple[str, int]] = []
        if self.stage == "open":
            found.append(("not_acknowledged", self._rests(works.after(filed, 120))))
        if due > works.plus_days(filed, 2):
            found += self._ahead("half_time", works.after(filed, works.worked(filed, due) // 2))
        found += self._ahead("day_before", works.day_before(due))
        found += self._ahead("hours_before", works.before(due, 120))
        found.append(("due", self._at_due()))
        late = 1 + max((int(key[5:]) for key in self.sent if key.startswith("late:")), default=0)
        while works.next_open(works.plus_days(due, late + 1)) <= now:
            late += 1
        found.append((f"late:{late}", self._rests(works.plus_days(due, late))))
        starved = sum(key.startswith("starving") for key in self.sent)
        if starved < 2:
            since = max(self._fed_at(), self.starved or filed)
            found.append((f"starving:{starved + 1}", self._rests(works.plus_days(since, 2))))
        if self.snoozed is not None:
            found.append((f"awake:{self.snoozed}", works.next_open(self.snoozed)))
        return found

    def _at_due(self) -> int:
        """At due; of a due time that is a closing, half an hour before it."""
        works, due = self.works, self.due
        if not works.open[due] and works.open[due - 1] and works.before(due, 30) > self.filed:
            return works.before(due, 30)
        return works.next_open(due)

    def _ahead(self, key: str, meant: int) -> list[tuple[str, int]]:
        """A rung that looks forward to due, as long as it comes before it, and after the promise was made."""
        at = self.works.next_open(meant)
        if at >= self.due:
            at = self.works.before(meant, 30)
        if at <= self.filed:
            return []
        at = self._rests(at)
        return [(key, at)] if at < self.due else []

    def _leads(self) -> list[tuple[str, int]]:
        found = []
        if self.stage == "open":
            found.append(("lead_unacknowledged", self._hushed(self.works.plus_days(self.filed, 1))))
        found.append(("lead_late", self._hushed(self.works.plus_days(self.due, 1))))
        if "starving:2" in self.sent and self.starved is not None and self.starved >= self._fed_at():
            found.append(("lead_starving", self._hushed(self.starved)))
        return found

    def _verdicts(self) -> list[tuple[str, int]]:
        asker, delivered = self.asker_works, self.delivered
        assert delivered is not None
        again = asker.next_open(asker.plus_days(delivered, 3))
        if "verdict:2" in self.sent:
            return [("no_verdict", asker.next_open(asker.plus_days(max(again, self.asked_again or 0), 1)))]
        found = [("verdict:2", again)]
        if "verdict:1" not in self.sent:
            found.append(("verdict:1", asker.next_open(asker.plus_days(delivered, 1))))
        return found

    def _fed_at(self) -> int:
        return max(self.filed, self.acknowledged or 0, self.fed or 0)

    def _hushed(self, at: int) -> int:
        """Any activity keeps the bot quiet for half an hour of work."""
        if self.fed is not None:
            at = max(at, self.works.after(self.fed, 30))
        return self.works.next_open(at)

    def _rests(self, at: int) -> int:
        """The same for the owner, and a snooze."""
        return self.works.next_open(max(self._hushed(at), self.snoozed or 0))
