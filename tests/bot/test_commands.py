"""The command line against a Slack that is really there: what it says, and how it ends."""

import json
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.check import missing_scopes
from bot.trial import DEPARTMENTS, MANIFEST, WORKSPACE, first_morning
from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.server import Sandbox
from sandbox.workspace import Workspace
from store import sharing
from store.database import Ledger
from store.rules.calendar import Calendar
from store.rules.hours import Hours


class Shell:
    """`python -m bot …` in a folder of its own, beside a Slack where Baton has just been installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sandbox = Sandbox(Workspace.from_yaml(WORKSPACE), Clock())
        self.workspace = self.sandbox.workspace
        self.installation = self.sandbox.install(MANIFEST)
        self.sandbox.start()
        self.environment = {
            "SLACK_BOT_TOKEN": self.installation.bot_token,
            "SLACK_SIGNING_SECRET": self.installation.signing_secret,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": self.sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{folder / 'baton.db'}",
            "LOG_LEVEL": "ERROR",
        }

    def invite(self, *channels: str) -> None:
        bot = self.workspace.someone(self.installation.bot_user_id)
        for channel in channels or ("#ward", "#equipment", "#purchasing", "#finance", "#office"):
            Administrator(self.sandbox, self.workspace).join(bot, self.workspace.place(channel))

    def move_in(self) -> None:
        """Baton is in the departments' channels, its ledger is migrated, and the hospital's departments are loaded."""
        self.invite()
        for words in (("migrate",), ("load", str(DEPARTMENTS))):
            status, said = self.bot(*words)
            assert status == 0, said

    def bot(self, *words: str, **changed: str) -> tuple[int, str]:
        """The exit status, and all that was said."""
        result = CliRunner().invoke(app, words, env=self.environment | changed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    opened = Shell(tmp_path)
    yield opened
    opened.sandbox.stop()


def test_from_nothing_to_all_is_well(shell):
    shell.invite()
    assert shell.bot("migrate") == (0, "The database is up to date now.\n")
    assert shell.bot("migrate") == (0, "The database was up to date already.\n")
    status, said = shell.bot("load", str(DEPARTMENTS), "--dry-run")
    assert (status, said.count(": new, led by @")) == (0, 6)
    assert "none" in shell.bot("check")[1]
    status, said = shell.bot("load", str(DEPARTMENTS))
    assert (status, said.count(": new, led by @")) == (0, 6)
    assert shell.bot("load", str(DEPARTMENTS)) == (0, "Nothing changed.\n")
    status, exported = shell.bot("export")
    (shell.folder / "again.yml").write_text(exported, encoding="utf-8")
    assert shell.bot("load", "again.yml") == (0, "Nothing changed.\n")
    status, said = shell.bot("check")
    assert (status, said.splitlines()[-1]) == (0, "All is well.")


def test_check_names_each_fault_and_what_to_do(shell):
    shell.invite("#ward", "#equipment", "#finance")
    shell.bot("migrate")
    # Nobody outside a private channel sees it: #office cannot be found at all.
    assert "There is no channel #office that Baton can see" in shell.bot("load", str(DEPARTMENTS))[1]
    shell.invite("#office")
    assert "Baton is not in #purchasing yet: type /invite @Baton" in shell.bot("load", str(DEPARTMENTS))[1]
    administrator = Administrator(shell.sandbox, shell.workspace)
    administrator.archive(shell.workspace.place("#finance"))
    status, said = shell.bot("check")
    assert status == 1
    assert "Baton is not in #purchasing: type /invite @Baton in it." in said
    assert "#finance is archived: open the channel again" in said


def test_check_finds_scopes_that_are_missing():
    all_of_them = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    assert missing_scopes({"X-OAuth-Scopes": ",".join(all_of_them)}) == []
    assert missing_scopes({"x-oauth-scopes": ", ".join([*all_of_them[1:], "files:read"])}) == all_of_them[:1]
    assert missing_scopes({"date": "today"}) is None


def test_check_tells_a_token_that_is_revoked(shell):
    shell.bot("migrate")
    shell.sandbox.grants[shell.installation.bot_token].revoked = True
    status, said = shell.bot("check")
    assert status == 1
    assert "token_revoked" in said
    assert shell.installation.bot_token not in said


def test_check_tells_a_slack_that_does_not_answer(shell):
    shell.bot("migrate")
    status, said = shell.bot("check", SLACK_API_URL="http://127.0.0.1:9/api/")
    assert status == 1
    assert "SLACK_API_URL" in said


def test_check_tries_socket_mode_where_it_is_meant(shell):
    shell.bot("migrate")
    assert "Socket Mode can be opened" in shell.bot("check", SLACK_APP_TOKEN=shell.installation.app_token)[1]
    assert "FAULT  app token" in shell.bot("check", SLACK_APP_TOKEN="xapp-1-wrong")[1]


def test_check_tells_a_database_that_is_behind_or_not_there(shell):
    assert "python -m bot migrate" in shell.bot("check")[1]
    status, said = shell.bot("check", DATABASE_URL="sqlite:////no/such/folder/baton.db")
    assert status == 1
    assert "FAULT  database" in said


@pytest.mark.parametrize("words", [("run",), ("load", str(DEPARTMENTS)), ("export",)])
def test_nothing_starts_on_a_database_that_is_behind(shell, words):
    status, said = shell.bot(*words)
    assert status == 1
    assert "Run: python -m bot migrate" in said


def test_a_file_with_faults_is_told_by_its_lines_and_loads_nothing(shell):
    shell.bot("migrate")
    file = shell.folder / "wrong.yml"
    file.write_text(DEPARTMENTS.read_text(encoding="utf-8").replace('"@gu"', '"@nobody"'), encoding="utf-8")
    status, said = shell.bot("load", str(file))
    assert status == 1
    assert "Nothing was loaded." in said
    assert "Nobody here is called @nobody." in said
    assert "there are none" in shell.bot("check")[1]


def test_a_file_that_is_not_there_is_told(shell):
    shell.bot("migrate")
    assert shell.bot("load", "nowhere.yml")[0] == 1


def test_a_slack_that_limits_us_is_waited_for(shell):
    shell.invite()
    shell.bot("migrate")
    shell.sandbox.faults.add("rate_limited", method="users.list", seconds=1)
    assert shell.bot("load", str(DEPARTMENTS))[0] == 0


def test_settings_are_told_before_anything_starts(shell):
    status, said = shell.bot("run", SLACK_BOT_TOKEN="", PORT="x")
    assert status == 1
    assert "SLACK_BOT_TOKEN is missing" in said
    assert "PORT is 'x'" in said
    assert not (shell.folder / "baton.db").exists()


@pytest.mark.parametrize("today", ["2026-09-25", "2026-11-20", "2026-12-30", "2027-02-04", "2026-11-23"])
def test_a_trial_begins_on_a_monday_of_a_whole_working_week(today):
    now = datetime.fromisoformat(today).replace(hour=3, tzinfo=UTC)
    morning = first_morning(now)
    hospital = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-18:00"}), "CN")
    local = hospital.local(morning)
    assert (local.weekday(), local.hour, local.minute) == (0, 9, 5)
    assert morning > now
    assert all(hospital.is_working_day(local.date() + timedelta(days=day)) for day in range(5))


def test_of_two_tokens_the_one_that_slack_refuses_is_named(shell):
    shell.bot("migrate")
    status, said = shell.bot("run", SLACK_APP_TOKEN="xapp-1-A0-wrong")
    assert status == 1
    assert "Slack does not accept SLACK_APP_TOKEN: invalid_auth." in said
    assert "wrong" not in said
    status, said = shell.bot("run", SLACK_BOT_TOKEN="xoxb-wrong")
    assert status == 1
    assert "Slack does not accept SLACK_BOT_TOKEN: invalid_auth." in said


def test_a_ledger_is_copied_and_the_old_one_stays_as_it_was(shell):
    shell.invite()
    shell.bot("migrate")
    shell.bot("load", str(DEPARTMENTS))
    old, new = f"sqlite:///{shell.folder / 'baton.db'}", f"sqlite:///{shell.folder / 'new.db'}"
    status, said = shell.bot("copy-ledger", old, new)
    assert (status, "departments" in said, "the same on both sides" in said) == (0, True, True)
    assert shell.bot("load", str(DEPARTMENTS), DATABASE_URL=new) == (0, "Nothing changed.\n")
    assert said.endswith("Name the new address in DATABASE_URL, and start Baton.\n")
    assert shell.bot("copy-ledger", old, new)[0] == 0, "it may be repeated"
    with closing(Ledger(old)) as ledger:  # as while Baton runs
        ledger.act(sharing.present, "", None, datetime.now(UTC), None, "courier", datetime.now(UTC))
    status, said = shell.bot("copy-ledger", old, new)
    assert (status, "the same on both sides" in said, "Stop it, copy again" in said) == (1, True, True)
    status, said = shell.bot("copy-ledger", old, old)
    assert (status, said) == (1, "These are the same database: there is nothing to copy.\n")
    status, said = shell.bot("copy-ledger", f"sqlite:///{shell.folder / 'nowhere.db'}", new)
    assert (status, "does not answer" in said) == (1, True)
    status, said = shell.bot("copy-ledger", "elsewhere", new)
    assert (status, "is no address of a database" in said) == (1, True)
    status, said = shell.bot("copy-ledger", old, "mysql://root:secret@nowhere/x")
    assert (status, "is no address of a database" in said, "secret" in said) == (1, True, False)
    assert stat.S_IMODE((shell.folder / "new.db").stat().st_mode) == 0o600
