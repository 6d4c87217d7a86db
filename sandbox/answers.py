"""What comes back from an app for a payload, or why nothing did."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What the app answered. ``error``: operation_timeout or dispatch_failed when it did not do so properly."""

    status: int | None
    body: object
    milliseconds: float
    error: str | None = None
    headers: Mapping[str, str] | None = None

    @property
    def ok(self) -> bool:
        """Whether it was acknowledged."""
        return self.error is None
