"""Composition objects: the small things that blocks and elements are made of.

Text, options and their groups, the "are you sure?" dialog, the filter of a conversation menu, images kept in Slack,
workflows. Source: Slack's reference of composition objects, 2026.
"""

from __future__ import annotations

from sandbox.blockkit.keys import at_least_one, exactly_one
from sandbox.blockkit.rules import Choice, Flag, Kinds, ListOf, Shape, String, Url

WEB = ("http", "https")
BUTTON_STYLE = Choice(("primary", "danger"))


def _plain(most: int) -> Shape:
    return Shape(required={"text": String(most)}, optional={"emoji": Flag()})


def _mrkdwn(most: int) -> Shape:
    return Shape(required={"text": String(most)}, optional={"verbatim": Flag()})


def plain_text(most: int) -> Kinds:
    """A text object that may only be `plain_text`, of up to `most` characters."""
    return Kinds({"plain_text": _plain(most)})


def any_text(most: int) -> Kinds:
    """A text object, `plain_text` or `mrkdwn`, of up to `most` characters."""
    return Kinds({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def _option(text: Kinds, *, link: bool = False) -> Shape:
    optional = {"description": text}
    return Shape(
        required={"text": text, "value": String(150)},
        optional={**optional, "url": Url()} if link else optional,
    )


MENU_OPTION = _option(plain_text(75))
OVERFLOW_OPTION = _option(plain_text(75), link=True)
# Only checkboxes and radio buttons draw mrkdwn in their options.
TICK_OPTION = _option(any_text(75))

OPTION_GROUP = Shape(required={"label": plain_text(75), "options": ListOf(MENU_OPTION, most=100)})

CONFIRM = Shape(
    required={
        "title": plain_text(100),
        # The reference says plain_text; Slack has always drawn mrkdwn here and its own examples used it.
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    optional={"style": BUTTON_STYLE},
)

DISPATCH = Shape(
    optional={"trigger_actions_on": ListOf(Choice(("on_enter_pressed", "on_character_entered")), most=2)},
)

CONVERSATION_FILTER = Shape(
    optional={
        "include": ListOf(Choice(("im", "mpim", "private", "public")), most=4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    further=(at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

SLACK_FILE = Shape(optional={"id": String(), "url": Url(schemes=WEB)}, further=(exactly_one("id", "url"),))

WORKFLOW = Shape(
    required={
        "trigger": Shape(
            required={"url": Url(schemes=WEB)},
            optional={
                "customizable_input_parameters": ListOf(
                    Shape(required={"name": String(), "value": String(least=0)}), least=0
                )
            },
        )
    }
)

ICON_NAMES = (
    "archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube "
    "download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map "
    "mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down "
    "thumbs-up trash upload user warning"
)
SLACK_ICON = Kinds({"icon": Shape(required={"name": Choice(tuple(ICON_NAMES.split()))})})
