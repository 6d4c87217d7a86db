"""Where Baton is installed by OAuth: whose token is for which workspace, sealed; none of it for a single workspace."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from store.tables.base import table


class InstallationRow(SQLModel, table=True):
    """One token. `holder_id`: the workspace (T…), or the organisation (E…) whose workspaces share the token.

    Tokens are sealed with a key that the ledger does not know. `expires_at` null: it does not expire.
    `renewing_until`, real time: some process has asked Slack for the next token and will write it here by then.
    """

    __tablename__ = "installations"
    __table_args__ = (
        CheckConstraint("(expires_at IS NULL) = (sealed_refresh_token IS NULL)", name="what_expires_is_renewed"),
    )
    holder_id: str = Field(primary_key=True)
    name: str
    app_id: str
    bot_user_id: str
    bot_id: str
    scopes: str
    sealed_token: str
    sealed_refresh_token: str | None = None
    expires_at: datetime | None = None
    renewed_at: datetime
    renewing_until: datetime | None = None
    installed_by: str
    installed_at: datetime


class SpentStateRow(SQLModel, table=True):
    """An install page that somebody came back from: it is good once. `id` is a digest, `expires_at` when to forget."""

    __tablename__ = "spent_states"
    id: str = Field(primary_key=True)
    expires_at: datetime


installations = table(InstallationRow)
spent_states = table(SpentStateRow)
