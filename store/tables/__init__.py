"""Every table, constraint and index of the ledger.

Rows are declared with SQLModel; verbs and queries read and write them with Core statements through the tables named
here (`asks.c.number`), which costs a fraction of mapped objects on the hot path. Every row belongs to a workspace, and
references carry the workspace along, so that the database itself keeps workspaces apart. Tables do not validate: input
is checked at the edge, what must always hold is a constraint.
"""

from store.tables.asks import asks, batons, changes, custody, drafts, events
from store.tables.base import METADATA
from store.tables.chains import chain_warnings, links
from store.tables.chores import chores
from store.tables.departments import departments, duty, duty_changes, memberships, services, standups
from store.tables.deputies import deputies
from store.tables.forgotten import forgotten
from store.tables.gray_zone import desk_lists, landings, matches, placings
from store.tables.installations import installations, spent_states
from store.tables.objections import objections
from store.tables.people import absences, people, workspaces
from store.tables.preferences import preferences
from store.tables.questions import questions
from store.tables.speaking import Kind, Sending, couriers, nudge_plans, nudges, outbox, posts, troubles

__all__ = [
    "METADATA",
    "Kind",
    "Sending",
    "absences",
    "asks",
    "batons",
    "chain_warnings",
    "changes",
    "chores",
    "couriers",
    "custody",
    "departments",
    "deputies",
    "desk_lists",
    "drafts",
    "duty",
    "duty_changes",
    "events",
    "forgotten",
    "installations",
    "landings",
    "links",
    "matches",
    "memberships",
    "nudge_plans",
    "nudges",
    "objections",
    "outbox",
    "people",
    "placings",
    "posts",
    "preferences",
    "questions",
    "services",
    "spent_states",
    "standups",
    "troubles",
    "workspaces",
]
