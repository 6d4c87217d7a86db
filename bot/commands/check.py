"""`python -m bot check`: is everything there that Baton needs? Each fault with what to do about it.

With `--live @somebody` it really sends them a message: `bot/commands/live.py`.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.app import slack_client
from bot.commands.live import live
from bot.commands.saying import BEHIND, FOR_ORGANISATION, out, slack_code
from bot.commands.workspaces import installed_by, named
from bot.manifest import scopes
from bot.settings import BadSettings, Settings
from bot.slack_faults import FAULTS
from store import audit, chores, departments, gray_zone, installations, organisations, people, troubles
from store.database import Ledger
from store.migrations import is_behind
from store.refusals import LedgerUnavailable
from store.snapshots import Department

WHAT_TO_DO = {
    "channel_not_found": "Slack shows no such channel to Baton: if it is private, type /invite @Baton in it; "
    "if it is gone, name another one in the YAML file and load it.",
    "not_in_channel": "type /invite @Baton in it.",
    "is_archived": "open the channel again, or name another one in the YAML file and load it.",
}


FINDINGS = {
    "ownerless": "it is open and nobody owns it. The lead of its department has to take it.",
    "doubly_owned": "two people own it at once.",
    "closed_but_owned": "it is closed, and somebody still owns it.",
    "gap": "its record of owners has a gap or an overlap.",
    "owner_left": "its owner has left and nobody of its department is there: name a lead and load the YAML file.",
    "stray_baton": "it is offered to somebody though it is delivered or closed.",
    "stray_question": "somebody is still asked about it, who has left, or though it is delivered or closed.",
    "circle": "it waits for itself, by way of others.",
}


class Checking:
    """Goes through everything and prints a line for each; `faults` counts what is not well."""

    def __init__(self, workspace: str | None = None, live_to: str | None = None) -> None:
        """`workspace`: which one, where several installed Baton; None: the only one, or none of them.

        `live_to`: who is sent a message.
        """
        self.faults = 0
        self.workspace = workspace
        self._live_to = live_to

    def all_is_well(self) -> bool:
        """Check everything. What hangs on something that failed is left out."""
        logging.getLogger("baton").addHandler(logging.NullHandler())  # each line says what the log would
        settings = self._settings()
        if settings is None:
            return False
        ledger = self._database(settings)
        if settings.several_workspaces:
            if ledger is not None:
                self._several(settings, ledger)
                ledger.close()
            return self._told()
        client = slack_client(settings.slack_bot_token, settings.slack_api_url)
        workspace_id = self._token(client)
        if settings.socket_mode:
            self._line("app token", lambda: self._app_token(client, settings))
        if ledger is not None:
            if workspace_id is not None:
                self._departments(ledger, client, workspace_id)
            ledger.close()
        if workspace_id is not None:
            self._live(client, settings)
        return self._told()

    def _told(self) -> bool:
        out.print("All is well." if not self.faults else f"To mend: {self.faults}.", markup=False)
        return self.faults == 0

    def _several(self, settings: Settings, ledger: Ledger) -> None:
        """The installations, and the one workspace that was named, or that there is."""
        installed = installed_by(settings, ledger)
        assert installed is not None
        with ledger.reading() as connection:
            served = dict(installations.workspaces_served(connection))
            stopped = people.why_stopped(connection)
            whole = [one for one in installations.everywhere(connection) if one.for_organisation]
            joined = {one.name: organisations.joined(connection, one.holder_id) for one in whole}
        self._say("installed in", None if served else "no workspace: open /slack/install on its address", named(served))
        for name, those in joined.items():
            nowhere = "it has installed Baton and added it to no workspace: that is done on Slack's pages."
            self._say(f"organisation {name}", None if those else nowhere, f"workspaces: {len(those)}")
        for workspace_id in sorted(served.keys() & stopped.keys()):
            because = f"nothing is sent there ({stopped[workspace_id]}): it has to install Baton again."
            self._say(f"{served[workspace_id]} ({workspace_id})", because)
        chosen = self.workspace or (next(iter(served)) if len(served) == 1 else None)
        if chosen is None:
            return
        client = installed.client_of(chosen)
        if client is None:
            self._say(chosen, "Baton is not installed there, or TOKEN_KEYS lacks the key that sealed its token.")
        elif self._token(client) is not None:
            self._departments(ledger, client, chosen)
            self._live(client, settings)

    def _live(self, client: WebClient, settings: Settings) -> None:
        """Send somebody a message, if that was asked for."""
        if self._live_to is not None:
            for what, fault, detail in live(client, settings, self._live_to):
                self._say(what, fault, detail)

    def _say(self, what: str, fault: str | None, detail: str = "") -> None:
        self.faults += fault is not None
        out.print(
            f"{'FAULT' if fault else 'ok   '}  {what}{f': {fault or detail}' if fault or detail else ''}", markup=False
        )

    def _line(self, what: str, ask: Callable[[], str]) -> bool:
        """One line: `ask` returns a detail, or fails with what the database or Slack said."""
        try:
            detail = ask()
        except LedgerUnavailable as fault:
            self._say(what, f"{fault}. Is the server there; is the place writable, and is there room on the disk?")
        except SlackApiError as fault:
            self._say(what, f"Slack says {slack_code(fault)}.")
        except FAULTS as fault:
            self._say(what, f"no answer ({type(fault).__name__}). Is the network there, and SLACK_API_URL right?")
        except Exception as fault:
            self._say(what, f"{getattr(fault, 'orig', None) or fault}")
        else:
            self._say(what, None, detail)
            return True
        return False

    def _settings(self) -> Settings | None:
        try:
            settings = Settings.read()
        except BadSettings as bad:
            for fault in bad.faults:
                self._say("settings", fault)
            return None
        self._say("settings", None, "Socket Mode" if settings.socket_mode else f"HTTP on port {settings.port}")
        return settings

    def _database(self, settings: Settings) -> Ledger | None:
        try:
            ledger = Ledger(settings.database_url)
        except Exception as fault:
            self._say("database", f"{fault}. Look at DATABASE_URL.")
            return None

        def read() -> str:
            ledger.call()
            return "can be read"

        def write() -> str:
            ledger.act(chores.leave_mark, "", None, datetime.now(UTC), None, "check")
            return "something was written"

        if not self._line("database", read):
            ledger.close()
            return None
        if is_behind(ledger.engine):
            self._say("migrations", BEHIND)
            ledger.close()
            return None
        self._say("migrations", None, "up to date")
        if not self._line("disk", write):
            ledger.close()
            return None
        self._one_owner(ledger)
        return ledger

    def _one_owner(self, ledger: Ledger) -> None:
        """Whether every open ask has exactly one owner, over the whole ledger."""
        with ledger.reading() as connection:
            found = audit.findings(connection)
        for finding in found:
            self._say(f"ask #{finding.number} in {finding.workspace_id}", FINDINGS[finding.what])
        if not found:
            self._say("one owner", None, "every open ask has exactly one")

    def _token(self, client: WebClient) -> str | None:
        """Whose token it is, and whether it may do all that the manifest names."""
        answers: list[SlackResponse] = []

        def ask() -> str:
            answers.append(client.auth_test())
            return f"{answers[0].get('user')} in {answers[0].get('team')}"

        if not self._line("token", ask):
            return None
        if answers[0].get("is_enterprise_install") and not client.default_params.get("team_id"):
            self._say("workspace", FOR_ORGANISATION)
            return None
        missing = missing_scopes(answers[0].headers)
        if missing is None:
            self._say("scopes", None, "this Slack does not tell which ones the token has")
        elif missing:
            where = "add them under OAuth & Permissions on your Slack app's pages, and install the app again."
            self._say("scopes", f"the token lacks {', '.join(missing)}: {where}")
        else:
            self._say("scopes", None, "all there")
        return str(answers[0]["team_id"])

    def _app_token(self, client: WebClient, settings: Settings) -> str:
        client.apps_connections_open(app_token=settings.slack_app_token)
        return "Socket Mode can be opened"

    def _departments(self, ledger: Ledger, client: WebClient, workspace_id: str) -> None:
        now = datetime.now(UTC)
        found = ledger.look(departments.all_of, workspace_id, now)
        if not found:
            self._say("departments", "there are none: python -m bot load FILE (see examples/hospital.yml).")
        for department in found:
            for fault in self._channel_faults(client, department):
                self._say(f"{department.key}: channel", fault)
            lead = ledger.look(people.find, workspace_id, now, department.lead_id)
            if lead is None or lead.gone:
                self._say(f"{department.key}: lead", "has left: name another in the YAML file and load it.")
        desk = next((one for one in found if one.is_gray_zone), None)
        if desk is not None:
            here = ledger.look(gray_zone.coordinator, workspace_id, now, desk)
            nobody = None if here else "nobody who works there is here: name people with /duty, or another lead."
            self._say(f"{desk.key}: the gray-zone desk", nobody, "has a coordinator" if here else "")
        if found:
            self._say("departments", None, ", ".join(department.key for department in found))
        for trouble in ledger.look(troubles.listed, workspace_id, now):
            advice = WHAT_TO_DO.get(trouble.fault, "look at what the channel allows Baton to do.")
            self._say(f"posting to {trouble.channel_id}", f"{trouble.fault} since {trouble.since:%Y-%m-%d}: {advice}")

    def _channel_faults(self, client: WebClient, department: Department) -> Iterator[str]:
        try:
            channel = client.conversations_info(channel=department.channel_id)["channel"]
        except SlackApiError as fault:
            code = str(fault.response.get("error"))
            yield f"{department.channel_id}: {WHAT_TO_DO.get(code, f'Slack says {slack_code(fault)}.')}"
            return
        except FAULTS as fault:
            yield f"no answer ({type(fault).__name__})"
            return
        if channel.get("is_archived"):
            yield f"#{channel.get('name')} is archived: {WHAT_TO_DO['is_archived']}"
        elif not channel.get("is_member"):
            yield f"Baton is not in #{channel.get('name')}: {WHAT_TO_DO['not_in_channel']}"


def missing_scopes(headers: Mapping[str, str]) -> list[str] | None:
    """The scopes of the manifest that a token lacks, by the headers of Slack's answer; None if they do not tell."""
    granted = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    if granted is None:
        return None
    given = {scope.strip() for scope in granted.split(",")}
    return [scope for scope in scopes() if scope not in given]
