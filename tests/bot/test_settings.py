"""Settings: what is wrong is said at once, in sentences, and no secret is ever shown."""

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_SIGNING_SECRET": "hush-hush"}


def test_two_settings_are_enough_and_the_rest_has_its_default():
    settings = Settings.read(ENOUGH, None)
    assert settings.port == 3000
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///baton.db"
    assert not settings.socket_mode


def test_an_app_token_means_socket_mode_and_then_no_signing_secret_is_needed():
    assert Settings.read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, None).socket_mode


def test_all_faults_are_told_at_once_and_none_shows_a_secret():
    wrong = {
        "SLACK_BOT_TOKEN": "xoxp-top-secret",
        "SLACK_APP_TOKEN": "xoxb-other-secret",
        "PORT": "70000",
        "SLACK_API_URL": "slack.com/api",
        "DATABASE_URL": "mysql://root:pass-word@host/baton",
        "LOG_LEVEL": "loud",
        "POSTS_PER_SECOND": "0",
    }
    with pytest.raises(BadSettings) as bad:
        Settings.read(wrong, None)
    told = "\n".join(bad.value.faults)
    assert [name for name in wrong if name not in told] == []
    for secret in ("top-secret", "other-secret", "pass-word"):
        assert secret not in told


def test_a_settings_object_can_be_logged():
    settings = Settings.read(ENOUGH | {"DATABASE_URL": "postgresql://baton:pass-word@host/baton"}, None)
    assert "secret" not in repr(settings)
    assert "hush-hush" not in repr(settings)
    assert "pass-word" not in repr(settings)


@pytest.mark.parametrize("port", ["0", "-1", "3000.5", "٣٠٠٠", "http", "1" * 50])
def test_a_port_is_a_number_that_exists(port):
    with pytest.raises(BadSettings, match="PORT"):
        Settings.read(ENOUGH | {"PORT": port}, None)


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("PORT=4000\nLOG_LEVEL=debug\nSLACK_BOT_TOKEN=xoxb-file\n", encoding="utf-8")
    settings = Settings.read(ENOUGH | {"PORT": "5000"}, file)
    assert (settings.port, settings.log_level, settings.slack_bot_token) == (5000, "DEBUG", "xoxb-1-secret")


def test_the_address_of_the_api_ends_with_a_slash():
    assert Settings.read(ENOUGH | {"SLACK_API_URL": "http://localhost:9/api"}, None).slack_api_url.endswith("/api/")


def test_the_example_names_every_setting_with_its_default_and_nothing_else():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    assert list(named) == [name.upper() for name in Settings.__dataclass_fields__]
    filled = {name: value for name, value in named.items() if value}
    assert Settings.read(ENOUGH | filled, None) == Settings.read(ENOUGH, None)


KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SEVERAL = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-hush",
    "SLACK_SIGNING_SECRET": "hush-hush",
    "TOKEN_KEYS": f"{KEY}, {KEY}",
}


def test_several_workspaces_need_no_token_of_their_own_and_show_no_secret():
    settings = Settings.read(SEVERAL, None)
    assert settings.several_workspaces
    assert settings.token_keys == (KEY, KEY)
    assert "client-hush" not in repr(settings)
    assert KEY not in repr(settings)
    assert not Settings.read(ENOUGH, None).several_workspaces


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "either, not both"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "need HTTP"),
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET missing"),
        ({"TOKEN_KEYS": ""}, "TOKEN_KEYS missing"),
        ({"TOKEN_KEYS": "short"}, "new-key"),
        ({"TOKEN_KEYS": "钥匙"}, "new-key"),
    ],
)
def test_what_belongs_together_is_asked_for_together(change, told):
    with pytest.raises(BadSettings, match=told):
        Settings.read(SEVERAL | change, None)
