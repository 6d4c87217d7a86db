"""A Bolt app that knows nothing of Baton: it proves that the sandbox is a Slack for any app.

`/echo` answers privately, `/form` opens a modal, `/shout` speaks in the channel with a button, `/slow` sleeps.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.apps import Installation
from sandbox.server import Sandbox
from sandbox.serving import Serving

MANIFEST: dict[str, Any] = {
    "_metadata": {"major_version": 2},
    "display_information": {"name": "Tiny"},
    "features": {
        "bot_user": {"display_name": "Tiny"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/echo", "description": "Say it back", "should_escape": True},
            {"command": "/form", "description": "Open a form"},
            {"command": "/shout", "description": "Say it loud", "should_escape": True},
            {"command": "/slow", "description": "Take too long"},
            {"command": "/fail", "description": "Break"},
        ],
        "shortcuts": [
            {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Keep it"},
            {"name": "Start", "type": "global", "callback_id": "start", "description": "Start"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "im:write",
                "im:read",
                "im:history",
                "users:read",
                "users:read.email",
                "usergroups:read",
                "channels:read",
                "channels:history",
                "channels:join",
                "groups:read",
                "groups:history",
                "mpim:read",
                "reactions:write",
                "reactions:read",
                "app_mentions:read",
                "files:write",
                "files:read",
                "team:read",
                "links:write",
                "dnd:read",
                "users.profile:read",
            ]
        }
    },
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "tokens_revoked",
                "message.channels",
                "message.im",
                "user_change",
                "team_join",
                "subteam_created",
                "subteam_updated",
                "subteam_members_changed",
                "channel_archive",
                "member_joined_channel",
                "reaction_added",
            ]
        },
    },
}


class TinyApp:
    """The app with a note of all it heard. ``broken`` makes its event listener fail that many times."""

    def __init__(self, sandbox: Sandbox, installation: Installation, **options: Any) -> None:
        self.heard: list[dict[str, Any]] = []
        self.retries: list[tuple[str | None, str | None]] = []
        self.broken = 0
        client = WebClient(installation.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        self.app = App(name="tiny", client=client, signing_secret=installation.signing_secret, **options)
        self._listen()

    def named(self, kind: str) -> list[dict[str, Any]]:
        """The events of one type that were heard."""
        return [body["event"] for body in self.heard if body.get("event", {}).get("type") == kind]

    def _listen(self) -> None:
        app = self.app

        @app.middleware
        def note(body: dict[str, Any], request: BoltRequest, next: Any) -> None:
            self.heard.append(body)
            number = request.headers.get("x-slack-retry-num", [None])[0]
            self.retries.append((number, request.headers.get("x-slack-retry-reason", [None])[0]))
            if self.broken and "event" in body:
                self.broken -= 1
                raise RuntimeError("broken on purpose")
            next()

        @app.command("/echo")
        def echo(ack: Any, command: dict[str, Any]) -> None:
            ack(f"You said: {command['text']}")

        @app.command("/shout")
        def shout(ack: Any, command: dict[str, Any], client: WebClient) -> None:
            ack()
            client.chat_postMessage(channel=command["channel_id"], text=command["text"], blocks=card(command["text"]))

        @app.command("/slow")
        def slow(ack: Any) -> None:
            time.sleep(1.0)
            ack("late")

        @app.command("/fail")
        def fail() -> None:
            raise RuntimeError("broken on purpose")

        @app.command("/form")
        def form(ack: Any, body: dict[str, Any], client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form_view())

        @app.action("agree")
        def agree(ack: Any, body: dict[str, Any], respond: Any, client: WebClient) -> None:
            ack()
            if "channel" not in body:
                return
            client.chat_update(
                channel=body["channel"]["id"], ts=body["message"]["ts"], text="agreed", blocks=card("agreed")
            )
            respond("Thank you")

        @app.action("menu")
        def menu(ack: Any, body: dict[str, Any], respond: Any) -> None:
            ack()
            respond(f"Chosen: {body['actions'][0]['selected_option']['value']}")

        @app.action("more")
        def more(ack: Any, body: dict[str, Any], client: WebClient) -> None:
            ack()
            client.views_push(trigger_id=body["trigger_id"], view=form_view("Another"))

        @app.options("city")
        def cities(ack: Any, payload: dict[str, Any]) -> None:
            names = [name for name in ("Berlin", "Bern", "Beijing") if name.startswith(payload["value"])]
            ack(options=[{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in names])

        @app.view("form")
        def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
            what = view["state"]["values"]["what"]["what"]["value"]
            if what == "wrong":
                ack(response_action="errors", errors={"what": "Not that, please"})
            elif what == "next":
                ack(response_action="update", view=form_view("Second"))
            elif what == "push":
                ack(response_action="push", view=form_view("On top"))
            elif what == "clear":
                ack(response_action="clear")
            else:
                ack()
                client.chat_postMessage(channel=body["user"]["id"], text=f"Noted: {what}")

        @app.view_closed("form")
        def closed(ack: Any) -> None:
            ack()

        @app.shortcut("keep")
        def keep(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
            ack()
            respond(f"Kept: {shortcut['message']['text']}")

        @app.shortcut("start")
        def start(ack: Any, body: dict[str, Any], client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form_view())

        @app.event("app_home_opened")
        def home(event: dict[str, Any], client: WebClient) -> None:
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": card("Welcome home")})

        @app.event("app_mention")
        def mentioned(event: dict[str, Any], client: WebClient) -> None:
            client.chat_postMessage(
                channel=event["channel"], thread_ts=event.get("thread_ts", event["ts"]), text="You called?"
            )

        for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
            if name not in ("app_home_opened", "app_mention"):
                app.event(name.partition(".")[0])(_nothing)


def _nothing() -> None:
    """Heard, and noted by the middleware."""


def card(text: str) -> list[dict[str, Any]]:
    """A text with a button and an overflow menu."""
    options = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("First", "Second")]
    button = {"type": "button", "action_id": "agree", "text": {"type": "plain_text", "text": "Agree"}, "value": "yes"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button, {"type": "overflow", "action_id": "menu", "options": options}]},
    ]


def form_view(title: str = "A form") -> dict[str, Any]:
    """A modal with the common fields."""
    text = {"type": "plain_text", "text": "More"}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "notify_on_close": True,
        "private_metadata": "kept",
        "blocks": [
            {
                "type": "input",
                "block_id": "what",
                "label": {"type": "plain_text", "text": "What"},
                "element": {"type": "plain_text_input", "action_id": "what", "max_length": 20},
            },
            {
                "type": "input",
                "block_id": "who",
                "optional": True,
                "label": {"type": "plain_text", "text": "Who"},
                "element": {"type": "users_select", "action_id": "who"},
            },
            {
                "type": "input",
                "block_id": "city",
                "optional": True,
                "label": {"type": "plain_text", "text": "City"},
                "element": {"type": "external_select", "action_id": "city", "min_query_length": 1},
            },
            {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": text}]},
        ],
    }


@contextmanager
def over_http(app: App) -> Iterator[str]:
    """Serve a Bolt app on a free port; yields its request URL."""

    async def events(request: Request) -> Response:
        body = (await request.body()).decode()
        bolt_request = BoltRequest(body=body, headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, bolt_request)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, answer.status, headers)

    serving = Serving(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]))
    port = serving.start()
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        serving.stop()
