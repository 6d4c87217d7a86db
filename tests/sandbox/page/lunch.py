"""Lunch, a small Bolt app that knows nothing of Baton: people ask who is in, answer by buttons, and order by a form.

`/lunch tacos` posts a card with buttons, a menu and a select. `/order` opens a form whose restaurant may be closed.
`/show` posts one of every block. `/sleep` never answers. `/deep` opens a form that greets while one types, and further
forms on top of it. "Order this" is a message shortcut; the Home tab counts orders.
It answers over HTTP, served by uvicorn in a thread.
"""

import asyncio
import socket
import threading
import time
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.server import Sandbox

MANIFEST: dict[str, Any] = {
    "_metadata": {"major_version": 2},
    "display_information": {"name": "Lunch"},
    "features": {
        "bot_user": {"display_name": "Lunch", "always_online": True},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [
            {
                "command": "/lunch",
                "description": "Ask who is in for lunch",
                "usage_hint": "what to eat",
                "should_escape": True,
            },
            {"command": "/order", "description": "Order by a form", "usage_hint": "", "should_escape": False},
            {"command": "/show", "description": "Show every block", "usage_hint": "", "should_escape": False},
            {"command": "/sleep", "description": "Never answers", "usage_hint": "", "should_escape": False},
            {"command": "/deep", "description": "Forms on forms", "usage_hint": "", "should_escape": False},
        ],
        "shortcuts": [
            {"name": "Order this", "type": "message", "callback_id": "order_this", "description": "Order what it says"},
            {"name": "Order lunch now", "type": "global", "callback_id": "order_now", "description": "Open the form"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "chat:write.public", "im:write", "users:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": False,
    },
}


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def option(text: str, value: str) -> dict[str, Any]:
    """An option of a select or a menu."""
    return {"text": plain(text), "value": value}


def card(what: str, eaters: list[str]) -> list[dict[str, Any]]:
    """The card in the channel: what is for lunch, and who is in."""
    names = ", ".join(f"<@{eater}>" for eater in eaters) or "nobody yet"
    return [
        {"type": "section", "block_id": "what", "text": {"type": "mrkdwn", "text": f"*Lunch:* {what}\nIn: {names}"}},
        {
            "type": "actions",
            "block_id": "answer",
            "elements": [
                {"type": "button", "action_id": "in", "text": plain("I'm in"), "style": "primary", "value": what},
                {
                    "type": "button",
                    "action_id": "cancel",
                    "text": plain("Call it off"),
                    "style": "danger",
                    "confirm": {
                        "title": plain("Call lunch off?"),
                        "text": {"type": "mrkdwn", "text": "Everybody will be *sad*."},
                        "confirm": plain("Call it off"),
                        "deny": plain("Keep it"),
                        "style": "danger",
                    },
                },
                {"type": "users_select", "action_id": "bring", "placeholder": plain("Bring somebody")},
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [option("Whisper the menu", "menu"), option("Forget it", "forget")],
                },
            ],
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Served <!date^1700000000^{date_num}|once>"}]},
    ]


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block whose element is called ``value``."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def form(restaurant: str = "") -> dict[str, Any]:
    """The order form: one field of each kind that people fill in."""
    sizes = [option("Small", "s"), option("Large", "l")]
    extras = [option("Sauce", "sauce"), option("Napkins", "napkins")]
    name: dict[str, Any] = {"type": "plain_text_input", "min_length": 3, "max_length": 40}
    if restaurant:
        name["initial_value"] = restaurant
    return {
        "type": "modal",
        "callback_id": "order",
        "notify_on_close": True,
        "title": plain("Order lunch"),
        "submit": plain("Order"),
        "close": plain("Not now"),
        "blocks": [
            field("restaurant", "Restaurant", name, hint=plain("Some of them are closed.")),
            field("dish", "Dish", {"type": "plain_text_input", "multiline": True}, optional=True),
            field("size", "Size", {"type": "static_select", "options": sizes}),
            field("day", "Day", {"type": "datepicker", "placeholder": plain("Which day")}),
            field("hour", "Hour", {"type": "timepicker"}, optional=True),
            field("with", "With whom", {"type": "multi_users_select"}, optional=True),
            field("extras", "Extras", {"type": "checkboxes", "options": extras}, optional=True),
            field(
                "pay",
                "Who pays",
                {"type": "radio_buttons", "options": [option("I do", "me"), option("The firm", "firm")]},
            ),
            field("spice", "Spice", {"type": "external_select", "min_query_length": 1}, optional=True),
            field(
                "tip",
                "Tip",
                {"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "9"},
                optional=True,
            ),
        ],
    }


def deep(level: int, name: str = "") -> dict[str, Any]:
    """A form that says hello to whom one types, and can open another one on top."""
    return {
        "type": "modal",
        "callback_id": "deep",
        "notify_on_close": True,
        "private_metadata": str(level),
        "title": plain(f"Level {level}"),
        "submit": plain("Done"),
        "close": plain("Back"),
        "blocks": [
            field(
                "name",
                "Name",
                {
                    "type": "plain_text_input",
                    "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
                    "action_id": "typed",
                },
                dispatch_action=True,
            ),
            {
                "type": "section",
                "block_id": "hello",
                "text": {"type": "mrkdwn", "text": f"Hello, *{name or 'nobody'}*"},
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}],
            },
        ],
    }


def everything() -> list[dict[str, Any]]:
    """One of every block that an app commonly posts."""
    rich = [
        {"type": "text", "text": "Rich "},
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "text", "text": " and "},
        {"type": "text", "text": "code", "style": {"code": True}},
        {"type": "emoji", "name": "tada"},
    ]
    return [
        {"type": "header", "text": plain("Every block :tada:")},
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "*bold* _italic_ ~gone~ `code` <https://example.com|a link> "
                "<!date^1700000000^{date} at {time}|x>\n> a quote\n```\nblock &lt;b&gt;\n```\n中文也要好看",
            },
            "accessory": {"type": "button", "action_id": "show_button", "text": plain("Accessory"), "value": "x"},
        },
        {"type": "divider"},
        {
            "type": "section",
            "fields": [{"type": "mrkdwn", "text": f"*Field {n}*\nvalue {n}"} for n in range(1, 5)],
        },
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Pick a day"},
            "accessory": {"type": "datepicker", "action_id": "show_day", "initial_date": "2026-05-14"},
        },
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Tick what is *true*"},
            "accessory": {
                "type": "checkboxes",
                "action_id": "show_ticks",
                "options": [option("Water is wet", "wet"), option("Fire is cold", "cold")],
            },
        },
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": rich},
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
                    ],
                },
            ],
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Small print with <!here>"}]},
    ]


class Lunch:
    """The running app. ``orders`` and ``closed`` keep what came in, for tests to look at."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.orders: list[dict[str, Any]] = []
        self.closed: list[str] = []
        self.actions: list[dict[str, Any]] = []
        self._eaters: dict[str, list[str]] = {}
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
        self.installation = sandbox.install(MANIFEST, url)
        client = WebClient(self.installation.bot_token, base_url=sandbox.api_url)
        self.app = App(name="lunch", client=client, signing_secret=self.installation.signing_secret)
        self._listen(self.app)
        handler = SlackRequestHandler(self.app)

        async def endpoint(request: Request) -> Response:
            return await handler.handle(request)

        web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
        config = uvicorn.Config(web, log_level="warning", access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve([listener])), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(5)

    def _listen(self, app: App) -> None:
        app.command("/lunch")(self._ask)
        app.command("/order")(self._open_form)
        app.command("/show")(self._show)
        app.command("/sleep")(lambda: time.sleep(0))
        app.action("in")(self._join)
        app.action("cancel")(self._cancel)
        app.action("bring")(self._bring)
        app.action("more")(self._more)
        for action in ("show_button", "show_day", "show_ticks"):
            app.action(action)(self._note)
        app.command("/deep")(self._open_deep)
        app.action("typed")(self._greet)
        app.action("deeper")(self._deeper)
        app.view("deep")(self._done_deep)
        app.view_closed("deep")(self._closed)
        app.options("value")(self._spices)
        app.shortcut("order_this")(self._order_this)
        app.shortcut("order_now")(self._open_form)
        app.view("order")(self._take_order)
        app.view_closed("order")(self._closed)
        app.event("app_home_opened")(self._home)
        app.action("home_order")(self._open_form)

    def _ask(self, ack: Any, command: dict[str, Any], client: WebClient) -> None:
        ack()
        if not command["text"]:
            client.chat_postEphemeral(
                channel=command["channel_id"], user=command["user_id"], text="What shall we eat? Say `/lunch tacos`."
            )
            return
        posted = client.chat_postMessage(
            channel=command["channel_id"], text=f"Lunch: {command['text']}", blocks=card(command["text"], [])
        )
        self._eaters[posted["ts"]] = []

    def _join(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        self._add(body, body["user"]["id"], client)

    def _bring(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        self._add(body, body["actions"][0]["selected_user"], client)

    def _add(self, body: dict[str, Any], eater: str, client: WebClient) -> None:
        ts = body["message"]["ts"]
        eaters = self._eaters.setdefault(ts, [])
        if eater not in eaters:
            eaters.append(eater)
        what = body["message"]["blocks"][1]["elements"][0]["value"]
        client.chat_update(channel=body["channel"]["id"], ts=ts, text=f"Lunch: {what}", blocks=card(what, eaters))

    def _cancel(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="No lunch today.", blocks=[])

    def _more(self, ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        respond(text=f"You chose {body['actions'][0]['selected_option']['value']}", replace_original=False)

    def _note(self, ack: Any, body: dict[str, Any]) -> None:
        ack()
        self.actions.append(body)

    def _show(self, ack: Any, command: dict[str, Any], client: WebClient) -> None:
        ack()
        client.chat_postMessage(channel=command["channel_id"], text="Every block", blocks=everything())

    def _open_form(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    def _order_this(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(body["message"]["text"][:40]))

    def _spices(self, ack: Any, payload: dict[str, Any]) -> None:
        known = ["Salt", "Saffron", "Pepper", "Chilli"]
        ack(options=[option(name, name.lower()) for name in known if payload["value"].lower() in name.lower()])

    def _take_order(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        values = body["view"]["state"]["values"]
        if "closed" in values["restaurant"]["value"]["value"]:
            ack(response_action="errors", errors={"restaurant": "That one is closed today."})
            return
        ack()
        self.orders.append(values)
        user = body["user"]["id"]
        client.chat_postMessage(channel=user, text=f"Ordered from {values['restaurant']['value']['value']}.")
        self._publish(client, user)

    def _open_deep(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=deep(1))

    def _greet(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        view = body["view"]
        client.views_update(view_id=view["id"], view=deep(int(view["private_metadata"]), body["actions"][0]["value"]))

    def _deeper(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        level = int(body["view"]["private_metadata"]) + 1
        client.views_push(trigger_id=body["trigger_id"], view=deep(level))

    def _done_deep(self, ack: Any, body: dict[str, Any]) -> None:
        if body["view"]["state"]["values"]["name"]["typed"]["value"] == "all":
            ack(response_action="clear")
            return
        ack()

    def _closed(self, ack: Any, body: dict[str, Any]) -> None:
        ack()
        self.closed.append(body["user"]["id"])

    def _home(self, event: dict[str, Any], client: WebClient) -> None:
        self._publish(client, event["user"])

    def _publish(self, client: WebClient, user: str) -> None:
        blocks = [
            {"type": "header", "text": plain("Your orders")},
            {"type": "section", "text": {"type": "mrkdwn", "text": f"You ordered *{len(self.orders)}* times."}},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "action_id": "home_order", "text": plain("Order lunch"), "style": "primary"}
                ],
            },
        ]
        client.views_publish(user_id=user, view={"type": "home", "blocks": blocks})
