"""`check --live`: a message goes to one person and is gone again, or it is said why not."""

import pytest

from bot.commands import live
from bot.trial import DEPARTMENTS
from tests.bot.test_commands import Shell, shell  # noqa: F401


@pytest.fixture
def ready(shell: Shell) -> Shell:  # noqa: F811
    shell.invite()
    for words in (("migrate",), ("load", str(DEPARTMENTS))):
        status, said = shell.bot(*words)
        assert status == 0, said
    return shell


def ann(shell: Shell) -> str:  # noqa: F811
    return shell.workspace.someone("ann").id


def test_a_message_goes_and_nothing_is_left(ready: Shell):
    status, said = ready.bot("check", "--live", ann(ready))
    assert status == 0, said
    for step in ("a message", "found again by its mark", "edited", "deleted"):
        assert f"ok     {step}: " in said, said
    assert "nothing answers on port" in said
    assert "All is well." in said
    assert [
        one
        for place in ready.workspace.conversations.values()
        for one in place.messages.values()
        if live.TEXT in str(one) and not getattr(one, "deleted", False)
    ] == []


def test_who_is_not_there_is_told(ready: Shell):
    status, said = ready.bot("check", "--live", "U0NOBODY")
    assert status == 1
    assert "FAULT  a message: Slack says" in said
    assert "To mend: 1." in said


def test_what_slack_does_not_show_is_a_fault(ready: Shell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "_nonce", lambda message: None)
    status, said = ready.bot("check", "--live", ann(ready))
    assert status == 1
    assert "posted twice" in said
    assert "ok     deleted" in said


def test_by_e_mail(ready: Shell):
    email = ready.workspace.someone("ann").email
    assert email
    status, said = ready.bot("check", "--live", email)
    assert status == 0, said
