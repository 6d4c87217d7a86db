"""What can an asker expect before anything is filed? By when honestly, who is away until then, and how usually."""

from dataclasses import dataclass

from store.database import Look
from store.honest_date import HonestDate, honest_date
from store.queries import service_history
from store.rules.closings import Closing, next_closing
from store.rules.history import History
from store.snapshots import Department, Service


@dataclass(frozen=True, slots=True)
class Expected:
    """`closing`: days on which the department is closed before the honest date. `history`: None with too little."""

    honest: HonestDate
    history: History | None
    closing: Closing | None


def expected(look: Look, department: Department, service: Service | None, person_id: str | None) -> Expected:
    """What holds now. `person_id`: who was named as owner. Raises NoWorkingTime as `departments.earliest`."""
    honest = honest_date(look, department, service, person_id)
    if service is None:
        history = service_history.of_the_rest(look, department)
    else:
        history = service_history.of_services(look, department, [service.id]).get(service.id)
    calendar = department.calendar
    closing = next_closing(calendar, calendar.local(look.now).date())
    is_on_the_way = closing is not None and closing.first <= calendar.local(honest.at).date()
    return Expected(honest, history, closing if is_on_the_way else None)
