"""An ask as it stands the moment it is filed, put together from what filing knows anyway.

It is what `queries.asks.by_id` would read, without the fourteen tables that takes; a test holds the two together.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from store.snapshots import Answered, Ask, Department, Person, Service


def as_filed(
    ask_id: int,
    columns: Mapping[str, Any],
    department: Department,
    service: Service | None,
    home: Department | None,
    asker: Person,
    owner: Person,
) -> Ask:
    """The ask whose row has these `columns`, which `owner` owns from now on. `home`: the asker's own department."""
    return Ask(
        id=ask_id,
        number=columns["number"],
        version=columns["version"],
        stage=columns["stage"],
        outcome=None,
        outcome_reason=None,
        department_id=department.id,
        department_name=department.name,
        department_channel_id=department.channel_id,
        lead_id=department.lead_id,
        service_name=service.name if service else None,
        restate=service is not None and service.restate,
        asker=asker,
        asker_department_name=home.name if home else None,
        askers_lead_id=home.lead_id if home else None,
        owner=owner,
        owned_since=columns["filed_at"],
        what=columns["what"],
        done_means=columns["done_means"],
        result=None,
        asked_due=columns["due"].astimezone(UTC),
        due=columns["due"].astimezone(UTC),
        due_was_given=columns["due_was_given"],
        promise_number=columns["promise_number"],
        promised_at=columns["promised_at"],
        rush_reason=columns["rush_reason"],
        is_private=columns["is_private"],
        source_link=columns["source_link"],
        evidence=None,
        evidence_link=None,
        missing=None,
        filed_at=columns["filed_at"],
        acknowledged_at=None,
        delivered_at=None,
        deliveries=0,
        closed_at=None,
        fed_at=columns["fed_at"],
        change=None,
        card=None,
        service_id=service.id if service else None,
        inputs=tuple(Answered(one["name"], one["answer"]) for one in columns["inputs"] or ()),
        rush_cause=columns["rush_cause"],
        earliest=columns["earliest"],
        at_gray_zone=department.is_gray_zone,
    )
