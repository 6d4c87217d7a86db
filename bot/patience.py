"""A question to something that may hang: asked in a thread of its own, so that nobody waits for it too long."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

PATIENCE = 3.0  # seconds for an answer

log = logging.getLogger("baton")


class Patient(Generic[Answer]):
    """Asks one question at a time, however many want to know. Safe to share between threads."""

    def __init__(self, ask: Callable[[], Answer], otherwise: Answer, fresh: float = 0.0) -> None:
        """`otherwise`: what is said where no answer comes, or `ask` fails. `fresh`: seconds that an answer holds."""
        self._ask, self._otherwise, self._fresh = ask, otherwise, fresh
        self._turn = threading.Lock()
        self._question: _Question[Answer] | None = None

    def answer(self) -> Answer:
        """What came of it, within PATIENCE."""
        with self._turn:
            if self._question is None or self._question.is_older_than(self._fresh):
                self._question = _Question(self._ask, self._otherwise)
            question = self._question
        return question.answer()


class _Question(Generic[Answer]):
    def __init__(self, ask: Callable[[], Answer], otherwise: Answer) -> None:
        self._ask = ask
        self._answer = otherwise
        self._answered = threading.Event()
        self._answered_at = 0.0
        self._asked_at = time.monotonic()
        threading.Thread(target=self._run, name="patience", daemon=True).start()

    def answer(self) -> Answer:
        self._answered.wait(max(0.0, self._asked_at + PATIENCE - time.monotonic()))
        return self._answer

    def is_older_than(self, seconds: float) -> bool:
        """Whether it is answered, and that was so long ago."""
        return self._answered.is_set() and time.monotonic() > self._answered_at + seconds

    def _run(self) -> None:
        try:
            self._answer = self._ask()
        except Exception:
            log.exception("not_answered")
        finally:
            self._answered_at = time.monotonic()
            self._answered.set()
