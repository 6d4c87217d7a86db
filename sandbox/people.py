"""People and bot users of a workspace, and how Slack describes them to an app."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.shapes import Json

if TYPE_CHECKING:
    from sandbox.organisation import Organisation


@dataclass
class Person:
    """Somebody with an account: a person, a guest, or the user that an app acts as."""

    id: str
    team_id: str
    handle: str
    name: str
    display_name: str = ""
    email: str | None = None
    title: str = ""
    locale: str = "en-US"
    tz: str = "UTC"
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    admin: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    do_not_disturb: tuple[datetime, datetime] | None = None
    presence: str = "active"
    updated: int = 0
    installed: bool = field(default=True)
    organisation: "Organisation | None" = field(default=None, repr=False, compare=False)

    @property
    def shown(self) -> str:
        """The name that people read: the one that was chosen, else the full name."""
        return self.display_name or self.name

    @property
    def gone(self) -> bool:
        """Whether the account is deactivated: in an organisation, in all of its workspaces."""
        return self.deleted and not (self.organisation and self.organisation.homes_of(self.id))

    def tz_offset(self, now: datetime) -> int:
        """Seconds east of Greenwich at ``now``."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def as_slack(self, now: datetime, *, with_locale: bool = False, with_email: bool = True) -> Json:
        """The user object of users.info; ``locale`` only when asked for, the address only with its scope."""
        user: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.gone,
            "profile": self.profile(with_email=with_email),
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": self.updated or int(now.timestamp()),
        }
        if self.organisation is not None and not self.bot:
            user["enterprise_user"] = self.organisation.membership(self.id)
        if self.gone:
            return user
        user |= {
            "color": "9f69e7",
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": now.astimezone(ZoneInfo(self.tz)).tzname() or self.tz,
            "tz_offset": self.tz_offset(now),
            "is_admin": self.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
        if with_locale:
            user["locale"] = self.locale
        return user

    def profile(self, *, with_email: bool = True) -> Json:
        """The profile object of users.profile.get."""
        first, _, last = self.name.partition(" ")
        profile: Json = {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.name,
            "real_name_normalized": self.name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g" + self.id[1:].lower(),
            "image_24": "",
            "image_48": "",
            "image_72": "",
            "image_192": "",
            "image_512": "",
            "team": self.team_id,
        }
        if self.email and with_email:
            profile["email"] = self.email
        if self.bot:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id, "always_active": True}
        return profile
