"""What the sandbox's README says is so."""

import re
from pathlib import Path

import yaml

import sandbox
from sandbox.clock import Clock
from sandbox.faults import KINDS
from sandbox.slack import Slack
from sandbox.story import Story
from sandbox.workspace import Workspace

README = (Path(str(sandbox.__file__)).parent / "README.md").read_text(encoding="utf-8")


def test_its_workspace_can_be_opened() -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    workspace = Workspace.from_yaml(yaml.safe_load(written))
    slack = Slack(workspace, Clock(running=False))
    assert workspace.someone("jo").shown == "JoJo"
    assert [one.app.manifest.name for one in workspace.installations.values()] == ["Chores"]
    slack.close()


def test_it_names_every_fault() -> None:
    assert [name for name in KINDS if f"`{name}`" not in README] == []


def test_a_story_can_do_all_that_it_names() -> None:
    (row,) = [line for line in README.splitlines() if line.startswith("| `say`")]
    named = set(re.findall(r"`(\w+)`", row)) | set(re.findall(r"slack\.(\w+)\(", README))
    assert [name for name in sorted(named) if not callable(getattr(Story, name, None))] == []
