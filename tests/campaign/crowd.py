"""What people do in the campaign: everybody asks everybody, and what was asked is acknowledged, delivered, handed over.

They remember what they were answered. Whom Baton does not answer, because it is being killed, tries again.
"""

import re
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sandbox import finding
from sandbox.messages import Message
from sandbox.outcomes import NotThere, Outcome
from tests.campaign.company import DEPARTMENTS, EACH, PEOPLE, Company, members_of

ASKING, ACTING = 8, 4  # people at the same moment
TRIES = 6
AHEAD = 0.02  # of the trouble that the asking may be
LONGEST = 30.0  # seconds after the last ask in which people still act, while things fail
NOTE = {"What is done": "Half of it", "What is next": "The other half", "Where things are": "Shelf 3"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask that somebody was answered: its number, its words, who asked, who was to own it (handles)."""

    number: int
    what: str
    asker: str
    owner: str
    department: int


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody did something to an ask, and Slack told them no error."""

    number: int
    who: str
    what: str  # as events call it


@dataclass(slots=True)
class _Errand:
    asked: Asked
    steps: deque[str]
    tries: int = 0
    not_before: float = 0

    def goes_on(self) -> bool:
        """A step is done: whether there is another."""
        self.steps.popleft()
        self.tries = 0
        return bool(self.steps)


@dataclass
class Crowd:
    """Everybody at work. `total`: how many asks there are to be. `reached`: how far the trouble is, from 0 to 1."""

    company: Company
    total: int
    reached: Callable[[], float] = lambda: 1.0
    answers: list[Asked] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    begun: int = 0
    enough: threading.Event = field(default_factory=threading.Event)  # nobody begins to ask any more
    failed: Counter[str] = field(default_factory=Counter)  # how Slack failed people, by its word
    _errands: deque[_Errand] = field(default_factory=deque)
    _hands: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _asking: threading.Event = field(default_factory=threading.Event)

    @property
    def progress(self) -> float:
        """How much of the asking is done, from 0 to 1."""
        return self.begun / self.total

    def work(self) -> None:
        """Ask and act until all is asked, and all that was asked is acted upon as far as Baton lets people."""
        self._asking.set()
        with ThreadPoolExecutor(ASKING + ACTING) as crowd:
            acting = [crowd.submit(self._act) for _ in range(ACTING)]
            list(crowd.map(self._ask, range(self.total)))
            self._asking.clear()
            for one in acting:
                one.result()

    def finish(self) -> None:
        """What was not done in time, now that nothing fails and nothing is on its way any more."""
        left = list(self._errands)
        while left:
            left = [errand for errand in left if self._step(errand) and errand.goes_on()]
            self.company.wait_for_outbox(60)

    def _ask(self, turn: int) -> None:
        while self.progress > self.reached() + AHEAD and not self.enough.is_set():
            time.sleep(0.02)
        if self.enough.is_set():
            return
        for attempt in range(TRIES):
            if self._asked(turn, f"thing {turn:06d}" + f" again {attempt}" * bool(attempt)):
                break
            time.sleep(0.5)
        with self._lock:
            self.begun += 1

    def _asked(self, turn: int, what: str) -> bool:
        """Somebody types it. Whether they are answered with a number: who is not types it again, in other words."""
        department = turn * 7 % DEPARTMENTS
        asker = PEOPLE[(department + 1 + turn // DEPARTMENTS % (DEPARTMENTS - 1)) % DEPARTMENTS * EACH + turn % EACH]
        owner = members_of(department)[turn % 3]
        named = f"@{owner} " if turn % 3 else ""  # nobody named: the lead owns it
        self.company.direct_requests(turn)
        outcome = self.company.slack.ask(asker, f"@d{department} {named}{what}", channel="#everyone")
        number = re.search(r"#(\d+)", str(outcome.body)) if outcome.ok else None
        with self._lock:
            if not outcome.ok:
                self.failed[f"{outcome.error} {outcome.status or ''}".strip()] += 1
            if number is not None:
                asked = Asked(int(number[1]), what, asker, owner, department)
                self.answers.append(asked)
                if steps := steps_of(asked.number):
                    self._errands.append(_Errand(asked, deque(steps)))
        return number is not None

    def _act(self) -> None:
        end = 0.0
        while self._asking.is_set() or self._errands:
            if not self._asking.is_set():
                end = end or time.monotonic() + LONGEST
                if time.monotonic() > end:
                    return
            self._next()

    def _next(self) -> None:
        try:
            errand = self._errands.popleft()
        except IndexError:
            time.sleep(0.02)
            return
        if time.monotonic() < errand.not_before:
            self._errands.append(errand)
            time.sleep(0.002)
            return
        if self._step(errand):
            again = errand.goes_on()
        else:
            errand.tries += 1
            errand.not_before = time.monotonic() + 1
            again = errand.tries < TRIES
        if again:
            self._errands.append(errand)

    def _step(self, errand: _Errand) -> bool:
        """One step of somebody; whether there is no more to do about it."""
        what, asked = errand.steps[0], errand.asked
        who, words, do = self._scene(what, asked)
        message = self._message(who, words)
        if message is None:
            errand.tries -= 1  # it is on its way to them
            return False
        self.company.direct_requests(asked.number)
        with self._hands[who]:
            try:
                done = do(who, message, asked)
            except (NotThere, AssertionError):  # the button is gone, the form never opened
                done = False
        if done:
            with self._lock:
                self.deeds.append(Deed(asked.number, who, what))
        return done

    def _scene(self, what: str, asked: Asked) -> tuple[str, str, Callable[[str, Message, Asked], bool]]:
        """Who does it, the words of the message they do it on, and how."""
        match what:
            case "acknowledge":
                return asked.owner, f"You own #{asked.number}.", self._click("Acknowledge")
            case "deliver":
                return asked.owner, f"You own #{asked.number}.", self._deliver
            case "accept":
                return asked.asker, f"has delivered #{asked.number}.", self._click("Yes, that's it")
            case "offer":
                return asked.owner, f"You own #{asked.number}.", self._offer
            case "take":
                return receiver_of(asked), f"offers you #{asked.number}: take it?", self._click("Take")
        raise LookupError(what)

    def _message(self, who: str, words: str) -> Message | None:
        for message in self.company.direct(who).newest_first():
            if words in message.text:
                return message
        return None

    def _click(self, label: str) -> Callable[[str, Message, Asked], bool]:
        return lambda who, message, _: self._pressed(who, message, label).ok

    def _pressed(self, who: str, message: Message, label: str) -> Outcome:
        slack = self.company.slack
        found = next(finding.labelled(message, label, slack.person(who)), None)
        if found is None:
            raise NotThere(label)
        chosen = found.chosen
        return slack.acts.click(slack.person(who), message, found.block_id, found.element["action_id"], chosen)

    def _deliver(self, who: str, message: Message, asked: Asked) -> bool:
        return self._form(who, message, "Deliver", {"What shows that it is done": f"evidence of {asked.what}"})

    def _offer(self, who: str, message: Message, asked: Asked) -> bool:
        receiver = self.company.slack.person(receiver_of(asked))
        return self._form(who, message, "Hand over", {"To whom": receiver, **NOTE})

    def _form(self, who: str, message: Message, label: str, fields: dict) -> bool:
        """Open a form and send it; whether it was taken."""
        slack = self.company.slack
        stack = self.company.workspace.views.stack(slack.person(who).id)
        if stack:
            slack.close(who, whole_stack=True)
        if not self._pressed(who, message, label).ok:
            return False
        slack.fill(who, fields)
        return slack.submit(who) is None


def steps_of(number: int) -> tuple[str, ...]:
    """What happens to an ask of that number, after it was filed: nothing to four of ten."""
    match number % 10:
        case 4 | 5:
            return ("acknowledge",)
        case 6 | 7:
            return ("acknowledge", "deliver")
        case 8:
            return ("acknowledge", "deliver", "accept")
        case 9:
            return ("offer", "take") if number % 20 == 9 else ("offer",)
    return ()


def receiver_of(asked: Asked) -> str:
    """To whom its owner hands it over: the fourth of the department, who is asked for nothing by name."""
    return members_of(asked.department)[-1]
