"""Payloads as Slack sends them, shortened to what matters."""

from typing import Any

TEAM, ANN = "T1", "UANN"


def command(text: str | None, **changed: Any) -> dict[str, Any]:
    return {
        "team_id": TEAM,
        "user_id": ANN,
        "channel_id": "CWARD",
        "command": "/ask",
        "text": text,
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.example/1",
        **changed,
    }


def click(action: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "hospital"},
        "user": {"id": ANN, "team_id": TEAM},
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.example/2",
        "channel": {"id": "CEQUIP"},
        "container": {"type": "message", "message_ts": "17.01", "channel_id": "CEQUIP"},
        "actions": [{"block_id": "b", "action_ts": "18.01", **action}],
        **changed,
    }


def view(**changed: Any) -> dict[str, Any]:
    return {
        "id": "V1",
        "hash": "h",
        "type": "modal",
        "callback_id": "ask_form",
        "private_metadata": '{"draft": "d"}',
        "blocks": [
            {"type": "section", "block_id": "s"},
            {"type": "input", "block_id": "what", "element": {"type": "plain_text_input", "action_id": "what"}},
            {"type": "input", "block_id": "due:1", "element": {"type": "datetimepicker", "action_id": "ask_form.due"}},
        ],
        "state": {
            "values": {
                "what": {"what": {"type": "plain_text_input", "value": "A & <b>"}},
                "due:1": {"ask_form.due": {"type": "datetimepicker", "selected_date_time": 1_795_400_000}},
                "private": {"private": {"type": "checkboxes", "selected_options": [{"value": "private"}]}},
                "department": {"ask_form.department": {"type": "static_select", "selected_option": {"value": "7"}}},
                "person": {"person": {"type": "users_select", "selected_user": "UPIA"}},
                "empty": {"done_means": {"type": "plain_text_input", "value": None}},
            }
        },
        **changed,
    }
