"""For the tests of the process: a hospital whose courier stays at home, so that tests can be one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.courier import Courier
from bot.pacing import Pace
from bot.sending import Sender
from handlers import messages
from tests.hospital import Hospital


@dataclass
class Couriers:
    """Couriers on one ledger, each like one of a process of its own.

    `wall_ahead` is how far a courier's real clock is on, `set_by` how far all of them were set since.
    """

    hospital: Hospital
    set_by: timedelta = timedelta()
    hired: list[Courier] = field(default_factory=list)

    def hire(self, *, wall_ahead: timedelta = timedelta(), pace: Pace | None = None, **sender: object) -> Courier:
        """A courier that has begun to work. `sender`: what its Sender does otherwise."""
        hospital = self.hospital
        given = {
            "ledger": hospital.ledger,
            "clock": hospital.clock.now,
            "client_of": lambda workspace_id: hospital.baton.client,
            "compose": messages.compose,
            "live": messages.LIVE,
        }
        courier = Courier(
            hospital.ledger,
            hospital.clock.now,
            Sender(**(given | sender)),  # type: ignore[arg-type]
            pace or Pace(limited=False),
            wall=lambda: datetime.now(UTC) + wall_ahead + self.set_by,
        )
        courier.start()
        self.hired.append(courier)
        return courier


@pytest.fixture
def still(hospital_url: str) -> Iterator[Hospital]:
    """A hospital where nothing leaves the outbox by itself."""
    opened = Hospital(hospital_url, carrying=False)
    yield opened
    opened.close()


@pytest.fixture
def couriers(still: Hospital) -> Iterator[Couriers]:
    """Couriers for the still hospital, to be hired."""
    agency = Couriers(still)
    yield agency
    for courier in agency.hired:
        courier.stop()
