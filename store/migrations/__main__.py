"""`python -m store.migrations "what changes"`: write the step from the newest migration to `store/tables/`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from store.database import Ledger
from store.migrations import _config, migrate

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{Path(folder) / 'empty.db'}")
        migrate(ledger.engine)
        with ledger.engine.connect() as connection:
            config = _config(connection)
            steps = len(list(ScriptDirectory.from_config(config).walk_revisions()))
            message = " ".join(sys.argv[1:]) or "step"
            command.revision(config, message=message, autogenerate=True, rev_id=f"{steps + 1:04d}")
        ledger.close()
