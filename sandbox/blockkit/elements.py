"""Block elements: the things in a block that people press, pick or fill in, and small images.

One shape per element, then the lists of which block takes which. Source: Slack's reference of block elements, 2026.
"""

from __future__ import annotations

from sandbox.blockkit.element_rules import (
    date_exists,
    fits_max_length,
    initial_option_exists,
    initial_options_exist,
    number_within,
    only_in_modal_inputs,
    selection_fits,
)
from sandbox.blockkit.fault import Surface
from sandbox.blockkit.keys import exactly_one, in_order
from sandbox.blockkit.objects import (
    BUTTON_STYLE,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    TICK_OPTION,
    WEB,
    WORKFLOW,
    plain_text,
)
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.rules import Choice, Flag, Further, Kinds, ListOf, Rule, Shape, String, Url, Whole

MODAL: frozenset[Surface] = frozenset({"modal"})
MESSAGE: frozenset[Surface] = frozenset({"message"})

ACTION_ID: dict[str, Rule] = {"action_id": String(255)}
CONFIRMED: dict[str, Rule] = {**ACTION_ID, "confirm": CONFIRM}
FOCUSED: dict[str, Rule] = {**CONFIRMED, "focus_on_load": Flag()}
MENU: dict[str, Rule] = {**FOCUSED, "placeholder": plain_text(150)}
SEVERAL: dict[str, Rule] = {**MENU, "max_selected_items": Whole(least=1)}
WRITTEN: dict[str, Rule] = {
    **ACTION_ID,
    "placeholder": plain_text(150),
    "focus_on_load": Flag(),
    "dispatch_action_config": DISPATCH,
}
SEEN_BY: dict[str, Rule] = {"visible_to_user_ids": ListOf(String(), least=0, most=10)}

IMAGE = Shape(
    required={"alt_text": String(2000)},
    optional={"image_url": Url(schemes=WEB), "slack_file": SLACK_FILE},
    further=(exactly_one("image_url", "slack_file"),),
)

BUTTON = Shape(
    required={"text": plain_text(75)},
    optional={
        **CONFIRMED,
        **SEEN_BY,
        "url": Url(),
        "value": String(2000, least=0),
        "style": BUTTON_STYLE,
        "accessibility_label": String(75),
        "agent_prompt": String(4000),
        "agent_prompt_display": String(),
    },
)

WORKFLOW_BUTTON = Shape(
    required={"text": plain_text(75), "workflow": WORKFLOW},
    optional={**ACTION_ID, "style": BUTTON_STYLE, "accessibility_label": String(75)},
    surfaces=MESSAGE,
)

_FEEDBACK = Shape(
    required={"text": plain_text(75), "value": String(2000)}, optional={"accessibility_label": String(75)}
)
FEEDBACK_BUTTONS = Shape(
    required={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, optional=ACTION_ID, surfaces=MESSAGE
)
ICON_BUTTON = Shape(
    required={"icon": Choice(("trash",)), "text": plain_text(75)},
    optional={**CONFIRMED, **SEEN_BY, "value": String(2000, least=0), "accessibility_label": String(75)},
    surfaces=MESSAGE,
)

OVERFLOW = Shape(required={"options": ListOf(OVERFLOW_OPTION, most=5)}, optional=CONFIRMED)
CHECKBOXES = Shape(
    required={"options": ListOf(TICK_OPTION, most=10)},
    optional={**FOCUSED, "initial_options": ListOf(TICK_OPTION, most=10)},
    further=(initial_options_exist,),
)
RADIO_BUTTONS = Shape(
    required={"options": ListOf(TICK_OPTION, most=10)},
    optional={**FOCUSED, "initial_option": TICK_OPTION},
    further=(initial_option_exists,),
)

DATEPICKER = Shape(
    optional={
        **MENU,
        "initial_date": String(pattern=r"\d{4}-\d{2}-\d{2}", otherwise="must be in the format YYYY-MM-DD"),
    },
    further=(date_exists,),
)
TIMEPICKER = Shape(
    optional={
        **MENU,
        "initial_time": String(pattern=r"([01]\d|2[0-3]):[0-5]\d", otherwise="must be in the format HH:mm"),
        "timezone": String(pattern=r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", otherwise="must be a valid timezone"),
    },
)
DATETIMEPICKER = Shape(
    # Ten digits: from September 2001 to the year 2286, in seconds.
    optional={**FOCUSED, "initial_date_time": Whole(least=1_000_000_000, most=9_999_999_999)},
    surfaces=frozenset({"message", "modal"}),
)

_STATIC: dict[str, Rule] = {"options": ListOf(MENU_OPTION, most=100), "option_groups": ListOf(OPTION_GROUP, most=100)}
_ONE_SOURCE: Further = exactly_one("options", "option_groups")
_ANSWERED: dict[str, Rule] = {"response_url_enabled": Flag()}
_SOME_OPTIONS = ListOf(MENU_OPTION, most=100)
_IDS = ListOf(String(), least=0)

SELECTS: dict[str, Shape] = {
    "static_select": Shape(
        optional={**MENU, **_STATIC, "initial_option": MENU_OPTION},
        further=(_ONE_SOURCE, initial_option_exists),
    ),
    "external_select": Shape(optional={**MENU, "initial_option": MENU_OPTION, "min_query_length": Whole(least=0)}),
    "users_select": Shape(optional={**MENU, "initial_user": String()}),
    "conversations_select": Shape(
        optional={
            **MENU,
            **_ANSWERED,
            "initial_conversation": String(),
            "default_to_current_conversation": Flag(),
            "filter": CONVERSATION_FILTER,
        },
        further=(only_in_modal_inputs,),
    ),
    "channels_select": Shape(
        optional={**MENU, **_ANSWERED, "initial_channel": String()}, further=(only_in_modal_inputs,)
    ),
    "multi_static_select": Shape(
        optional={**SEVERAL, **_STATIC, "initial_options": _SOME_OPTIONS},
        further=(_ONE_SOURCE, initial_options_exist, selection_fits("initial_options")),
    ),
    "multi_external_select": Shape(
        optional={**SEVERAL, "initial_options": _SOME_OPTIONS, "min_query_length": Whole(least=0)},
        further=(selection_fits("initial_options"),),
    ),
    "multi_users_select": Shape(
        optional={**SEVERAL, "initial_users": _IDS}, further=(selection_fits("initial_users"),)
    ),
    "multi_conversations_select": Shape(
        optional={
            **SEVERAL,
            "initial_conversations": _IDS,
            "default_to_current_conversation": Flag(),
            "filter": CONVERSATION_FILTER,
        },
        further=(selection_fits("initial_conversations"),),
    ),
    "multi_channels_select": Shape(
        optional={**SEVERAL, "initial_channels": _IDS}, further=(selection_fits("initial_channels"),)
    ),
}

PLAIN_TEXT_INPUT = Shape(
    optional={
        **WRITTEN,
        "initial_value": String(3000, least=0),
        "multiline": Flag(),
        "min_length": Whole(0, 3000),
        "max_length": Whole(1, 3000),
    },
    further=(in_order("min_length", "max_length"), fits_max_length),
)
RICH_TEXT_INPUT = Shape(
    required=ACTION_ID,
    optional={**WRITTEN, "initial_value": RICH_TEXT, "min_lines": Whole(1, 100), "max_lines": Whole(1, 100)},
    surfaces=frozenset({"modal", "home"}),
    further=(in_order("min_lines", "max_lines"),),
)
EMAIL_INPUT = Shape(optional={**WRITTEN, "initial_value": String(least=0)}, surfaces=MODAL)
URL_INPUT = Shape(optional={**WRITTEN, "initial_value": String(least=0)}, surfaces=MODAL)
_NUMERAL = String(pattern=r"[+-]?(\d+(\.\d*)?|\.\d+)", otherwise="must be a valid number")
NUMBER_INPUT = Shape(
    required={"is_decimal_allowed": Flag()},
    optional={**WRITTEN, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
    surfaces=MODAL,
    further=(in_order("min_value", "max_value"), number_within),
)
FILE_INPUT = Shape(
    optional={**ACTION_ID, "filetypes": ListOf(String()), "max_files": Whole(1, 10)},
    surfaces=MODAL,
)

URL_SOURCE = Shape(required={"url": Url(schemes=WEB), "text": String()}, surfaces=MESSAGE)

_PICKERS: dict[str, Shape] = {
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
    **SELECTS,
}
_PRESSED: dict[str, Shape] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON, "overflow": OVERFLOW}

IN_SECTION = Kinds({**_PRESSED, **_PICKERS, "image": IMAGE})
IN_ACTIONS = Kinds({**_PRESSED, **_PICKERS, "datetimepicker": DATETIMEPICKER, "rich_text_input": RICH_TEXT_INPUT})
IN_INPUT = Kinds(
    {
        "plain_text_input": PLAIN_TEXT_INPUT,
        "rich_text_input": RICH_TEXT_INPUT,
        "email_text_input": EMAIL_INPUT,
        "url_text_input": URL_INPUT,
        "number_input": NUMBER_INPUT,
        "file_input": FILE_INPUT,
        "datetimepicker": DATETIMEPICKER,
        **_PICKERS,
    }
)
IN_CONTEXT_ACTIONS = Kinds({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})
ONLY_BUTTON = Kinds({"button": BUTTON})
ONLY_IMAGE = Kinds({"image": IMAGE})
ONLY_OVERFLOW = Kinds({"overflow": OVERFLOW})
ONLY_URL_SOURCE = Kinds({"url": URL_SOURCE})
