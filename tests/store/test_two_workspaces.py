"""Two workspaces in one ledger, alike in people, departments and numbers: row ids of one lead nowhere in the other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from store import (
    acknowledging,
    asks,
    closing,
    departments,
    drafts,
    ending,
    gray_zone,
    handoffs,
    matching,
    objecting,
    questions,
    services,
    standups,
)
from store.asks import Wish
from store.handoffs import Reason
from store.queries import asks as reading
from store.queries import objections, offers
from store.queries import questions as asked
from store.refusals import Refusal
from store.tables import METADATA
from tests.store.world import ANN, LIN, OMAR, PIA, REPAIR, World


class Other(World):
    """The same hospital once more, in the same ledger, as workspace T2."""

    def act(self, actor: Any, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.ledger.act(verb, "T2", actor, self.now, None, *args, **kwargs)

    def look(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.ledger.look(query, "T2", self.now, *args, **kwargs)


def lived(world: World) -> dict[str, Any]:
    """In each: #1 is offered, #2 asked about, #3 has a change offered, #4 was objected to; their row ids."""
    for _ in range(4):
        world.file()
    world.act(LIN, handoffs.offer, 1, OMAR, "Done. Next. Where.", None)
    world.act(LIN, questions.ask_asker, 2, "Which colour?")
    world.act(LIN, acknowledging.acknowledge, 3)
    world.act(LIN, acknowledging.offer_change, 3, None, world.now + timedelta(days=9), "It is late")
    service = next(one for one in world.department().services if one.name == "Repair a device")
    world.act(ANN, asks.file, Wish(world.department().id, "The pump", service.id))
    world.act(PIA, ending.put_down, 5, "No spare parts")
    world.act(ANN, objecting.object_to, 5, "We need it")
    first, second, third = (world.look(reading.by_number, number) for number in (1, 2, 3))
    assert first.baton is not None
    assert second.question is not None
    assert third.change is not None
    with world.ledger.reading() as connection:
        rows = connection.execute(text("SELECT workspace_id, max(id) AS id FROM objections GROUP BY workspace_id"))
        objection = {row.workspace_id: row.id for row in rows}["T2" if isinstance(world, Other) else "T1"]
    return {
        "ask": first.id,
        "baton": first.baton.id,
        "question": second.question.id,
        "change": third.change.id,
        "objection": objection,
        "department": world.department().id,
        "service": service.id,
        "draft": world.act(ANN, drafts.keep, "something").id,
    }


@pytest.fixture
def both(ledger_url: str) -> Iterator[tuple[World, dict[str, Any], World, dict[str, Any]]]:
    one, other = World(ledger_url), Other(ledger_url)
    yield one, lived(one), other, lived(other)
    other.close()
    one.close()


def rows_of(world: World, workspace_id: str) -> list[str]:
    found: list[str] = []
    with world.ledger.reading() as connection:
        for table in METADATA.sorted_tables:
            if "workspace_id" in table.c:
                where = text(f"SELECT * FROM {table.name} WHERE workspace_id = :workspace_id")
                found += map(str, connection.execute(where, {"workspace_id": workspace_id}))
    return sorted(found)


def test_no_row_id_of_one_leads_anywhere_in_the_other(both: Any) -> None:
    one, mine, other, theirs = both
    assert all(mine[name] != theirs[name] for name in mine)
    before = rows_of(one, "T1")
    tries: dict[str, Callable[[], object]] = {
        "ask": lambda: other.look(reading.by_id, mine["ask"]),
        "department": lambda: other.look(departments.by_id, mine["department"]),
        "offer": lambda: other.look(offers.by_id, mine["baton"]),
        "question": lambda: other.look(asked.by_id, mine["question"]),
        "objection": lambda: other.look(objections.by_id, mine["objection"]),
        "draft": lambda: other.look(drafts.find, mine["draft"], ANN),
        "take": lambda: other.act(OMAR, handoffs.take, 1, mine["baton"]),
        "refuse": lambda: other.act(OMAR, handoffs.refuse, 1, mine["baton"], Reason.NO_TIME),
        "recall": lambda: other.act(LIN, handoffs.recall, 1, mine["baton"]),
        "answer": lambda: other.act(ANN, questions.answer, 2, mine["question"], "Red"),
        "take back": lambda: other.act(LIN, questions.take_back, 2, mine["question"]),
        "agree": lambda: other.act(ANN, acknowledging.agree, 3, mine["change"]),
        "disagree": lambda: other.act(ANN, acknowledging.disagree, 3, mine["change"], "No"),
        "overrule": lambda: other.act(LIN, objecting.overrule, 5, mine["objection"], to_last_owner=True),
        "uphold": lambda: other.act(LIN, objecting.uphold, 5, mine["objection"], "No"),
        "file": lambda: other.act(ANN, asks.file, Wish(mine["department"], "A gasket")),
        "close": lambda: other.act(LIN, closing.close, mine["department"]),
        "service": lambda: other.act(LIN, services.archive, theirs["department"], mine["service"]),
        "services": lambda: other.act(LIN, services.add, mine["department"], REPAIR),
        "desk": lambda: other.act(None, gray_zone.make_desk, mine["department"]),
        "hand over": lambda: other.act(LIN, handoffs.offer, 2, OMAR, "Note", mine["department"]),
        "standup": lambda: other.act(LIN, standups.schedule, mine["department"], "CEQUIP", [0], 570, "UTC"),
        "post": lambda: other.act(LIN, standups.post_now, mine["department"], "CEQUIP"),
    }
    went_on = []
    for name, attempt in tries.items():
        try:
            attempt()
        except (Refusal, LookupError):
            continue
        except Exception as fault:
            went_on.append(f"{name}: {type(fault).__name__}")
        else:
            went_on.append(name)
    assert went_on == []
    assert rows_of(one, "T1") == before


def test_a_service_and_a_match_of_one_are_none_in_the_other(both: Any) -> None:
    one, mine, other, theirs = both
    assert other.act(ANN, asks.file, Wish(theirs["department"], "A gasket", mine["service"])).service_name is None
    one.act(LIN, matching.remember, mine["department"], ["gasket"], LIN)
    with one.ledger.reading() as connection:
        match_id = connection.execute(text("SELECT id FROM matches")).scalar_one()
    assert other.act(None, matching.use, match_id) is None
    assert one.act(None, matching.use, match_id) == "gasket"
