"""/slack/install: somebody adds Baton to their workspace. A page with one link, Slack's own question, and back.

The link carries a state that is good once, for ten minutes, in the browser that asked for it. Whatever goes wrong is
a sentence on a page, with a way to begin again.
"""

import hashlib
import html
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils

from bot.app import slack_client
from bot.installed import Installed
from bot.slack_faults import FAULTS
from handlers import organisation, reading
from handlers.words import Words
from store import installations
from store.installations import Installation
from store.people import Profile

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
LIFETIME = 600  # seconds that somebody has to say yes on Slack
OPEN_SLACK = "https://slack.com/app_redirect?app={}&team={}"
ADD_TO_WORKSPACES = "https://app.slack.com/manage/{}/integrations/profile/{}/workspaces/add"  # where Slack's docs send

_SENT_ALONG = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds the code and the state
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:4rem auto;
padding:0 1.5rem}}h1{{font-size:1.6rem;line-height:1.3}}a.act{{display:inline-block;padding:.6rem 1.2rem;
border-radius:.4rem;background:#1f3d36;color:#fff;text-decoration:none}}</style>
<main><h1>{title}</h1>{paragraphs}{link}</main></html>
"""

log = logging.getLogger("baton.installing")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to a browser."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Installing:
    """The two pages. `scopes`: what Slack is asked for."""

    def __init__(self, installed: Installed, scopes: list[str]) -> None:
        self._installed = installed
        authorize = installed.app.api_url.removesuffix("api/") + "oauth/v2/authorize"
        self._addresses = AuthorizeUrlGenerator(
            client_id=installed.app.client_id, scopes=scopes, authorization_url=authorize
        )
        self._browsers = OAuthStateUtils(expiration_seconds=LIFETIME)

    def begin(self, headers: Mapping[str, str], *, from_slack: bool = False) -> Page:
        """The page with the link to Slack. `from_slack`: they were sent here by its own pages, and have to go back."""
        words = _words(headers)
        once_more = [words.say("You come from Slack: go there once more from here, so that it is surely you who asks.")]
        state = self._installed.seal.stamp(secrets.token_hex(16), self._installed.clock())
        return _page(
            200,
            words,
            words.say("Add Baton to your Slack"),
            words.say("One ask, one owner, until the asker says it is done."),
            words.say("Slack shows you what Baton may do, and asks you to allow it. Nothing happens before that."),
            *(once_more if from_slack else []),
            link=(self._addresses.generate(state), words.say("Go on to Slack")),
            cookie=self._browsers.build_set_cookie_for_new_state(state),
        )

    def finish(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Page:
        """The page that Slack sends the browser back to."""
        words = _words(headers)
        state = query.get("state", "")
        if not state and query.get("code"):  # somebody began in Slack's administration, which knows of no state
            return self.begin(headers, from_slack=True)
        if self._is_spent(state):
            return self._used(words)
        if not self._is_ours(state, headers):
            return self._again(words, 400, words.say("This page is too old, or was opened in another browser."))
        if query.get("error") == "access_denied":
            return self._again(words, 200, words.say("You cancelled. Nothing was installed."))
        if query.get("error") or not query.get("code"):
            return self._again(words, 400, words.say("Slack sent no permission along."))
        if not self._spend(state):
            return self._used(words)
        try:
            answer = self._exchange(query["code"])
        except FAULTS as fault:
            return self._refused(words, fault)
        if answer.get("token_type") != "bot" or not answer.get("access_token"):
            return self._again(words, 400, words.say("Slack sent no permission along."))
        return self._install(answer, words)

    def _is_ours(self, state: str, headers: Mapping[str, str]) -> bool:
        if not self._installed.seal.is_fresh(state, LIFETIME, self._installed.clock()):
            return False
        return self._browsers.is_valid_browser(state, {"cookie": headers.get("cookie", "")})

    def _is_spent(self, state: str) -> bool:
        return self._installed.ledger.look(installations.is_spent, "", self._installed.clock(), _digest(state))

    def _spend(self, state: str) -> bool:
        now = self._installed.clock()
        forget_at = now + timedelta(seconds=2 * LIFETIME)
        return self._installed.ledger.act(installations.spend_state, "", None, now, None, _digest(state), forget_at)

    def _exchange(self, code: str) -> dict[str, Any]:
        app = self._installed.app
        client = app.client(self._installed.calls)
        answer = client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def _install(self, answer: dict[str, Any], words: Words) -> Page:
        """Keep what Slack gave, and tell whoever gave it what is next."""
        now = self._installed.clock()
        whole = bool(answer.get("is_enterprise_install"))
        holder = answer.get("enterprise" if whole else "team") or {}
        client = slack_client(str(answer["access_token"]), self._installed.app.api_url, calls=self._installed.calls)
        user_id = str((answer.get("authed_user") or {}).get("id") or "")
        try:
            bot_id = str(client.auth_test().get("bot_id") or "")
        except FAULTS as fault:
            return self._refused(words, fault)
        installation = Installation(
            holder_id=str(holder["id"]),
            name=str(holder.get("name") or holder["id"]),
            app_id=str(answer.get("app_id") or ""),
            bot_user_id=str(answer.get("bot_user_id") or ""),
            bot_id=bot_id,
            scopes=str(answer.get("scope") or ""),
            installed_by=user_id,
            tokens=self._installed.sealed(answer),
            installed_at=now,
            renewed_at=now,
        )
        workspace_id = "" if whole else installation.holder_id
        installer = None if whole else _installer(client, user_id)
        self._installed.ledger.act(installations.install, workspace_id, None, now, None, installation, installer)
        log.info("installed in %s", installation.holder_id)
        return self._for_organisation(client, installation, words) if whole else self._done(installation, words)

    def _done(self, installation: Installation, words: Words) -> Page:
        return _page(
            200,
            words,
            words.say("Baton is in {workspace} now", workspace=installation.name),
            words.say("I have written to you on Slack what to do next: set up the first department with /dept."),
            link=(OPEN_SLACK.format(installation.app_id, installation.holder_id), words.say("Open Slack")),
            cookie=self._browsers.build_set_cookie_for_deletion(),
        )

    def _for_organisation(self, client: WebClient, installation: Installation, words: Words) -> Page:
        """It is in none of its workspaces before an administrator adds it there; after a second time it may be."""
        try:
            given = organisation.keep_up(
                self._installed.ledger, self._installed.clock(), client, installation.holder_id
            )
        except FAULTS as fault:  # then each joins when somebody there is heard
            log.warning("Slack does not list the workspaces of %s: %s", installation.holder_id, type(fault).__name__)
            given = 0
        joined = words.count("It is in one of its workspaces.", "It is in {n} of its workspaces.", given)
        return _page(
            200,
            words,
            words.say("{organisation} has installed Baton", organisation=installation.name),
            joined if given else words.say("It is in none of its workspaces yet: add it to those that are to have it."),
            words.say("In each workspace that you are in I write to you what to do next."),
            link=(ADD_TO_WORKSPACES.format(installation.holder_id, installation.app_id), words.say("Add workspaces")),
            cookie=self._browsers.build_set_cookie_for_deletion(),
        )

    def _refused(self, words: Words, fault: Exception) -> Page:
        code = str(fault.response.get("error")) if isinstance(fault, SlackApiError) else type(fault).__name__
        if code in ("invalid_code", "code_already_used", "code_expired"):
            return self._again(words, 400, words.say("Slack's permission has expired, or was used already."))
        log.error("nobody can install: Slack says %s", code)
        if isinstance(fault, SlackApiError):
            said = words.say("Slack did not accept it ({code}). Whoever runs this Baton has to look at it.", code=code)
            return self._again(words, 502, said)
        return self._again(words, 502, words.say("Slack does not answer just now."))

    def _used(self, words: Words) -> Page:
        """Somebody reloads the page: what it did stays done."""
        title, said = words.say("This page has been used already"), words.say("If it said that Baton is there, it is.")
        return _page(400, words, title, said, link=(INSTALL, words.say("Begin again")))

    def _again(self, words: Words, status: int, said: str) -> Page:
        advice = words.say("You can begin again at any time.")
        return _page(
            status, words, words.say("Baton was not installed"), said, advice, link=(INSTALL, words.say("Begin again"))
        )


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8")).hexdigest()


def _installer(client: WebClient, user_id: str) -> Profile | None:
    """Who installed it, as Slack tells."""
    try:
        return reading.profile(client.users_info(user=user_id, include_locale=True)["user"])
    except FAULTS as fault:
        log.warning("Slack does not say who installed: %s", type(fault).__name__)
        return None


def _words(headers: Mapping[str, str]) -> Words:
    """The page is in the browser's first language, if that is one of ours."""
    first = headers.get("accept-language", "").split(",")[0].strip().lower()
    return Words("zh-CN" if first.startswith("zh") else "en-US")


def _page(
    status: int, words: Words, title: str, *paragraphs: str, link: tuple[str, str], cookie: str | None = None
) -> Page:
    address, label = link
    text = _PAGE.format(
        lang=words.language.replace("_", "-"),
        title=html.escape(title),
        paragraphs="".join(f"<p>{html.escape(one)}</p>" for one in paragraphs),
        link=f'<p><a class="act" href="{html.escape(address)}">{html.escape(label)}</a></p>',
    )
    return Page(status, text, _SENT_ALONG | ({"Set-Cookie": cookie} if cookie else {}))
