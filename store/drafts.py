"""Asks that could not be filed at once: the whole text is kept while the asker answers what was unclear."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from store.database import Act, Look
from store.refusals import NoSuchDraft
from store.tables import drafts

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, whole, and what was understood of it."""

    id: str
    person_id: str
    text: str
    particulars: dict[str, Any]


def keep(act: Act, text: str, **particulars: Any) -> Draft:
    """Keep a text for `act.actor_id`; drafts that nobody came back to for a month are thrown away on the way."""
    act.connection.execute(
        delete(drafts).where(drafts.c.workspace_id == act.workspace_id, drafts.c.made_at < act.now - KEPT)
    )
    draft = Draft(secrets.token_urlsafe(12), act.actor_id or "", text, particulars)
    act.connection.execute(
        insert(drafts).values(
            id=draft.id,
            workspace_id=act.workspace_id,
            person_id=draft.person_id,
            text=text,
            particulars=particulars,
            made_at=act.now,
        )
    )
    return draft


def find(look: Look, draft_id: str, person_id: str) -> Draft:
    """A draft of this person. Raises NoSuchDraft."""
    row = look.connection.execute(
        select(drafts).where(
            drafts.c.id == draft_id, drafts.c.workspace_id == look.workspace_id, drafts.c.person_id == person_id
        )
    ).first()
    if row is None:
        raise NoSuchDraft
    return Draft(row.id, row.person_id, row.text, row.particulars)
