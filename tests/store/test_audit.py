"""The self-check finds what the constraints should make impossible."""

import pytest
from sqlalchemy import text

from store import audit
from store.audit import Finding
from tests.store.world import OMAR, TEAM, World


def found(world: World) -> list[Finding]:
    with world.ledger.reading() as connection:
        return audit.findings(connection)


def test_a_ledger_that_nobody_meddled_with_is_well(world: World) -> None:
    world.file()
    assert found(world) == []


@pytest.mark.parametrize(
    ("meddling", "what"),
    [
        ("UPDATE custody SET until = since WHERE ask_id = 1", "ownerless"),
        ("UPDATE asks SET stage = 'closed', outcome = 'satisfied', closed_at = filed_at", "closed_but_owned"),
        (f"UPDATE people SET deleted_at = refreshed_at WHERE id = '{OMAR}'", "owner_left"),
    ],
)
def test_what_was_meddled_with_is_found(world: World, meddling: str, what: str) -> None:
    world.file(person_id=OMAR)
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(text(meddling))
    assert found(world) == [Finding(what, TEAM, 1)]
