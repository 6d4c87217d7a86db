"""How the command line speaks: whole sentences, faults on standard error, and an exit status that scripts can trust."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from slack_sdk.errors import SlackApiError

from bot.loading.lines import BadFile
from bot.log_lines import begin_logging
from bot.settings import BadSettings, Settings
from bot.slack_faults import FAULTS
from store.database import Ledger
from store.migrations import is_behind
from store.refusals import LedgerUnavailable

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)

FOR_ORGANISATION = (
    "SLACK_BOT_TOKEN is for a whole organisation, and Baton serves one workspace with it. Leave it empty, and let the "
    "organisation install Baton at /slack/install (docs/on-slack.md)."
)
BEHIND = "The database is behind this version of Baton. Run: python -m bot migrate"


def give_up(sentences: Iterable[str]) -> typer.Exit:
    """Say why it does not go on; raise what this returns."""
    for sentence in sentences:
        err.print(sentence, markup=False)
    return typer.Exit(1)


def read_settings(*, need_slack: bool = True) -> Settings:
    """The settings, with logging begun; or all faults at once and the end."""
    try:
        settings = Settings.read(need_slack=need_slack)
    except BadSettings as fault:
        raise give_up(
            ["The settings need a hand (environment, or the file .env):", *_bulleted(fault.faults)]
        ) from fault
    begin_logging(settings.log_level, settings.log_format)
    return settings


@contextmanager
def open_ledger(settings: Settings, *, migrated: bool = True) -> Iterator[Ledger]:
    """The ledger; or a sentence and the end if it does not answer, or is behind where `migrated` is asked for."""
    with plainly():
        ledger = Ledger(settings.database_url)
        try:
            if migrated and is_behind(ledger.engine):
                raise give_up([BEHIND])
            yield ledger
        finally:
            ledger.close()


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the failures that a person can do something about into sentences."""
    try:
        yield
    except BadFile as fault:
        raise give_up(["Nothing was loaded.", *_bulleted(str(fault).splitlines())]) from fault
    except LedgerUnavailable as fault:
        raise give_up([f"The database does not answer: {fault}"]) from fault
    except SlackApiError as fault:
        raise give_up([f"Slack refused: {slack_code(fault)}."]) from fault
    except FAULTS as fault:
        raise give_up([f"Slack, or the network, does not answer: {type(fault).__name__}: {fault}"]) from fault
    except Exception as fault:
        if not type(fault).__module__.startswith("sqlalchemy"):
            raise
        raise give_up([f"The database does not answer: {getattr(fault, 'orig', None) or fault}"]) from fault


def slack_code(fault: SlackApiError) -> str:
    """Slack's word for a refusal, with what it says was needed."""
    response = fault.response
    code = str(response.get("error") or f"HTTP {getattr(response, 'status_code', '')}")
    needed = response.get("needed")
    return f"{code} (the scope {needed} is needed)" if needed else code


def _bulleted(sentences: Iterable[str]) -> list[str]:
    return [f"  - {sentence}" for sentence in sentences]
