"""User groups: a handle such as @finance that stands for several people."""

from dataclasses import dataclass, field

from sandbox.shapes import Json


@dataclass
class Usergroup:
    """A group of people with a handle. ``users`` are ids."""

    id: str
    team_id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled: bool = False
    created: int = 0

    def as_slack(self, *, with_users: bool = False, with_count: bool = False) -> Json:
        """The usergroup object of usergroups.list."""
        group: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.created,
            "date_delete": 1 if self.disabled else 0,
            "auto_type": None,
            "auto_provision": False,
            "enterprise_subteam_id": "",
            "created_by": "",
            "updated_by": "",
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
        }
        if with_users:
            group["users"] = list(self.users)
        if with_count:
            group["user_count"] = len(self.users)
        return group
