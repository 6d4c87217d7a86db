"""What one person sees: the sidebar, a channel, a thread."""

from sandbox.conversations import PRIVATE, Conversation
from sandbox.messages import Message
from sandbox.outcomes import NotThere
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.slack import Slack
from sandbox.workspace import SLACKBOT, Workspace

PAGE = 50
MOST = 200
MOST_UNREAD = 200


def visible_place(workspace: Workspace, person: Person, channel: str) -> Conversation:
    """A conversation by id, if the person may see it; else NotThere."""
    place = workspace.conversations.get(channel)
    if place is None or not workspace.sees(person.id, place):
        raise NotThere("channel_not_found")
    return place


def message_before(place: Conversation, person: Person, ts: str) -> Message:
    """A message by its ts, among those the person sees (whispers to them too); else NotThere."""
    message = place.find(ts)
    if message is None:
        whispers = (one for one in place.ephemerals if one.ts == ts and not one.deleted)
        message = next((one for one in whispers if one.ephemeral_to == person.id), None)
    if message is None:
        raise NotThere("message_not_found")
    return message


def anybody(workspace: Workspace) -> Person:
    """Whom the page acts as before anybody was chosen: the first who has an account. NotThere in an empty workspace."""
    for person in workspace.people.values():
        if not (person.bot or person.deleted or person.guest or person.id == SLACKBOT):
            return person
    raise NotThere("nobody_here")


def state(slack: Slack, workspace: Workspace, person: Person) -> Json:
    """Everything but messages, as ``person`` sees it."""
    now = slack.clock.now()
    people = [
        {
            "id": one.id,
            "handle": one.handle,
            "name": one.shown,
            "title": one.title,
            "locale": one.locale,
            "tz": one.tz,
            "tz_offset": one.tz_offset(now),
            "deleted": one.deleted,
            "is_bot": one.bot or one.id == SLACKBOT,
            "is_guest": one.guest,
            "is_admin": one.admin,
            **({"app_id": one.app_id} if one.app_id else {}),
        }
        for one in workspace.people.values()
    ]
    installations = [one for one in workspace.installations.values() if not one.removed]
    return {
        "me": person.id,
        "team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
        "now": now.timestamp(),
        "running": slack.clock.running,
        "users": people,
        "channels": [_listed(workspace, place, person) for place in _places(workspace, person)],
        "usergroups": [
            {"id": group.id, "handle": group.handle, "name": group.name, "users": group.users}
            for group in workspace.usergroups.values()
        ],
        "apps": [
            {
                "id": one.app_id,
                "name": one.app.manifest.bot_name,
                "bot_user": one.bot_user_id,
                "home": one.app.manifest.home_tab,
            }
            for one in installations
        ],
        "commands": [
            {
                "command": command.command,
                "description": command.description,
                "usage_hint": command.usage_hint,
                "app": one.app_id,
            }
            for one in installations
            for command in one.app.manifest.commands
        ],
        "shortcuts": [
            {"callback_id": shortcut.callback_id, "name": shortcut.name, "type": shortcut.kind, "app": one.app_id}
            for one in installations
            for shortcut in one.app.manifest.shortcuts
        ],
        "jumps": list(slack.clock.jumps),
        "faults": [fault.as_page() for fault in slack.faults.active],
        "views": [{**view.as_slack(), "errors": view.errors} for view in workspace.views.stack(person.id)],
    }


def _places(workspace: Workspace, person: Person) -> list[Conversation]:
    return [place for place in workspace.conversations.values() if workspace.sees(person.id, place)]


def _listed(workspace: Workspace, place: Conversation, person: Person) -> Json:
    read = place.last_read.get(person.id, "")
    unread = mentions = 0
    for message in place.newest_first():
        if message.ts <= read:
            break
        if unread >= MOST_UNREAD:
            break
        if message.user != person.id and message.in_channel:
            unread += 1
            mentions += f"<@{person.id}" in message.text or place.is_direct
    listed: Json = {
        "id": place.id,
        "name": place.name,
        "is_private": place.kind == PRIVATE,
        "is_archived": place.archived,
        "is_member": person.id in place.members,
        "is_im": place.is_direct,
        "unread": unread if person.id in place.members else 0,
        "mentions": mentions,
        "last_read": read,
        "topic": place.topic,
        "members": place.members,
    }
    if place.is_direct:
        listed["user"] = place.other_side(person.id)
        listed["name"] = listed["name"] or workspace.people[listed["user"]].shown
    return listed


def messages(workspace: Workspace, person: Person, given: Json) -> Json:
    """A page of a channel, oldest first: what is in the channel itself, and whispers to me outside threads."""
    place = visible_place(workspace, person, str(given.get("channel")))
    before = str(given.get("before") or "")
    limit = min(int(given.get("limit") or PAGE), MOST)
    shown: list[Message] = []
    for message in place.newest_first(before or None):
        if message.in_channel and message.ts != before:
            shown.append(message)
            if len(shown) > limit:
                break
    more = len(shown) > limit
    shown = shown[:limit]
    floor = shown[-1].ts if more and shown else ""
    shown += [
        one
        for one in place.ephemerals
        if one.ephemeral_to == person.id
        and not one.deleted
        and not one.is_reply
        and one.ts > floor
        and (not before or one.ts < before)
    ]
    shown.sort(key=lambda message: message.ts)
    return {"messages": [message.as_page() for message in shown], "has_more": more}


def thread(workspace: Workspace, person: Person, given: Json) -> Json:
    """A thread, parent first, with the whispers to me in it."""
    place = visible_place(workspace, person, str(given.get("channel")))
    ts = str(given.get("ts"))
    parent = place.messages.get(ts)
    if parent is None:
        raise NotThere("thread_not_found")
    replies = [reply for reply in parent.replies if not reply.deleted]
    replies += [
        one for one in place.ephemerals if one.ephemeral_to == person.id and not one.deleted and one.thread_ts == ts
    ]
    replies.sort(key=lambda message: message.ts)
    return {"messages": [message.as_page() for message in (parent, *replies)]}
