"""The manifest asks Slack for what the bot does, no less and no more."""

import json
import re
from pathlib import Path

import pytest

from bot.manifest import FOR_ORGANISATIONS

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))

SCOPE_OF = {
    "auth_test": None,
    "auth_teams_list": None,
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "chat_delete": "chat:write",
    "chat_getPermalink": None,
    "chat_postEphemeral": "chat:write",
    "conversations_history": "channels:history groups:history im:history",
    "conversations_replies": "channels:history groups:history im:history",
    "conversations_info": "channels:read groups:read",
    "conversations_join": "channels:join",
    "conversations_list": "channels:read groups:read",
    "conversations_open": "im:write",
    "dnd_info": "dnd:read",
    "dnd_teamInfo": "dnd:read",
    "users_info": "users:read",
    "users_list": "users:read",
    "users_lookupByEmail": "users:read.email",
    "usergroups_list": "usergroups:read",
    "usergroups_users_list": "usergroups:read",
    "views_open": None,
    "views_update": None,
    "views_push": None,
    "views_publish": None,
    "apps_connections_open": None,
}


FAMILIES = "chat|conversations|users|usergroups|views|auth|apps|reactions|files|team|dnd"


def sources(*floors: str) -> str:
    files = [file for floor in floors for file in (ROOT / floor).rglob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module")
def registered() -> dict[str, set[str]]:
    """What the features listen to, by kind: commands, shortcuts, events."""
    found: dict[str, set[str]] = {"command": set(), "shortcut": set(), "event": set()}
    for kind, name in re.findall(
        r"\.(command|global_shortcut|message_shortcut|shortcut|event)\(\s*[\"']([^\"']+)", sources("handlers")
    ):
        found["shortcut" if "shortcut" in kind else kind].add(name)
    return found


def test_every_command_is_answered_and_every_answered_one_is_there(registered):
    commands = MANIFEST["features"]["slash_commands"]
    assert {one["command"] for one in commands} == registered["command"]
    assert all(one["should_escape"] and one["usage_hint"] and one["description"] for one in commands)


def test_every_shortcut_is_answered(registered):
    assert {one["callback_id"] for one in MANIFEST["features"]["shortcuts"]} == registered["shortcut"]


def test_every_event_is_heard(registered):
    subscribed = {name.split(".")[0] for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert subscribed | set(FOR_ORGANISATIONS) == registered["event"]
    assert not subscribed & set(FOR_ORGANISATIONS)


def test_what_an_organisation_has_to_switch_on_is_told():
    assert MANIFEST["settings"]["org_deploy_enabled"] is False  # for those alone who have a Grid
    told = (ROOT / "docs/on-slack.md").read_text(encoding="utf-8")
    assert [name for name in (*FOR_ORGANISATIONS, "org_deploy_enabled") if f"`{name}`" not in told] == []


def test_the_scopes_are_those_that_the_calls_need():
    called = set(re.findall(rf"\.((?:{FAMILIES})_[A-Za-z_]+)\(", sources("bot", "handlers")))
    assert called - set(SCOPE_OF) == set(), "say in SCOPE_OF which scope this call needs"
    needed = {scope for name in called for scope in (SCOPE_OF[name] or "").split()} | {"commands"}
    assert needed == set(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_people_can_write_to_baton_and_it_has_a_home():
    home = MANIFEST["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_slack_takes_it():
    for one in MANIFEST["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z]{1,31}", one["command"])
        assert len(one["description"]) <= 2000
    for one in MANIFEST["features"]["shortcuts"]:
        assert len(one["name"]) <= 24
        assert len(one["description"]) <= 150
    information = MANIFEST["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert 174 <= len(information["long_description"]) <= 4000
