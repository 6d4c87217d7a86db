"""Reading a workspace from YAML, ids that stay, and the command line."""

import re
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.manifest import Manifest
from sandbox.workspace import Workspace
from tests.sandbox.conftest import TEAM
from tests.sandbox.tiny import MANIFEST


def test_ids_have_slacks_forms_and_never_change() -> None:
    first, second = Workspace.from_yaml(TEAM), Workspace.from_yaml(TEAM)
    assert list(first.people) == list(second.people)
    assert list(first.conversations) == list(second.conversations)
    assert all(re.fullmatch(r"U0[A-Z0-9]{9}|USLACKBOT", id) for id in first.people)
    assert all(re.fullmatch(r"C0[A-Z0-9]{9}", id) for id in first.conversations)
    assert re.fullmatch(r"T0[A-Z0-9]{9}", first.id)


def test_given_ids_are_kept() -> None:
    workspace = Workspace.from_yaml({"team": {"id": "T1", "name": "x"}, "users": [{"id": "U1", "handle": "a"}]})
    assert workspace.id == "T1"
    assert workspace.someone("@a").id == "U1"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"users": [{"handle": "a"}, {"handle": "a"}]}, "two people called @a"),
        ({"channels": [{"name": "c"}, {"name": "#c"}]}, "two channels called #c"),
        ({"channels": [{"name": "c", "members": ["nobody"]}]}, "nobody called nobody"),
        ({"users": [{"handle": "a", "tz": "Mars/Olympus"}]}, "Mars"),
        ({"users": [{"handle": "a", "colour": "red"}]}, "colour"),
    ],
)
def test_faults_in_the_yaml_are_named(data: dict[str, Any], fault: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError), match=fault):
        Workspace.from_yaml(data)


@pytest.mark.parametrize(
    ("manifest", "fault"),
    [
        ({}, "display_information.name"),
        ({"display_information": {"name": "x"}, "features": {"slash_commands": [{"command": "a"}]}}, "begins with /"),
        ({"display_information": {"name": "x"}, "features": {"slash_commands": [{"command": "/a"}]}}, "scope commands"),
    ],
)
def test_faults_in_a_manifest_are_named(manifest: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Manifest(manifest)


def test_only_addresses_of_this_machine_are_ever_called() -> None:
    manifest = Manifest(
        {
            "display_information": {"name": "x"},
            "settings": {
                "interactivity": {"is_enabled": True, "request_url": "https://away.example/slack"},
                "event_subscriptions": {"request_url": "http://127.0.0.1:3000/slack", "bot_events": []},
            },
        }
    )
    assert manifest.address("interactive") is None
    assert manifest.address("events") == "http://127.0.0.1:3000/slack"


def test_the_command_line_serves_a_team_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(yaml.safe_dump(MANIFEST), encoding="utf-8")
    team = tmp_path / "team.yml"
    team.write_text(yaml.safe_dump({**TEAM, "apps": [{"manifest": "manifest.yml"}]}), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sandbox", str(team), "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            if "delivered to" in line:
                break
        said = "\n".join(lines)
        assert "Tiny in Harbour" in said
        assert re.search(r"SLACK_BOT_TOKEN=xoxb-", said)
        assert re.search(r"SLACK_APP_TOKEN=xapp-", said)
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address is not None
        with urllib.request.urlopen(address[0]) as response:
            assert response.status == 200
    finally:
        process.terminate()
        process.wait(10)


def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    team = tmp_path / "team.yml"
    team.write_text("users: [{handle: a}, {handle: a}]", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "sandbox", str(team)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "two people called @a" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_chosen_name_is_shown_and_is_empty_where_nobody_chose_one() -> None:
    users = [{"handle": "lin", "name": "Lin Jianguo"}, {"handle": "pia", "name": "Pia Berg", "display_name": "Pippa"}]
    workspace = Workspace.from_yaml({"users": users})
    lin, pia = workspace.someone("lin"), workspace.someone("pia")
    assert (lin.shown, pia.shown) == ("Lin Jianguo", "Pippa")
    now = datetime(2026, 5, 11, tzinfo=UTC)
    assert lin.as_slack(now)["name"] == "lin"
    assert lin.profile()["display_name"] == ""
    assert pia.profile()["display_name"] == pia.profile()["display_name_normalized"] == "Pippa"
    assert pia.profile()["real_name"] == "Pia Berg"
