"""`load`, `export` and `check` where several workspaces installed Baton: which one is meant is said, or asked."""

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.trial import DEPARTMENTS
from store import departments, people
from tests.stories.several import Grid, Several


@pytest.fixture
def several(hospital_url, monkeypatch, tmp_path):
    world = Several(hospital_url)
    told_of(world, hospital_url, monkeypatch, tmp_path)
    yield world
    world.close()


@pytest.fixture
def grid(hospital_url, monkeypatch, tmp_path):
    world = Grid(hospital_url)
    told_of(world, hospital_url, monkeypatch, tmp_path)
    yield world
    world.close()


def told_of(world, hospital_url, monkeypatch, tmp_path):
    """The environment of a Baton beside this sandbox."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "SLACK_CLIENT_ID": world.app.client_id,
        "SLACK_CLIENT_SECRET": world.app.client_secret,
        "SLACK_SIGNING_SECRET": world.app.signing_secret,
        "SLACK_API_URL": world.sandbox.api_url,
        "DATABASE_URL": hospital_url,
        "TOKEN_KEYS": ",".join(world.keys),
    }.items():
        monkeypatch.setenv(name, value)


def run(*words):
    done = CliRunner().invoke(command_line, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_nobody_installed_it_yet(several):
    for words in (["export"], ["load", str(DEPARTMENTS)]):
        code, said = run(*words)
        assert code == 1
        assert "in no workspace yet: open /slack/install" in said
    assert "FAULT  installed in: no workspace" in run("check")[1]


def test_the_only_one_is_meant(several):
    several.north.set_up()
    code, said = run("export")
    assert code == 0
    assert "equipment" in said
    assert "installed in: TNORTH (North)" in run("check")[1]


def test_which_of_several_is_asked(several):
    several.north.set_up()
    several.south.let_in()
    code, said = run("export")
    assert code == 1
    assert "Say which with --workspace: TNORTH (North), TSOUTH (South)." in said
    empty = CliRunner().invoke(command_line, ["export", "--workspace", "TSOUTH"])
    assert yaml.safe_load(empty.stdout) == {"departments": []}
    code, said = run("load", str(DEPARTMENTS), "--workspace", "TSOUTH")
    assert code == 0, said
    assert len(several.south.look(departments.all_of)) == len(several.north.look(departments.all_of))
    code, said = run("export", "--workspace", "TELSEWHERE")
    assert code == 1
    assert "not installed in TELSEWHERE" in said
    code, said = run("check", "--workspace", "TSOUTH")
    assert "installed in: TNORTH (North), TSOUTH (South)" in said
    assert "South" in said.replace("installed in: TNORTH (North), TSOUTH (South)", "")


def test_one_that_was_stopped_is_told_by_check(several):
    several.install(several.north)
    several.north.act(None, people.stop_workspace, "token_revoked")
    assert "FAULT  North (TNORTH): nothing is sent there (token_revoked)" in run("check")[1]


def test_an_organisations_workspaces_are_served_by_its_one_token(grid):
    grid.install_for_all()
    assert "FAULT  organisation Region: it has installed Baton and added it to no workspace" in run("check")[1]
    grid.give(grid.north, grid.south)
    code, said = run("load", str(DEPARTMENTS), "--workspace", "TSOUTH")
    assert code == 0, said
    assert grid.north.look(departments.all_of) == []
    code, said = run("check", "--workspace", "TSOUTH")
    assert "organisation Region: workspaces: 2" in said
    assert (code, "FAULT" in said) == (0, False), said


@pytest.mark.parametrize("command", ["check", "run"])
def test_an_organisations_token_is_not_one_workspaces(grid, monkeypatch, command):
    grid.install_for_all()
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "TOKEN_KEYS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("SLACK_BOT_TOKEN", grid.installation.bot_token)
    code, said = run(command)
    assert code == 1
    assert "SLACK_BOT_TOKEN is for a whole organisation" in said
