"""What an administrator or fate does: archive a channel, deactivate somebody, revoke a token, cut the sockets, wind."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.conversations import PRIVATE, Conversation
from sandbox.outcomes import NotThere
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.slack import Slack
from sandbox.usergroups import Usergroup
from sandbox.workspace import Workspace


def wind(slack: Slack, given: Json) -> Json:
    """Wind the clock by seconds, to an epoch, or by a named jump."""
    if "jump" in given:
        slack.clock.jump(str(given["jump"]))
    elif "to" in given:
        slack.clock.set(datetime.fromtimestamp(float(given["to"]), UTC))
    else:
        slack.clock.forward(seconds=float(given.get("by") or 0))
    return {"ok": True, "now": slack.clock.now().timestamp()}


CHANGEABLE = ("handle", "name", "display_name", "title", "locale", "tz", "email", "admin", "guest")


class Administrator:
    """Deeds in one workspace; apps hear of them by the events that Slack would send."""

    def __init__(self, slack: Slack, workspace: Workspace) -> None:
        self.slack = slack
        self.workspace = workspace

    def archive(self, place: Conversation, archived: bool = True) -> None:
        """Archive a channel, or open it again."""
        with self.slack.lock:
            kind = "group" if place.kind == PRIVATE else "channel"
            event = {
                "type": f"{kind}_{'archive' if archived else 'unarchive'}",
                "channel": place.id,
                "user": place.creator,
            }
            self.slack.events.emit(self.workspace, event, channel=place)
            place.archived = archived
        self.slack.state_changed(self.workspace)

    def deactivate(self, person: Person, deleted: bool = True) -> None:
        """Deactivate an account, or bring it back. Apps get user_change."""
        with self.slack.lock:
            person.deleted = deleted
        self._changed(person)

    def change(self, person: Person, **traits: Any) -> None:
        """Change somebody's name, display_name, title, locale, tz, email, admin or guest. Apps get user_change."""
        with self.slack.lock:
            for name, value in traits.items():
                if name not in CHANGEABLE:
                    raise ValueError(f"{name} of a person cannot be changed")
                setattr(person, name, value)
        self._changed(person)

    def _changed(self, person: Person) -> None:
        now = self.slack.clock.now()
        person.updated = int(now.timestamp())
        user = person.as_slack(now, with_locale=True)
        event = {"type": "user_change", "user": user, "cache_ts": int(now.timestamp())}
        self.slack.events.emit(self.workspace, event)
        self.slack.state_changed(self.workspace)

    def hire(self, handle: str, **traits: Any) -> Person:
        """Somebody new. Apps get team_join."""
        with self.slack.lock:
            person = self.workspace.add_person(handle=handle, **traits)
        user = person.as_slack(self.slack.clock.now(), with_locale=True)
        self.slack.events.emit(self.workspace, {"type": "team_join", "user": user})
        self.slack.state_changed(self.workspace)
        return person

    def disturb_not(self, person: Person, start: datetime, end: datetime) -> None:
        """Somebody does not want to be disturbed. Apps get dnd_updated_user."""
        person.do_not_disturb = (start, end)
        status = {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(start.timestamp()),
            "next_dnd_end_ts": int(end.timestamp()),
        }
        event = {"type": "dnd_updated_user", "user": person.id, "dnd_status": status}
        self.slack.events.emit(self.workspace, event)

    def group(self, handle: str, users: list[str], name: str | None = None) -> Usergroup:
        """A user group, new or with other people. Apps get subteam_created or subteam_members_changed."""
        ids = [self.workspace.someone(user).id for user in users]
        with self.slack.lock:
            group = self.workspace.usergroup_named(handle)
            if group is None:
                group = self.workspace.add_usergroup(handle=handle, name=name, users=ids)
                event: Json = {"type": "subteam_created", "subteam": group.as_slack(with_users=True, with_count=True)}
            else:
                event = {
                    "type": "subteam_members_changed",
                    "subteam_id": group.id,
                    "team_id": self.workspace.id,
                    "added_users": [user for user in ids if user not in group.users],
                    "removed_users": [user for user in group.users if user not in ids],
                }
                group.users = ids
        self.slack.events.emit(self.workspace, event)
        if event["type"] == "subteam_members_changed":
            subteam = group.as_slack(with_users=True, with_count=True)
            self.slack.events.emit(self.workspace, {"type": "subteam_updated", "subteam": subteam})
        self.slack.state_changed(self.workspace)
        return group

    def join(self, person: Person, place: Conversation) -> None:
        """Put somebody (a bot too) into a channel. Apps in there get member_joined_channel."""
        with self.slack.lock:
            if person.id not in place.members:
                place.members.append(person.id)
                event = {
                    "type": "member_joined_channel",
                    "user": person.id,
                    "channel": place.id,
                    "channel_type": "G" if place.kind == PRIVATE else "C",
                    "team": self.workspace.id,
                }
                self.slack.events.emit(self.workspace, event, channel=place)
        self.slack.state_changed(self.workspace)

    def leave(self, person: Person, place: Conversation) -> None:
        """Take somebody out of a channel. Apps in there get member_left_channel."""
        with self.slack.lock:
            if person.id in place.members:
                event = {
                    "type": "member_left_channel",
                    "user": person.id,
                    "channel": place.id,
                    "channel_type": "G" if place.kind == PRIVATE else "C",
                    "team": self.workspace.id,
                }
                self.slack.events.emit(self.workspace, event, channel=place)
                place.members.remove(person.id)
        self.slack.state_changed(self.workspace)


def administer(slack: Slack, workspace: Workspace, given: Json) -> Json:
    """One deed as the page names it: {"do": "archive_channel", "channel": "C…"}. NotThere for an unknown one."""
    admin = Administrator(slack, workspace)

    def place() -> Conversation:
        return workspace.place(str(given.get("channel")))

    def person() -> Person:
        return workspace.someone(str(given.get("user")))

    def app() -> str | None:
        return str(given["app"]) if given.get("app") else None

    def tokens() -> None:
        for installation in workspace.installations.values():
            if app() in (None, installation.app_id) and not slack.grants[installation.bot_token].revoked:
                slack.revoke(installation.bot_token)

    def uninstall() -> None:
        for installation in list(workspace.installations.values()):
            if app() in (None, installation.app_id) and not installation.removed:
                slack.uninstall(installation)

    def sockets(act: Callable[[str], object]) -> None:
        for installation in workspace.installations.values():
            if app() in (None, installation.app_id):
                act(installation.app_id)

    deeds: dict[str, Callable[[], object]] = {
        "archive_channel": lambda: admin.archive(place()),
        "unarchive_channel": lambda: admin.archive(place(), False),
        "deactivate_user": lambda: admin.deactivate(person()),
        "reactivate_user": lambda: admin.deactivate(person(), False),
        "join_channel": lambda: admin.join(person(), place()),
        "leave_channel": lambda: admin.leave(person(), place()),
        "revoke_token": tokens,
        "uninstall": uninstall,
        "keep_rates": lambda: setattr(slack.rates, "enabled", True),
        "free_rates": lambda: setattr(slack.rates, "enabled", False),
        "cut_sockets": lambda: slack.sockets.cut(app()),
        "warn_sockets": lambda: sockets(slack.sockets.warn),
        "refresh_sockets": lambda: sockets(slack.sockets.refresh),
    }
    if given.get("do") not in deeds:
        raise NotThere(f"no deed called {given.get('do')}; there are {', '.join(deeds)}")
    deeds[str(given["do"])]()
    return {"ok": True}
