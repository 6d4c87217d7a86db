"""Ids in Slack's forms (T…, U…, C…), the same on every run: derived from names, not drawn by lot."""

import hashlib
import itertools
import threading

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def identifier(prefix: str, *names: str, length: int = 10) -> str:
    """``prefix`` (a capital, as on Slack) and ``length`` characters that follow from ``names`` alone."""
    number = int.from_bytes(hashlib.sha256("\0".join((prefix, *names)).encode()).digest(), "big")
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return prefix + "0" + "".join(digits[1:])


def secret(*names: str, length: int = 32) -> str:
    """Hexadecimal that follows from ``names``: stands for a signing secret or the tail of a token."""
    return hashlib.sha256("\0".join(("secret", *names)).encode()).hexdigest()[:length]


class Sequence:
    """Numbers 1, 2, 3 … for any number of threads."""

    def __init__(self) -> None:
        self._counter = itertools.count(1)
        self._lock = threading.Lock()

    def next(self) -> int:
        """The next number."""
        with self._lock:
            return next(self._counter)

    def identifier(self, prefix: str, *names: str) -> str:
        """An id that nobody has had before in this sequence."""
        return identifier(prefix, *names, str(self.next()))
