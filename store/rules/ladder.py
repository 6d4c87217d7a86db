"""When is the next nudge of an ask due, which is it, and whom does it speak to?

The owner hears: not acknowledged, half of the time gone, a day before, hours before, due, each working day late, and
that the ask starves. The lead hears once each of what stays unacknowledged, late, starved or unanswered. The asker of
something delivered is asked twice for a verdict, then the ask closes without one. An asker who owes the owner an
answer is asked twice for it, then the lead is told.

How the rungs get their instants:

- Thresholds are working time of the owner (for verdicts, of the asker), and a rung speaks while its receiver works. An
  instant outside, a closing too, moves to the next opening: late rather than early. Only a rush whose owner allowed it
  keeps its instants.
- A rung before due is counted back in working time, so two hours before a Sunday are two hours before Friday's closing.
  Where moving it to the next opening would bring it to due or past it, it speaks half an hour before the closing.
- A rung before due that would have spoken before the promise was made has nothing to say and is left out; so is one
  that activity or a snooze has pushed to due or past it.
- Activity pushes every rung but `due` to `quiet_minutes` of working time after it.
- A snooze holds every rung of the owner but `due`; at its end the owner hears what has come up, or that it is back.
- While `waits_for_asker`, the owner's clock stands still: the asker is asked for the answer, and all else is quiet.
  An answer that is owed while the clock runs (an offered change: the asked date stands) starves nobody.
- What an owner has not acknowledged counts from the present promise: it moves when the clock runs again.
- `due` at a closing belongs to that closing: it speaks half an hour before, not at the next opening.
- After `unanswered` nudges without an answer, the lead hears what would have been the owner's next one, and again
  each week until somebody answers. An owner who leads the department holds that question themselves; as nobody else
  is told of it, the asker hears that it is late, a working day after due and then each week.
- For one receiver, rungs of the same moment become one: the newest speaks, of equals the most urgent, and the others
  count as sent. With `now` everything missed is of the same moment: the receiver's first working one from `now`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from store.rules.calendar import Calendar
from store.rules.lead_time import MOST_DAYS, MOST_HOURS, LeadTime
from store.rules.lifecycle import Stage
from store.rules.rungs import Due, Receiver, Rung, collapse, highest_number, kind_of
from store.rules.standing import Standing, due_after_hold
from store.rules.thresholds import BadLadder, Ladder

__all__ = ["BadLadder", "Due", "Ladder", "Receiver", "Rung", "Standing", "collapse", "due_after_hold", "next_rung"]

BEFORE_CLOSING = timedelta(minutes=30)
A_WEEK = timedelta(days=7)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Somebody may ask for something by the year 9000; counting its every working day would hold up everybody else.
COUNTED_IN_WORKING_TIME = timedelta(days=5 * 366)


def next_rung(
    standing: Standing,
    ladder: Ladder,
    owner: Calendar,
    lead: Calendar | None = None,
    asker: Calendar | None = None,
    now: datetime | None = None,
    resting: Mapping[Receiver, datetime] | None = None,
) -> Due | None:
    """The earliest rung that was not yet sent; None if none will come until something happens to the ask.

    `owner`, `lead`, `asker`: their calendars; `lead` is None when there is none to tell, or the lead owns the ask;
    `asker` is needed only once delivered, and while nobody but the owner leads. Without `now` the answer is where the
    rung belongs, be it past. With `now` no rung is earlier than `now`: what was missed is collapsed and waits for its
    receiver's working hours, so whoever sweeps sends exactly when `at <= now`. `resting`: who hears nothing before that
    instant, and what they miss then collapses as after an outage. Raises NoWorkingTime.
    """
    return first_of(to_come(standing, ladder, owner, lead, asker, now, resting))


def to_come(
    standing: Standing,
    ladder: Ladder,
    owner: Calendar,
    lead: Calendar | None,
    asker: Calendar | None,
    now: datetime | None,
    resting: Mapping[Receiver, datetime] | None,
) -> list[Due]:
    """The rungs of which `first_of` says the next, each at its instant; see `next_rung`. Raises NoWorkingTime."""
    calendars: dict[Receiver, Calendar | None] = {"owner": owner, "lead": lead, "asker": asker}
    climbing = _Climb(standing, ladder, owner, lead, asker, now, resting or {})
    return [due for due in climbing.rungs() if calendars[due.to] is not None]


def first_of(dues: Collection[Due]) -> Due | None:
    """The next of these rungs, with what collapses into it; None if there are none."""
    if not dues:
        return None
    at = min(due.at for due in dues)
    return collapse(due for due in dues if due.at == at)[0]


def left_of(dues: Collection[Due], sent: Due, ask_due: datetime) -> list[Due] | None:
    """What is left to come of `dues` once `sent` was, where that is sure without another look; None where it is not.

    A rung that comes once is gone and changes nothing else, as long as the owner is still nudged at all.
    """
    if not all(kind_of(key) in _COMES_ONCE for key in sent.keys):
        return None
    left = [due for due in dues if due.rung not in sent.keys]
    # What lateness brings was not worked out while something came before due.
    return left if any(due.at <= ask_due for due in left) else None


_COMES_ONCE = frozenset({Rung.HALF_TIME, Rung.NOT_ACKNOWLEDGED, Rung.DAY_BEFORE, Rung.HOURS_BEFORE, Rung.DUE}) | {
    *(Rung.AWAKE, Rung.LEAD_UNACKNOWLEDGED, Rung.LEAD_LATE)
}


class _Climb:
    """One look at one ladder."""

    def __init__(
        self,
        standing: Standing,
        ladder: Ladder,
        owner: Calendar,
        lead: Calendar | None,
        asker: Calendar | None,
        now: datetime | None,
        resting: Mapping[Receiver, datetime],
    ) -> None:
        self.standing = standing
        self.ladder = ladder
        self.owner = owner
        self.lead = lead
        self.asker = asker
        self.now = now
        self.resting = resting
        self.first: datetime | None = None  # of the rungs that were found, when the first speaks
        self._earliest: dict[Receiver, datetime] = {}
        self._quiet: dict[Receiver, datetime] = {}

    def rungs(self) -> Iterator[Due]:
        """Every rung that is still to come and may be the next, each at its instant; of the late ones the next."""
        for due in self._all():
            if self.first is None or due.at < self.first:
                self.first = due.at
            yield due

    def _comes_after_others(self, bound: datetime) -> bool:
        """Whether what cannot speak before `bound` cannot be the next any more, so that nobody need work it out."""
        return self.first is not None and bound > self.first

    def _all(self) -> Iterator[Due]:
        if self.standing.stage is Stage.DELIVERED:
            yield from self._to_asker()
        elif self.standing.stage in (Stage.OPEN, Stage.ACKNOWLEDGED):
            yield from self._for_an_answer()
            if self.standing.waits_for_asker:
                return
            if self.standing.unanswered < self.ladder.unanswered:
                yield from self._to_owner()
            else:
                yield from self._nobody_answers(min((due.meant_for for due in self._to_owner()), default=None))
            yield from self._to_lead()

    def _to_owner(self) -> Iterator[Due]:
        standing, ladder = self.standing, self.ladder
        is_open = standing.stage is Stage.OPEN and Rung.NOT_ACKNOWLEDGED not in standing.sent
        if is_open and ladder.not_acknowledged:
            yield self._owner_hears(
                Rung.NOT_ACKNOWLEDGED, self._passed(standing.unacknowledged_from, ladder.not_acknowledged)
            )
        yield from self._before_due()
        if ladder.at_due and Rung.DUE not in standing.sent:
            yield self._due(Rung.DUE, "owner", self._at_due())
        if ladder.late and not self._comes_after_others(standing.due):
            yield from self._late(ladder.late)
        starved = highest_number(Rung.STARVING, standing.sent)
        if ladder.starving and starved < ladder.starving_times and standing.waits_since is None:
            hungry_since = max(standing.fed_at, standing.starved_at or standing.filed_at)
            yield self._owner_hears(f"{Rung.STARVING}:{starved + 1}", self._passed(hungry_since, ladder.starving))
        snoozed = standing.snoozed_until
        if snoozed and snoozed > standing.promised_from:
            key = f"{Rung.AWAKE}:{snoozed.astimezone(UTC).isoformat(timespec='seconds')}"
            if key not in standing.sent:
                yield self._due(key, "owner", self._in_hours(snoozed))

    def _at_due(self) -> datetime:
        standing, owner = self.standing, self.owner
        is_closing = not owner.is_open(standing.due) and owner.is_open(standing.due - timedelta(minutes=1))
        if is_closing and not standing.at_any_hour:
            before = owner.before_working(standing.due, BEFORE_CLOSING)
            if before > standing.promised_from:
                return before
        return self._in_hours(standing.due)

    def _before_due(self) -> Iterator[Due]:
        """The rungs that look forward to due, as far as there is still something to look forward to."""
        standing, ladder, owner = self.standing, self.ladder, self.owner
        since, due = standing.promised_from, standing.due
        meant: list[tuple[Rung, datetime]] = []
        if ladder.half_time and Rung.HALF_TIME not in standing.sent and due > self._passed(since, ladder.half_time):
            meant.append((Rung.HALF_TIME, self._half_way(since, due)))
        if ladder.day_before and Rung.DAY_BEFORE not in standing.sent:
            meant.append((Rung.DAY_BEFORE, owner.work_before(due, ladder.day_before)))
        if ladder.hours_before and Rung.HOURS_BEFORE not in standing.sent:
            meant.append((Rung.HOURS_BEFORE, owner.work_before(due, ladder.hours_before)))
        for rung, instant in meant:
            at = self._in_hours(instant)
            if at >= due:
                at = owner.before_working(instant, BEFORE_CLOSING)
            if at > since:
                heard = self._owner_hears(rung, at, in_hours=True)
                if heard.meant_for < due:
                    yield heard

    def _half_way(self, since: datetime, due: datetime) -> datetime:
        if due - since > COUNTED_IN_WORKING_TIME:
            return since + (due - since) / 2
        return self.owner.after_working(since, self.owner.working_time(since, due) / 2)

    def _late(self, each: LeadTime) -> Iterator[Due]:
        """The next late rung; with `now` the newest that has come up, the ones before it covered."""
        sent = highest_number(Rung.LATE, self.standing.sent)
        most = (MOST_DAYS if each.unit == "days" else MOST_HOURS) // each.amount
        number = sent + 1
        if number > most:
            return
        if self.now is not None and self.now > self.standing.due:
            number = max(number, self._late_by(self.now, each, most))
        due = self._owner_hears(f"{Rung.LATE}:{number}", self._late_instant(each, number), in_hours=True)
        covered = frozenset(f"{Rung.LATE}:{passed}" for passed in range(sent + 1, number))
        yield Due(due.rung, due.at, due.to, due.meant_for, covered)

    def _late_by(self, now: datetime, each: LeadTime, most: int) -> int:
        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._late_instant(each, middle) <= now else (low, middle - 1)
        return low

    def _late_instant(self, each: LeadTime, number: int) -> datetime:
        return self._in_hours(self.owner.add(self.standing.due, LeadTime(each.amount * number, each.unit)))

    def _to_lead(self) -> Iterator[Due]:
        standing, ladder, sent = self.standing, self.ladder, self.standing.sent
        if standing.stage is Stage.OPEN and ladder.lead_unacknowledged and Rung.LEAD_UNACKNOWLEDGED not in sent:
            after = self._passed(standing.unacknowledged_from, ladder.lead_unacknowledged)
            yield from self._lead_hears(Rung.LEAD_UNACKNOWLEDGED, after)
        is_late = Rung.LEAD_LATE not in sent and not self._comes_after_others(standing.due)
        if ladder.lead_late and is_late:
            yield from self._lead_hears(Rung.LEAD_LATE, self._passed(standing.due, ladder.lead_late))
        starves = ladder.starving is not None and standing.waits_since is None
        starved_out = starves and ladder.lead_starving and Rung.LEAD_STARVING not in sent
        if starved_out and highest_number(Rung.STARVING, sent) >= ladder.starving_times:
            starved_at = standing.starved_at or standing.fed_at
            if starved_at >= standing.fed_at:
                yield from self._lead_hears(Rung.LEAD_STARVING, starved_at)

    def _nobody_answers(self, owners_next: datetime | None) -> Iterator[Due]:
        """The owner is nudged no more. `owners_next`: when they would have been, if anything was left to say."""
        standing = self.standing
        again = standing.lead_asked_at and standing.lead_asked_at.astimezone(UTC) + A_WEEK
        holds = f"{Rung.HOLDS}:{highest_number(Rung.HOLDS, standing.sent) + 1}"
        if self.lead is None:
            if at := again or owners_next:
                yield self._owner_hears(holds, at)
            if self.asker is not None:
                key = f"{Rung.ASKER_LATE}:{highest_number(Rung.ASKER_LATE, standing.sent) + 1}"
                told = standing.asker_told_at
                at = told.astimezone(UTC) + A_WEEK if told else self._passed(standing.due, LeadTime(1, "days"))
                yield self._due(key, "asker", self.asker.next_open(at))
        elif Rung.LEAD_SILENT in standing.sent:
            if at := again or owners_next:
                yield from self._lead_hears(holds, at)
        elif owners_next is not None:
            yield from self._lead_hears(Rung.LEAD_SILENT, owners_next)

    def _to_asker(self) -> Iterator[Due]:
        standing, ladder, asker = self.standing, self.ladder, self.asker
        if asker is None or standing.delivered_at is None:
            return
        # Delivered again after "not quite": the asker is asked afresh.
        mark = "" if standing.delivery_number <= 1 else f"@{standing.delivery_number}"
        first, second = f"{Rung.VERDICT}:1{mark}", f"{Rung.VERDICT}:2{mark}"
        asked_again = asker.next_open(asker.add(standing.delivered_at, ladder.verdict_second))
        if second in standing.sent:
            # The asker has the full time after a second nudge that came late.
            heard = max(asked_again, standing.verdict_asked_at or asked_again)
            closes = f"{Rung.NO_VERDICT}{mark}"
            if closes not in standing.sent:
                yield self._due(closes, "asker", asker.next_open(asker.add(heard, ladder.no_verdict)))
            return
        if first not in standing.sent:
            asked = asker.next_open(asker.add(standing.delivered_at, ladder.verdict_first))
            yield self._due(first, "asker", asked)
        yield self._due(second, "asker", asked_again)

    def _for_an_answer(self) -> Iterator[Due]:
        """The asker is asked twice for the answer that is owed; then the lead hears, or the owner who leads."""
        standing, ladder, asker = self.standing, self.ladder, self.asker
        if asker is None or standing.waits_since is None:
            return
        first, second = (f"{Rung.ANSWER}:{number}@{standing.waits_mark}" for number in (1, 2))
        asked_again = asker.next_open(asker.add(standing.waits_since, ladder.answer_second))
        if second not in standing.sent:
            if first not in standing.sent:
                yield self._due(first, "asker", asker.next_open(asker.add(standing.waits_since, ladder.answer_first)))
            yield self._due(second, "asker", asked_again)
        elif ladder.lead_unanswered:
            heard = max(asked_again, standing.answer_asked_at or asked_again)
            to: Receiver = "owner" if self.lead is None else "lead"
            key = f"{Rung.UNANSWERED if self.lead is None else Rung.LEAD_UNANSWERED}@{standing.waits_mark}"
            if key not in standing.sent:
                calendar = self.lead or self.owner
                yield self._due(key, to, calendar.next_open(asker.add(heard, ladder.lead_unanswered)))

    def _owner_hears(self, key: str, instant: datetime, *, in_hours: bool = False) -> Due:
        """`in_hours`: the instant is known to be one at which the owner may be nudged."""
        standing, at = self.standing, instant
        if standing.last_fed_at is not None:
            at = max(at, self._quiet_until("owner", self.owner, standing.at_any_hour))
        if standing.snoozed_until is not None:
            at = max(at, standing.snoozed_until.astimezone(UTC))
        return self._due(key, "owner", at if in_hours and at == instant else self._in_hours(at))

    def _lead_hears(self, key: str, instant: datetime) -> Iterator[Due]:
        if self.lead is None:
            return
        if self.standing.last_fed_at is not None:
            instant = max(instant, self._quiet_until("lead", self.lead, at_any_hour=False))
        yield self._due(key, "lead", self.lead.next_open(instant))

    def _quiet_until(self, to: Receiver, calendar: Calendar, at_any_hour: bool) -> datetime:
        if to not in self._quiet:
            activity, quiet = self.standing.last_fed_at, timedelta(minutes=self.ladder.quiet_minutes)
            assert activity is not None
            at = activity.astimezone(UTC) + quiet if at_any_hour else calendar.after_working(activity, quiet)
            self._quiet[to] = at
        return self._quiet[to]

    def _passed(self, since: datetime, amount: LeadTime) -> datetime:
        return self.owner.add(since, amount)

    def _in_hours(self, instant: datetime) -> datetime:
        return instant.astimezone(UTC) if self.standing.at_any_hour else self.owner.next_open(instant)

    def _due(self, key: str, to: Receiver, at: datetime) -> Due:
        if to not in self._earliest:
            self._earliest[to] = self._earliest_for(to)
        # Plain text, since keys go into the database and out again.
        return Due(str(key), max(at, self._earliest[to]), to, at)

    def _earliest_for(self, to: Receiver) -> datetime:
        """Nothing is said to this receiver before: now, or the end of their rest, in their working hours."""
        given = [instant for instant in (self.now, self.resting.get(to)) if instant is not None]
        if not given:
            return _LONG_AGO
        calendar = {"owner": self.owner, "lead": self.lead, "asker": self.asker}[to]
        any_hour = to == "owner" and self.standing.at_any_hour
        return max(given).astimezone(UTC) if any_hour or calendar is None else calendar.next_open(max(given))
