"""`python -m store.migrations "what changes"`: write the step from the newest migration to `store/tables/`."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from store.database import Ledger
from store.migrations import _config, migrate

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{Path(folder) / 'empty.db'}")
        migrate(ledger.engine)
        with ledger.engine.connect() as connection:
            command.revision(_config(connection), message=" ".join(sys.argv[1:]) or "step", autogenerate=True)
        ledger.close()
