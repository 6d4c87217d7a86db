"""What comes of an act: what the person sees at once, or that there was nothing to act on."""

from dataclasses import dataclass, field

from sandbox.messages import Message


@dataclass(frozen=True)
class Outcome:
    """What came of an act at once: HTTP status, body and milliseconds of the app's answer, and Slack's error if any."""

    status: int | None = None
    body: object = ""
    milliseconds: float = 0.0
    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    response_action: str | None = None
    message: Message | None = None

    @property
    def ok(self) -> bool:
        """Whether the person saw no error."""
        return self.error is None and not self.errors


class NotThere(Exception):
    """What the person wants to act on is not before them."""
