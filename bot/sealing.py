"""Tokens of other workspaces are sealed before they are written down: the ledger, and its backups, cannot use them.

TOKEN_KEYS holds the keys, the newest first: it seals, all of them open. `python -m bot rotate-keys` seals everything
anew with the newest, so that the older ones can be taken away.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_BYTES = 32


class Unopenable(Exception):
    """Sealed with a key that TOKEN_KEYS does not name."""


def is_key(text: str) -> bool:
    """Whether `text` is a key as `python -m bot new-key` prints them."""
    try:
        return len(base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def new_key() -> str:
    """A key for TOKEN_KEYS."""
    return Fernet.generate_key().decode("ascii")


class Seal:
    """Seals with the first of `keys`, opens with any. Its repr shows nothing."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def __repr__(self) -> str:
        return "Seal(…)"

    def close(self, text: str) -> str:
        """`text`, sealed."""
        return self._keys.encrypt(text.encode("utf-8")).decode("ascii")

    def open(self, sealed: str) -> str:
        """What was sealed. Raises Unopenable."""
        try:
            return self._keys.decrypt(sealed).decode("utf-8")
        except InvalidToken as fault:
            raise Unopenable from fault

    def anew(self, sealed: str) -> str:
        """The same under the newest key. Raises Unopenable."""
        return self.close(self.open(sealed))

    def stamp(self, text: str, now: datetime) -> str:
        """`text`, sealed together with the time."""
        return self._keys.encrypt_at_time(text.encode("utf-8"), int(now.timestamp())).decode("ascii")

    def is_fresh(self, stamped: str, seconds: int, now: datetime) -> bool:
        """Whether `stamp` made this, at most so many seconds ago."""
        try:
            self._keys.decrypt_at_time(stamped, seconds, int(now.timestamp()))
        except InvalidToken:
            return False
        return True
