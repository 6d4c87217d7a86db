"""Payloads that Slack takes: what Bolt apps send every day, every block and element once, things at their limits."""

from __future__ import annotations

from typing import Any

from sandbox.blockkit import Surface
from tests.sandbox.blockkit.payloads import (
    Json,
    actions,
    button,
    card,
    chart,
    confirm,
    container,
    context,
    data_table,
    entry,
    home,
    image,
    modal,
    mrkdwn,
    number,
    option,
    options,
    pie,
    plain,
    raw,
    rich_text,
    section,
    select,
    task,
    video,
    visualization,
    without,
)

TYPED: Json = {"type": "plain_text_input", "action_id": "words"}
TICKS: Json = {"type": "checkboxes", "action_id": "tick", "options": options(3)}
EVERY_STYLE = {"bold": True, "italic": False, "strike": True, "code": True, "underline": True}

MESSAGES: dict[str, list[Json]] = {
    "nothing": [],
    "one line": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hey there <@U0123ABCD>!"}}],
    "hello with a button": [
        section(
            text=mrkdwn("Hey there <@U0123ABCD>!"),
            accessory={"type": "button", "text": plain("Click Me"), "action_id": "button_click"},
        )
    ],
    "approval": [
        section(text=mrkdwn("You have a new request:\n*<https://example.com|Fred Enriquez - New device request>*")),
        section(fields=[mrkdwn("*Type:*\nComputer"), mrkdwn("*When:*\nSubmitted Aug 10")])
        | {"text": plain(emoji=True)},
        {
            "type": "actions",
            "elements": [
                button(action_id="approve", style="primary", value="click_me_123", text=plain("Approve", emoji=True)),
                button(action_id="deny", style="danger", value="click_me_123", confirm=confirm(style="danger")),
            ],
        },
    ],
    "fields only": [without(section(fields=[plain("a"), mrkdwn("b")]), "text")],
    "poll": [
        section(text=mrkdwn("*Where should we order lunch from?*")),
        {"type": "divider"},
        section(text=mrkdwn(":sushi: *Ace Wasabi*"), accessory=button(value="wasabi")),
        context(image(), image(), plain("2 votes", emoji=True)),
        section(text=mrkdwn(":hamburger: *Super Hungryman*"), accessory=button(value="hungry")),
        context(mrkdwn("No votes")),
    ],
    "card of an ask": [
        {"type": "header", "text": plain("#214 Replace the gasket of analyser 3")},
        section(
            text=mrkdwn("Owner <@U1> · due <!date^1784000000^{date_short_pretty} {time}|Fri 15:00>"), block_id="ask:214"
        ),
        context(mrkdwn("Asked by <@U2> in <#C1>")),
        actions(
            button(action_id="acknowledge", style="primary", value="214:7"),
            button(action_id="deliver", value="214:7"),
            button(action_id="put_down", value="214:7", style="danger", confirm=confirm()),
            {"type": "overflow", "action_id": "more", "options": [option("hand over"), option("history")]},
            block_id="moves:214",
        ),
    ],
    "the same action in two blocks": [section(accessory=button()), section(accessory=button()), actions(button())],
    "elements without ids": [actions(without(button(), "action_id"), without(button(text=plain("B")), "action_id"))],
    "link buttons": [
        actions(
            button(action_id="a", url="https://example.com/a?b=c#d"),
            button(action_id="b", url="mailto:ann@example.com"),
            button(action_id="c", url="slack://app?team=T1&id=A1"),
            button(action_id="d", url="http://localhost:3000/asks/1"),
        )
    ],
    "buttons with everything": [
        actions(
            button(value="", accessibility_label="Press to go on", visible_to_user_ids=["U1", "W2"]),
            button(action_id="ai", agent_prompt="Sum it up", agent_prompt_display="Sum"),
        )
    ],
    "menus in a message": [
        actions(
            select(placeholder=plain("Pick"), initial_option=options(3)[1]),
            {"type": "users_select", "action_id": "u", "initial_user": "U1"},
            {"type": "conversations_select", "action_id": "c", "filter": {"include": ["im", "private"]}},
            {"type": "channels_select", "action_id": "ch", "initial_channel": "C1"},
            {"type": "external_select", "action_id": "e", "min_query_length": 0, "initial_option": option()},
        )
    ],
    "menu of groups": [
        section(
            accessory={
                "type": "static_select",
                "action_id": "g",
                "placeholder": plain(),
                "option_groups": [
                    {"label": plain("A"), "options": options(2)},
                    {"label": plain("B"), "options": [option()]},
                ],
                "initial_option": option(),
            }
        )
    ],
    "multi menus": [
        section(accessory={"type": "multi_static_select", "options": options(3), "initial_options": options(2)}),
        section(accessory={"type": "multi_users_select", "initial_users": [], "max_selected_items": 1}),
        section(accessory={"type": "multi_conversations_select", "default_to_current_conversation": True}),
        section(accessory={"type": "multi_channels_select", "initial_channels": ["C1", "C2"]}),
        section(accessory={"type": "multi_external_select", "initial_options": [option()]}),
    ],
    "pickers": [
        section(
            accessory={"type": "datepicker", "action_id": "d", "initial_date": "1990-04-28", "placeholder": plain()}
        ),
        section(
            accessory={"type": "timepicker", "initial_time": "22:25", "timezone": "America/Argentina/Buenos_Aires"}
        ),
        actions(
            {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1_628_633_820, "confirm": confirm()}
        ),
    ],
    "ticks and radios": [
        section(accessory={**TICKS, "initial_options": [options(3)[2]]}),
        actions(
            {
                "type": "radio_buttons",
                "options": [option("A1", text=mrkdwn("*A1*"), description=mrkdwn("_first_")), option("A2")],
                "initial_option": option("A2", text=plain("A2", emoji=True)),
            }
        ),
    ],
    "overflow of five with links": [
        section(
            accessory={"type": "overflow", "options": [option(str(n), url="https://example.com") for n in range(5)]}
        )
    ],
    "overflow of one": [section(accessory={"type": "overflow", "options": [option()]})],
    "images": [
        image(title=plain("A cat", emoji=True), block_id="cat"),
        without(image(slack_file={"id": "F0123456"}), "image_url"),
        without(image(slack_file={"url": "https://files.slack.com/files-pri/T1-F1/x.png"}), "image_url"),
        section(accessory=image()),
    ],
    "input in a message": [entry(TYPED, dispatch_action=True, hint=plain("Enter sends"), optional=True)],
    "headers": [{"type": "header", "text": plain("x" * 150, emoji=False), "level": level} for level in (1, 4)],
    "header of emoji": [{"type": "header", "text": plain("🐒" * 150)}],
    "expanded": [section(expand=True)],
    "rich text": [
        rich_text(
            {"type": "text", "text": "Hello ", "style": EVERY_STYLE},
            {"type": "user", "user_id": "U1", "style": {"bold": True}},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "team", "team_id": "T1"},
            {"type": "broadcast", "range": "here"},
            {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
            {"type": "link", "url": "https://example.com", "text": "there", "style": {"code": True}},
            {"type": "color", "value": "#F405B3"},
            {"type": "date", "timestamp": 1_720_710_212, "format": "{date_num} at {time}", "fallback": "timey"},
            {"type": "tag", "text": "In progress", "color": "green"},
        )
    ],
    "rich text of parts": [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": []},
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 1,
                    "offset": 3,
                    "border": 0,
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "One"}]}],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Said"}], "border": 1},
                {
                    "type": "rich_text_preformatted",
                    "elements": [{"type": "text", "text": "{}"}, {"type": "link", "url": "https://example.com"}],
                    "language": "json",
                },
            ],
        }
    ],
    "rich text of references": [
        rich_text(
            {"type": "attachment_mention", "url": "https://example.com/1", "app_id": "A1"},
            {"type": "canvas", "file_id": "F1"},
            {"type": "canvas_message_unfurl", "root_message_ts": "1783613573", "root_message_channel": "C1"},
            {"type": "canvas_user_mention", "user_id": "U1"},
            {
                "type": "citation",
                "url": "https://example.com/source",
                "text": "Source",
                "index": 1,
                "details": {"citation_type": "file", "descriptor": "Canvas", "file_id": "F1"},
            },
            {"type": "file", "file_id": "F1"},
            {"type": "list_record", "file_id": "F1", "record_id": "R1"},
            {"type": "message_mention", "channel_id": "C1", "message_ts": "1720710212.123456"},
            {"type": "salesforce_data_field", "salesforce_record_id": "001"},
            {
                "type": "work_object_mention",
                "entity_id": "E1",
                "app_id": "A1",
                "text": "W",
                "url": "https://example.com",
            },
            {"type": "workflow_mention", "workflow_id": "Wf1", "function_trigger_id": "Ft1", "text": "Run"},
        )
    ],
    "markdown": [{"type": "markdown", "text": "**Lots of information here!!**"}],
    "video": [
        video(
            title_url="https://example.com/1",
            description=plain("Sure is nifty!", emoji=True),
            author_name="x" * 50,
            provider_name="Tube",
            provider_icon_url="https://example.com/i.png",
        )
    ],
    "file": [{"type": "file", "external_id": "ABCD1", "source": "remote"}],
    "call": [{"type": "call", "call_id": "R1", "call": {"v1": {"id": "R1"}}}],
    "feedback": [
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("👍"), "value": "yes", "accessibility_label": "Good"},
                    "negative_button": {"text": plain("👎"), "value": "no"},
                },
                {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "confirm": confirm(), "value": "1"},
            ],
        }
    ],
    "workflow button": [
        section(
            accessory={
                "type": "workflow_button",
                "text": plain("Run Workflow"),
                "action_id": "run",
                "workflow": {
                    "trigger": {
                        "url": "https://slack.com/shortcuts/Ft1/xyz",
                        "customizable_input_parameters": [{"name": "a", "value": "b"}],
                    }
                },
            }
        )
    ],
    "table": [
        {
            "type": "table",
            "column_settings": [{"is_wrapped": True}, None, {"align": "right"}],
            "rows": [[raw("A"), raw("B"), raw("C")], [number(1), rich_text(), raw("-")]],
        }
    ],
    "data table": [data_table(page_size=5, row_header_column_index=1)],
    "data table with buttons": [
        data_table(
            [raw("Ask"), raw("Move")], [raw("#214"), {"type": "action", "element": button(), "fallback": raw("-")}]
        )
    ],
    "data table of two hundred": [data_table([raw("n")], *[[number(n)] for n in range(200)])],
    "charts": [visualization(), visualization(chart=pie(45, 28.5, 0.1))],
    "chart without labels": [
        visualization(chart=chart(type="bar", axis_config={"categories": ["Mon", "Tue"]})),
        visualization(chart=chart(type="area")),
    ],
    "card": [
        card(
            hero_image=image(),
            slack_icon={"type": "icon", "name": "caret-left"},
            subtitle=mrkdwn(),
            body=plain(),
            subtext=mrkdwn(),
            actions=[button(), button(action_id="b"), button(action_id="c")],
        )
    ],
    "cards": [
        {"type": "carousel", "elements": [card(icon=image(), block_id=f"c{n}", actions=[button()]) for n in range(10)]}
    ],
    "plan": [
        {
            "type": "plan",
            "title": "Thinking completed",
            "status": "complete",
            "tasks": [
                {"task_id": "1", "title": "Fetched", "status": "pending", "details": rich_text(block_id="a")},
                task(output=rich_text(block_id="a")),
            ],
        }
    ],
    "task": [
        task(sources=[{"type": "url", "url": "https://weather.com/", "text": "weather.com"}], details=rich_text())
    ],
    "container": [
        container(
            section(block_id="row"),
            {"type": "divider"},
            context(mrkdwn()),
            actions(button()),
            entry(TYPED),
            rich_text(),
            subtitle=mrkdwn(),
            width="full",
            icon=image(),
            is_collapsible=True,
            default_collapsed=True,
        ),
        without(container(section(), rich_text_title=rich_text()), "title"),
    ],
    "provider": [
        {
            "type": "auth_provider",
            "value": "drive",
            "name": plain("Drive"),
            "is_connected": False,
            "auth_url": "https://example.com/oauth",
            "fallback": [section()],
        }
    ],
    "everything at its limit": [
        section(text=mrkdwn("x" * 3000), fields=[mrkdwn("y" * 200)] * 10, block_id="b" * 255),
        actions(*[button(action_id=f"{n:0255}", text=plain("x" * 75), value="v" * 2000) for n in range(25)]),
        context(*[plain("z")] * 10),
    ],
}

VIEWS: dict[str, Json] = {
    "modal to read": without(modal(close=plain("Close")), "submit"),
    "modal form": modal(
        entry(TYPED, block_id="what"),
        entry({**TYPED, "multiline": True, "min_length": 0, "max_length": 3000, "placeholder": plain()}, optional=True),
        entry(select(initial_option=options(3)[0], focus_on_load=True)),
        entry({"type": "multi_static_select", "options": options(100), "max_selected_items": 3}),
        entry({"type": "users_select", "action_id": "deputy"}, hint=plain("Who stands in?")),
        entry({"type": "multi_users_select", "initial_users": ["U1"]}),
        entry({"type": "conversations_select", "response_url_enabled": True, "default_to_current_conversation": True}),
        entry({"type": "channels_select", "response_url_enabled": True}),
        entry({"type": "datepicker", "initial_date": "2028-02-29"}),
        entry({"type": "timepicker", "initial_time": "00:00", "timezone": "UTC"}),
        entry({"type": "datetimepicker", "initial_date_time": 1_784_000_000}),
        entry(TICKS, optional=True),
        entry({**TICKS, "type": "radio_buttons"}),
        callback_id="ask",
        private_metadata="",
        clear_on_close=False,
        notify_on_close=True,
        external_id="ask-1",
        close=plain("Cancel", emoji=True),
    ),
    "modal of special inputs": modal(
        entry({"type": "email_text_input", "initial_value": "ann@example.com"}),
        entry({"type": "url_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}),
        entry(
            {
                "type": "number_input",
                "is_decimal_allowed": True,
                "min_value": "-1.5",
                "max_value": "10",
                "initial_value": ".5",
            }
        ),
        entry({"type": "file_input", "filetypes": ["jpg", "png"], "max_files": 10}),
        entry(
            {
                "type": "rich_text_input",
                "action_id": "r",
                "initial_value": rich_text(),
                "min_lines": 1,
                "max_lines": 100,
            }
        ),
        {"type": "alert", "text": mrkdwn("Mind the *gap*"), "level": "warning"},
    ),
    "modal that answers clicks": modal(
        section(accessory={"type": "overflow", "options": options(2)}),
        actions(button(), select(), {"type": "rich_text_input", "action_id": "r"}),
        entry(TYPED, dispatch_action=True),
        image(),
        {"type": "header", "text": plain()},
        card(),
        video(),
    ),
    "modal at its limits": modal(
        *[section()] * 100,
        title=plain("x" * 24),
        submit=plain("x" * 24),
        close=plain("x" * 24),
        callback_id="x" * 255,
        private_metadata="x" * 3000,
    ),
    "home": home(
        {"type": "header", "text": plain("Waiting for my yes")},
        section(accessory=button()),
        {"type": "divider"},
        entry(TYPED, dispatch_action=True),
        entry({"type": "rich_text_input", "action_id": "r"}),
        {"type": "table", "rows": [[raw()]]},
        data_table(),
        container(section()),
        {"type": "carousel", "elements": [card()]},
        callback_id="home",
        private_metadata="{}",
    ),
    "home with a title": home(title=plain("Keep notes!")),
    "home with an input needs no submit": home(entry(TYPED)),
}

ATTACHMENTS: dict[str, Any] = {
    "none": [],
    "blocks with a colour": [{"color": "#f2c744", "blocks": [section(), {"type": "table", "rows": [[raw()]]}]}],
    "legacy": [
        {
            "fallback": "Plain-text summary",
            "color": "good",
            "pretext": "Before",
            "author_name": "Ann",
            "title": "Ask",
            "title_link": "https://example.com",
            "text": "",
            "fields": [{"title": "Priority", "value": "High", "short": False}],
            "footer": "Baton",
            "ts": 123456789,
            "mrkdwn_in": ["text"],
            "callback_id": "legacy",
            "actions": [{"name": "go", "type": "button", "text": "Go"}],
        }
    ],
}

SURFACES: tuple[Surface, ...] = ("message", "modal", "home")
