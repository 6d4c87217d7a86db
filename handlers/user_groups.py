"""A department may have a user group of Slack's: whoever types `/ask @finance …` with the group means the department.

The form shows and takes its handle; the ledger keeps its id, which outlives another handle.
"""

import logging
from functools import partial

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.words import Words

log = logging.getLogger("baton.user_groups")


def handle_of(client: WebClient, usergroup_id: str | None) -> str:
    """`@finance`; its id where Slack does not tell; empty where there is none."""
    if usergroup_id is None:
        return ""
    try:
        found = {one["id"]: one["handle"] for one in client.usergroups_list()["usergroups"]}
    except SlackClientError as fault:
        log.warning("the user group %s has no handle for now: %s", usergroup_id, fault)
        return usergroup_id
    return f"@{found[usergroup_id]}" if usergroup_id in found else usergroup_id


def called(client: WebClient, typed: str, faults: dict[str, str], words: Words) -> str | None:
    """The id of the group of this handle or id; None for nothing typed, and where a sentence was put into `faults`."""
    wanted = typed.strip().lstrip("@＠").casefold()
    if not wanted:
        return None
    tell = partial(faults.__setitem__, "usergroup")
    try:
        groups = client.usergroups_list()["usergroups"]
    except SlackApiError as fault:
        if fault.response.get("error") == "plan_upgrade_required":
            tell(words.say("This workspace has no user groups: they belong to Slack's paid plans. Leave this empty."))
        else:
            tell(words.say("Slack does not tell me its user groups right now. Please try again, or leave this empty."))
        return None
    found = [one for one in groups if wanted in (one["handle"].casefold(), one["id"].casefold())]
    if found:
        return str(found[0]["id"])
    tell(words.say("There is no user group @{handle}. Create it in Slack first, or leave this empty.", handle=wanted))
    return None
