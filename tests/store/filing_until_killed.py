"""A process that files asks and says each number once it is answered, until it is killed: for the fault tests."""

import sys
from datetime import UTC, datetime

from store import asks, departments
from store.asks import Wish
from store.database import Ledger
from tests.store.world import ANN, TEAM

if __name__ == "__main__":
    ledger = Ledger(sys.argv[1])
    now = datetime.now(UTC)
    department = ledger.look(departments.called, TEAM, now, "equipment")
    assert department is not None
    while True:
        filed = ledger.act(asks.file, TEAM, ANN, datetime.now(UTC), None, Wish(department.id, "A gasket"))
        sys.stdout.write(f"{filed.number}\n")
        sys.stdout.flush()
