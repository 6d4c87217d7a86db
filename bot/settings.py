"""What Baton is told from outside: environment variables and `.env`, read once, checked at once, handed down as values.

`Settings.read()` either returns frozen settings or raises BadSettings with every fault in a plain sentence.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values

from bot.sealing import is_key
from store.retention import FEWEST_DAYS

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")


class BadSettings(Exception):
    """`faults`: one sentence for each thing that is wrong; none of them shows a secret."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings by their names in lower case. Secrets are left out of the repr, so that no log can show them."""

    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = field(default="", repr=False)
    token_keys: tuple[str, ...] = field(default=(), repr=False)
    port: int = 3000
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = field(default="sqlite:///baton.db", repr=False)  # may hold a password
    log_level: str = "INFO"
    posts_per_second: int = 5
    log_format: str = "text"
    metrics_port: int | None = None
    keep_closed_days: int | None = None

    @property
    def socket_mode(self) -> bool:
        """An app-level token means Socket Mode; without one Slack calls us over HTTP."""
        return bool(self.slack_app_token)

    @property
    def several_workspaces(self) -> bool:
        """With a client id any workspace can install Baton by itself; without one it is in that of its token."""
        return bool(self.slack_client_id)

    @classmethod
    def read(
        cls,
        environment: Mapping[str, str] | None = None,
        dotenv: Path | None = Path(".env"),
        *,
        need_slack: bool = True,
    ) -> "Settings":
        """The settings from `environment` (default: the process's), then from the file `dotenv`, then the defaults.

        `need_slack` False: for commands that never call Slack. Raises BadSettings.
        """
        said = dict(os.environ if environment is None else environment)
        if dotenv is not None and dotenv.is_file():
            said = {name: value or "" for name, value in dotenv_values(dotenv).items()} | said
        given = {name: said.get(name.upper(), "").strip() for name in cls.__dataclass_fields__}
        reader = _Reader()
        several = reader.several_workspaces(given)
        settings = cls(
            slack_bot_token=reader.token(
                given["slack_bot_token"], "SLACK_BOT_TOKEN", "xoxb-", needed=need_slack and not several
            ),
            slack_signing_secret=reader.signing_secret(
                given["slack_signing_secret"], given["slack_app_token"], need_slack
            ),
            slack_app_token=reader.token(given["slack_app_token"], "SLACK_APP_TOKEN", "xapp-", needed=False),
            slack_client_id=given["slack_client_id"],
            slack_client_secret=given["slack_client_secret"],
            token_keys=reader.token_keys(given["token_keys"]),
            port=reader.port(given["port"]),
            slack_api_url=reader.api_url(given["slack_api_url"]),
            database_url=reader.database_url(given["database_url"]),
            log_level=reader.log_level(given["log_level"]),
            posts_per_second=reader.posts_per_second(given["posts_per_second"]),
            log_format=reader.log_format(given["log_format"]),
            metrics_port=reader.metrics_port(given["metrics_port"], given["port"]),
            keep_closed_days=reader.keep_closed_days(given["keep_closed_days"]),
        )
        if reader.faults:
            raise BadSettings(reader.faults)
        return settings


class _Reader:
    """Reads one value after the other and keeps the faults. The defaults are those of Settings."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def several_workspaces(self, given: Mapping[str, str]) -> bool:
        """Whether Baton is to be installed by OAuth. Then it needs all that belongs to it, and no token of its own."""
        wanted = {name: bool(given[name]) for name in ("slack_client_id", "slack_client_secret", "token_keys")}
        if not any(wanted.values()):
            return False
        missing = [name.upper() for name, there in wanted.items() if not there]
        if missing:
            self.faults.append(
                f"{' and '.join(missing)} missing: for several workspaces SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and "
                "TOKEN_KEYS belong together. For a single one give none of them."
            )
        if given["slack_bot_token"]:
            self.faults.append(
                "SLACK_BOT_TOKEN is for a single workspace, SLACK_CLIENT_ID for several: give either, not both."
            )
        if given["slack_app_token"]:
            self.faults.append(
                "SLACK_APP_TOKEN (Socket Mode) does not go with SLACK_CLIENT_ID: the install pages need HTTP."
            )
        return True

    def token_keys(self, text: str) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in text.split(",") if key.strip())
        if not all(is_key(key) for key in keys):
            self.faults.append("TOKEN_KEYS holds what is no key. Make one with: python -m bot new-key")
        return keys

    def token(self, text: str, name: str, begins: str, *, needed: bool) -> str:
        if not text and needed:
            self.faults.append(f"{name} is missing: the token that begins with {begins}, from your Slack app's pages.")
        elif text and not text.startswith(begins):
            self.faults.append(f"{name} does not begin with {begins}: it looks like another kind of token.")
        elif any(letter.isspace() for letter in text):
            self.faults.append(f"{name} has a space or a line break inside.")
        return text

    def signing_secret(self, text: str, app_token: str, need_slack: bool) -> str:
        if not text and need_slack and not app_token:
            self.faults.append(
                "SLACK_SIGNING_SECRET is missing: without it nothing that arrives over HTTP can be trusted. "
                "(In Socket Mode, with SLACK_APP_TOKEN, it is not needed.)"
            )
        return text

    def port(self, text: str) -> int:
        if not text:
            return 3000
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            self.faults.append(f"PORT is {text!r}: it has to be a whole number from 1 to 65535.")
            return 3000
        return int(text)

    def api_url(self, text: str) -> str:
        if not text:
            return "https://slack.com/api/"
        address = _attempt(urlsplit, text)
        if address is None or address.scheme not in ("http", "https") or not address.hostname:
            self.faults.append(f"SLACK_API_URL is {text!r}: it has to begin with http:// or https:// and name a host.")
        return text.rstrip("/") + "/"

    def database_url(self, text: str) -> str:
        if not text:
            return "sqlite:///baton.db"
        scheme, found, rest = text.partition("://")
        backend = scheme.partition("+")[0]
        if not found or not rest:
            self.faults.append("DATABASE_URL cannot be read: it has the form sqlite:///baton.db or postgresql://….")
        elif backend not in ("sqlite", "postgresql"):
            self.faults.append(
                f"DATABASE_URL begins with {backend}://: Baton keeps its ledger in sqlite or postgresql."
            )
        return text

    def log_level(self, text: str) -> str:
        level = (text or "INFO").upper()
        if level not in LOG_LEVELS:
            self.faults.append(f"LOG_LEVEL is {text!r}: it has to be one of {', '.join(LOG_LEVELS)}.")
        return level

    def log_format(self, text: str) -> str:
        form = (text or "text").lower()
        if form not in LOG_FORMATS:
            self.faults.append(f"LOG_FORMAT is {text!r}: it has to be one of {', '.join(LOG_FORMATS)}.")
        return form

    def metrics_port(self, text: str, port: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            self.faults.append(f"METRICS_PORT is {text!r}: it has to be a whole number from 1 to 65535, or empty.")
        elif text == (port or "3000"):
            self.faults.append("METRICS_PORT is the same as PORT: leave it empty, and /metrics is there.")
        else:
            return int(text)
        return None

    def keep_closed_days(self, text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and FEWEST_DAYS <= int(text) <= 36500):
            self.faults.append(
                f"KEEP_CLOSED_DAYS is {text!r}: it has to be a whole number from {FEWEST_DAYS} on, or empty."
            )
            return None
        return int(text)

    def posts_per_second(self, text: str) -> int:
        if not text:
            return 5
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
            self.faults.append(f"POSTS_PER_SECOND is {text!r}: it has to be a whole number from 1 to 1000.")
            return 5
        return int(text)


def _attempt(read: Callable[[str], SplitResult], text: str) -> SplitResult | None:
    try:
        return read(text)
    except ValueError:
        return None
