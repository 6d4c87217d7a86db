"""(c) From the instant at which a nudge is due to its message on Slack, many due at once to different people.

The clock and the courier run in this process, in real time, and the sandbox in one of its own on the same machine.
Slack's limit for a single conversation holds, the one for the workspace is lifted: a thousand would take minutes.
"""

import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.app import slack_client
from bot.loading.directory import Directory
from bot.loading.loading import load, prepare
from bot.pacing import Pace
from bot.process import Baton
from bot.trial import DEPARTMENTS
from sandbox.clock import Clock
from store import people
from store.database import Act, Ledger
from store.migrations import is_behind, migrate
from store.tables import Sending, asks, custody, nudge_plans, outbox, posts
from tests.bench.figures import Given, Section, databases
from tests.bench.slack import slack
from tests.hospital import MONDAY_9
from tests.store.world import profile

AHEAD = timedelta(seconds=10)  # to be ready for the instant
PATIENCE = 120.0


def measure(given: Given) -> Section:
    """Seconds from due to posted: the middle, the slowest in a hundred and the slowest; what was lost or came twice."""
    many = given.size(200, 1000)
    rows = []
    for database in given.on:
        with databases(database) as fresh:
            late, counted = _posted(fresh("punctual"), many)
        lost = many - len(counted)
        twice = sum(1 for count in counted.values() if count > 1)
        p50, p99 = late[len(late) // 2], late[len(late) * 99 // 100]
        rows.append((database, many, f"{p50:.1f}", f"**{p99:.1f}**", f"{late[-1]:.1f}", lost, twice))
    head = ("ledger", "due at once", "p50 s", "p99 s", "slowest s", "lost", "twice")
    remark = "Goal: a p99 under 2 s at 1,000, as far as Slack's limits allow. The sandbox runs on the same machine."
    return Section("(c) From a nudge's due instant to its message on Slack", head, rows, [remark])


def _posted(url: str, many: int) -> tuple[list[float], Counter[str]]:
    clock = Clock(MONDAY_9 + timedelta(hours=1))  # in working time: nobody is nudged on a Sunday
    ledger = Ledger(url)
    if is_behind(ledger.engine):
        migrate(ledger.engine)
    with slack(many) as there:
        client = slack_client(there.bot_token, there.api_url)
        baton = Baton(ledger, client, "", clock.now, Pace(scale=1000))
        workspace_id = baton.meet_workspace()
        departments = prepare(DEPARTMENTS.read_text(encoding="utf-8"), Directory(client))
        ledger.act(load, workspace_id, None, clock.now(), None, departments)
        ledger.act(_fill, workspace_id, None, clock.now(), None, there.people)
        baton.carry()
        baton.keep_time()
        due = clock.now() + AHEAD
        ledger.act(_plan, workspace_id, None, clock.now(), None, due)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and ledger.look(_left, workspace_id, clock.now()):
            time.sleep(0.5)
        told = ledger.look(_told, workspace_id, clock.now())
        baton.stop()
    return sorted((at - due).total_seconds() for _, at in told), Counter(person for person, _ in told)


def _fill(act: Act, owners: list[str]) -> None:
    """One acknowledged ask for each owner, due in a week, of which nothing was said yet."""
    for owner in owners:
        people.remember(act, profile(owner))
    department = act.connection.exec_driver_sql("SELECT min(id) FROM departments").scalar()
    for number, owner in enumerate(owners, start=1):
        row = {
            "workspace_id": act.workspace_id,
            "number": number,
            "department_id": department,
            "asker_id": owners[number - 2],
            "what": f"Replace the gasket of analyser {number}",
            "asked_due": act.now + timedelta(days=7),
            "due": act.now + timedelta(days=7),
            "promised_at": act.now - timedelta(days=30),
            "stage": "open",
            "filed_at": act.now - timedelta(days=30),
            "fed_at": act.now - timedelta(days=30),
            "due_was_given": True,
            "promise_number": 1,
            "is_private": False,
            "deliveries": 0,
            "version": 1,
        }
        ask_id = act.connection.execute(insert(asks), row).inserted_primary_key[0]  # type: ignore[index]
        held = {"workspace_id": act.workspace_id, "ask_id": ask_id, "owner_id": owner, "because": "file"}
        act.connection.execute(insert(custody), held | {"since": act.now - timedelta(days=30)})
        planned = {"workspace_id": act.workspace_id, "ask_id": ask_id, "receiver_id": owner}
        act.connection.execute(insert(nudge_plans), planned | {"at": act.now + timedelta(days=9)})


def _plan(act: Act, due: datetime) -> None:
    act.connection.execute(update(nudge_plans).values(at=due))


def _left(look: Any) -> bool:
    planned = look.connection.execute(select(nudge_plans.c.ask_id).where(nudge_plans.c.at <= look.now)).first()
    waiting = select(outbox.c.id).where(outbox.c.state.in_((Sending.WAITING, Sending.SENDING)))
    posted = look.connection.execute(select(posts.c.id).where(posts.c.message == "nudges")).first()
    return bool(planned or look.connection.execute(waiting).first() or not posted)


def _told(look: Any) -> list[tuple[str, datetime]]:
    rows = look.connection.execute(select(posts.c.person_id, posts.c.posted_at).where(posts.c.message == "nudges"))
    return [(row.person_id, row.posted_at) for row in rows]
