"""`python -m bot new-key` and `python -m bot rotate-keys`: what seals the workspaces' tokens, and its change."""

from datetime import UTC, datetime

from bot.commands.saying import give_up, open_ledger, out
from bot.sealing import Seal, Unopenable
from bot.settings import Settings
from store import installations
from store.database import Ledger
from store.installations import Tokens


def rotate(settings: Settings) -> None:
    """Seal every token anew with the first of TOKEN_KEYS. What cannot be opened is named; the rest is done."""
    if not settings.several_workspaces:
        raise give_up(["There is nothing to seal: Baton has one workspace, and its token is in SLACK_BOT_TOKEN."])
    with open_ledger(settings) as ledger:
        unopened = _all_anew(ledger, Seal(settings.token_keys))
    if unopened:
        names = ", ".join(unopened)
        raise give_up([f"No key of TOKEN_KEYS opens the tokens of {names}. Add the one that does, or install again."])


def _all_anew(ledger: Ledger, seal: Seal) -> list[str]:
    """The names of those that could not be opened."""
    unopened, done = [], 0
    with ledger.reading() as connection:
        everywhere = installations.everywhere(connection)
    for known in everywhere:
        held = known.tokens
        try:
            tokens = Tokens(seal.anew(held.token), seal.anew(held.refresh) if held.refresh else None, held.expires_at)
        except Unopenable:
            unopened.append(known.name)
            continue
        # Whoever renewed a token meanwhile has sealed it with the newest key already.
        ledger.act(installations.reseal, known.holder_id, None, datetime.now(UTC), None, known, tokens)
        done += 1
    out.print(f"Sealed anew: {done}.", markup=False)
    return unopened
