"""A department's month, for its lead alone: how its promises came out, and how much of what it asked was a rush."""

from dataclasses import dataclass

from store.database import Look
from store.queries import promises, rushes
from store.queries.promises import Share
from store.queries.rushes import RushShare
from store.rules import months
from store.snapshots import Department


@dataclass(frozen=True, slots=True)
class Month:
    """What came out, and what was asked, since the first of the month on the department's clocks."""

    department: Department
    promises: Share
    rushes: RushShare


def of_department(look: Look, department: Department) -> Month:
    """The month that `look.now` is in."""
    since = months.began(department.calendar, look.now)
    return Month(
        department,
        promises.kept_share(look, department.id, since),
        rushes.filed_by(look, department.id, since),
    )
