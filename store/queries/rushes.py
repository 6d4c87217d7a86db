"""How much of what a department asks of others is a rush? Month by month, for its own lead alone.

A rush that came from outside counts against nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from store.database import Look
from store.rules.rush import Cause, counts
from store.tables import asks


@dataclass(frozen=True, slots=True)
class RushShare:
    """What a department asked of others from `since` on. `rushes`: how many there were of each cause."""

    since: datetime
    filed: int
    rushes: Mapping[Cause, int]

    @property
    def counted(self) -> int:
        """The rushes that count for the department."""
        return sum(many for cause, many in self.rushes.items() if counts(cause))

    @property
    def from_outside(self) -> int:
        return sum(many for cause, many in self.rushes.items() if not counts(cause))

    @property
    def to_explain(self) -> int:
        """The rushes that waiting caused."""
        return self.rushes.get(Cause.WAITED, 0)

    @property
    def percent(self) -> int:
        """The rushes that count, of all that was asked."""
        return round(100 * self.counted / self.filed) if self.filed else 0


def filed_by(look: Look, department_id: int, since: datetime, until: datetime | None = None) -> RushShare:
    """The rush share of the asks that people of a department filed to others from `since` on, and before `until`."""
    where = [
        asks.c.workspace_id == look.workspace_id,
        asks.c.asker_department_id == department_id,
        asks.c.department_id != department_id,
        asks.c.filed_at >= since,
    ]
    if until is not None:
        where.append(asks.c.filed_at < until)
    is_rush = asks.c.rush_reason.is_not(None)
    rows = look.connection.execute(
        select(asks.c.rush_cause, is_rush.label("is_rush"), func.count().label("many"))
        .where(*where)
        .group_by(asks.c.rush_cause, is_rush)
    ).all()
    rushes: dict[Cause, int] = {}
    for row in rows:
        if row.is_rush:
            cause = Cause(row.rush_cause) if row.rush_cause else Cause.OTHER
            rushes[cause] = rushes.get(cause, 0) + row.many
    return RushShare(since, sum(row.many for row in rows), rushes)
