"""The ledger's door: `act` writes, `look` reads.

An act is one verb in one transaction. Acts wait in one fair queue for a single writer, which commits those that wait
together, all on disk before any of them is answered; where one of them is refused, each in a savepoint of its own. That
is as safe as one commit each, and several times faster under load; nobody starves on the database's lock. A verb that
is `Together` does all of its acts that wait side by side in the statements of one.
"""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from store.engine import engine_of, reading_of
from store.refusals import LedgerUnavailable, Refusal

Given = ParamSpec("Given")
Result = TypeVar("Result")
Wanted = TypeVar("Wanted")

TOGETHER = 64  # acts in one commit at the most: bounds the wait of the first of them
TRIES = 3  # of an act that collided with another process
SPOKEN = "baton_spoken"  # the channel of PostgreSQL on which a commit says that it left something in the outbox
BUSY = "the writer of the ledger is busy, or the database hangs"

log = logging.getLogger("baton.ledger")


@dataclass(frozen=True, slots=True)
class Look:
    """What a query holds: a connection in a read transaction, the workspace it may see, and the time it is for.

    `memo` keeps for the length of one act or look what it asks for again and again, such as its department.
    """

    connection: Connection
    workspace_id: str
    now: datetime
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Happening:
    """That an act did something, for whoever counts and logs: never what anybody wrote.

    `seconds`: for an acknowledgement since the ask was filed, for a nudge since it was due.
    """

    workspace_id: str
    actor_id: str | None
    what: str
    ask_number: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Act(Look):
    """What a verb holds. `actor_id` None is Baton itself. `key` names the act, so that it is done once only."""

    actor_id: str | None = None
    key: str | None = None
    wrote_outbox: list[bool] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Together(Generic[Wanted, Result]):
    """A verb of one argument that is done for several acts of one workspace at once, which share their memo.

    `all_of` answers them in their order. Where it raises, each act is done anew, alone.
    """

    all_of: Callable[[Sequence[Act], Sequence[Wanted]], list[Result]]

    def __call__(self, act: Act, wanted: Wanted) -> Result:
        return self.all_of([act], [wanted])[0]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An act that waits for the writer. `spoke` is not empty once it has put something into the outbox."""

    verb: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    workspace_id: str
    now: datetime
    actor_id: str | None
    key: str | None
    spoke: list[bool] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    answer: "Future[Any]" = field(default_factory=Future)

    def outcome(self, patience: float | None) -> Any:
        """What its verb returned or raised; LedgerUnavailable, and never done, where the writer has no time for it."""
        try:
            return self.answer.result(patience)
        except TimeoutError:
            if self.answer.cancel():
                log.error("act_not_taken", extra={"fault": BUSY})
                raise LedgerUnavailable(BUSY) from None
            return self.answer.result()

    def goes_with(self) -> object:
        """Acts of equal value, one behind the other, are done at once."""
        return (self.verb, self.workspace_id) if isinstance(self.verb, Together) else id(self)

    def run(self, connection: Connection) -> Any:
        """Do it, and return what its verb returns."""
        return self.verb(self.act(connection, {}), *self.arguments, **self.named)

    def act(self, connection: Connection, memo: dict[Any, Any]) -> Act:
        """What its verb holds: whatever an earlier attempt came to is forgotten."""
        self.spoke.clear()
        self.happenings.clear()
        return Act(
            connection, self.workspace_id, self.now, self.actor_id, self.key, self.spoke, self.happenings, memo=memo
        )


class Ledger:
    """The database of one Baton. Safe to share between threads; `close` it at the end."""

    def __init__(self, url: str) -> None:
        self.engine = engine_of(url)
        self._reading = reading_of(self.engine)
        self.patience: float | None = None  # seconds for a look, and for an act to wait for the writer
        self.after_commit: Callable[[], None] = lambda: None  # called when a commit left something in the outbox
        self.after_happenings: Callable[[list[Happening]], None] = lambda _: None  # once they are on disk
        self.after_refusal: Callable[[str, str | None, Refusal], None] = lambda *_: None  # workspace, actor, why
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._serve, name="ledger-writer", daemon=True)
        self._writer.start()

    def act(
        self,
        verb: Callable[Concatenate[Act, Given], Result],
        workspace_id: str,
        actor_id: str | None,
        now: datetime,
        key: str | None,
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """Do `verb` in a transaction and return what it returns, once that is on disk.

        Raises the verb's Refusal (nothing written), or LedgerUnavailable (nothing written, try again).
        """
        waiting = _Waiting(verb, args, kwargs, workspace_id, now, actor_id, key)
        self._queue.put(waiting)
        try:
            result: Result = waiting.outcome(self.patience)
        except Refusal as refusal:
            self.after_refusal(workspace_id, actor_id, refusal)
            raise
        if waiting.happenings:
            self.after_happenings(waiting.happenings)
        if waiting.spoke:
            self.after_commit()
        return result

    def look(
        self,
        query: Callable[Concatenate[Look, Given], Result],
        workspace_id: str,
        now: datetime,
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """Answer `query`, from one view of the ledger.

        Raises LedgerUnavailable, also where it took too long: then whoever asked has been told by Slack that nothing
        came of it, and nobody may go on from there.
        """
        begun = time.monotonic()
        with self.reading() as connection:
            answer = query(Look(connection, workspace_id, now), *args, **kwargs)
        if self.patience is not None and time.monotonic() - begun > self.patience:
            log.error("look_too_late", extra={"fault": BUSY})
            raise LedgerUnavailable(BUSY)
        return answer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a read transaction, for questions that span workspaces. Raises LedgerUnavailable."""
        try:
            with self._reading.connect() as connection:
                yield connection
        except (DBAPIError, NoneFree) as fault:
            raise LedgerUnavailable(_said(fault)) from fault

    def call(self) -> None:
        """Have the database answer: a connection alone may be an old one. Raises LedgerUnavailable."""
        with self.reading() as connection:
            connection.exec_driver_sql("SELECT 1")

    def close(self, within: float = 10.0) -> None:
        """Finish the acts that wait, in so many seconds at the most, then let the database go."""
        self._queue.put(None)
        self._writer.join(within)
        self.engine.dispose()

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            while len(batch) < TOGETHER and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)
                    break
                batch.append(following)
            self._commit([waiting for waiting in batch if waiting.answer.set_running_or_notify_cancel()])

    def _commit(self, batch: list[_Waiting]) -> None:
        """Run a batch in one transaction; where the database fails the whole, each of its acts alone.

        Everybody in it is answered, whatever happens: nobody else would take the place of a writer that has ended.
        """
        try:
            outcomes = self._attempt(batch) if batch else []
        except DBAPIError as fault:
            if len(batch) > 1 and not _is_locked(fault):
                for waiting in batch:
                    self._commit([waiting])
                return
            outcomes = self._again(batch, fault)
        except BaseException as fault:
            outcomes = [_failed(fault)] * len(batch)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, _Failed):
                waiting.answer.set_exception(outcome.fault)
            else:
                waiting.answer.set_result(outcome)

    def _again(self, batch: list[_Waiting], fault: DBAPIError) -> list[Any]:
        """What a batch, or an act alone, comes to after the database has failed it once."""
        try:
            return self._once_more(batch, fault) if _is_locked(fault) else [self._retry(batch[0], fault)]
        except BaseException as another:
            return [_failed(another)] * len(batch)

    def _once_more(self, batch: list[_Waiting], fault: DBAPIError) -> list[Any]:
        """What waited for a lock in vain, tried again where two processes may have waited for each other.

        PostgreSQL looks for deadlocks after a second, as long as an act may wait, and only a superuser may have it
        look sooner: so who waits lets go at half of that, which lets the other pass, and asks once more. On SQLite
        nobody waits for a lock while holding one.
        """
        if self.engine.dialect.name == "postgresql":
            time.sleep(random.uniform(0.0, 0.15))  # noqa: S311 - two that let go at the same moment shall not meet again
            try:
                return self._attempt(batch)
            except DBAPIError as again:
                fault = again
        return [_unavailable(fault)] * len(batch)

    def _attempt(self, batch: list[_Waiting]) -> list[Any]:
        """What each act of a batch came to, all committed together. Few acts are refused: savepoints only if one is."""
        try:
            return self._together(batch, _unguarded)
        except _OneFailed as failed:
            if len(batch) == 1:
                return [_Failed(failed.fault)]
        return self._together(batch, _in_savepoints)

    def _together(self, batch: list[_Waiting], run: Callable[[Connection, list[_Waiting]], Iterable[Any]]) -> list[Any]:
        with self.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
            outcomes = list(run(connection, batch))
            if connection.dialect.name == "postgresql" and any(waiting.spoke for waiting in batch):
                connection.exec_driver_sql(f"NOTIFY {SPOKEN}")  # heard by other processes when this is committed
        return outcomes

    def _retry(self, waiting: _Waiting, fault: DBAPIError) -> Any:
        for _ in range(TRIES - 1):
            if not _is_collision(fault):
                break
            try:
                return self._attempt([waiting])[0]
            except DBAPIError as again:
                fault = again
        return _unavailable(fault)


@dataclass(frozen=True, slots=True)
class _Failed:
    fault: BaseException


def alone_with(act: Act, names: Iterable[str]) -> frozenset[str]:
    """Those of `names` that nobody else holds; held until the act ends. On SQLite only one process writes anyway."""
    wanted = sorted(set(names))
    if act.connection.dialect.name != "postgresql" or not wanted:
        return frozenset(wanted)
    free = act.connection.execute(_TAKE_NAMES, {"names": wanted}).all()
    return frozenset(row.name for row in free if row.free)


_TAKE_NAMES = text(
    "SELECT name, pg_try_advisory_xact_lock(hashtextextended(name, 0)) AS free "
    "FROM unnest(CAST(:names AS text[])) AS name"
)


class _OneFailed(Exception):
    """An act of a batch failed: the batch is undone, and done again with each act in a savepoint."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault


def _unguarded(connection: Connection, batch: list[_Waiting]) -> Iterator[Any]:
    """What each act returns. Raises _OneFailed for a refusal, faults of the database itself as they are."""
    for _, side_by_side in groupby(batch, _Waiting.goes_with):
        try:
            yield from _at_once(connection, list(side_by_side))
        except (OperationalError, InternalError):
            raise
        except Exception as fault:
            raise _OneFailed(fault) from fault


def _at_once(connection: Connection, same: list[_Waiting]) -> list[Any]:
    """What acts that go together return; there are several only where their verb is done for all of them."""
    if len(same) == 1:
        return [same[0].run(connection)]
    memo: dict[Any, Any] = {}
    acts = [waiting.act(connection, memo) for waiting in same]
    answers: list[Any] = same[0].verb.all_of(acts, [waiting.arguments[0] for waiting in same])  # type: ignore[attr-defined]
    return answers


def _in_savepoints(connection: Connection, batch: list[_Waiting]) -> Iterator[Any]:
    """What each act returns, or how it failed, with its writes undone. Faults of the database itself fail the batch."""
    for waiting in batch:
        savepoint = connection.begin_nested()
        try:
            result = waiting.run(connection)
        except (OperationalError, InternalError):
            raise
        except Exception as fault:
            savepoint.rollback()
            yield _Failed(fault)
        else:
            savepoint.commit()
            yield result


def _failed(fault: BaseException) -> _Failed:
    return _unavailable(fault) if isinstance(fault, NoneFree) else _Failed(fault)


def _unavailable(fault: DBAPIError | NoneFree) -> _Failed:
    log.error("act_not_taken", extra={"fault": _said(fault)})
    unavailable = LedgerUnavailable(_said(fault))
    unavailable.__cause__ = fault
    return _Failed(unavailable)


def _said(fault: DBAPIError | NoneFree) -> str:
    """What the database, or who keeps its connections, said."""
    return str(fault.orig if isinstance(fault, DBAPIError) else fault)


def _is_collision(fault: DBAPIError) -> bool:
    """Whether two processes met (deadlock, serialization, a lost connection): the act may be tried again."""
    state = str(getattr(fault.orig, "sqlstate", "") or "")
    return fault.connection_invalidated or state in {"40001", "40P01"}


def _is_locked(fault: DBAPIError) -> bool:
    """Whether another process held the SQLite file, or a row of PostgreSQL's, for longer than we wait."""
    return "database is locked" in str(fault.orig) or getattr(fault.orig, "sqlstate", None) == "55P03"
