"""The answers that go back to the app: a refused call, and what blocks.validate says."""

from __future__ import annotations

import json

import pytest

from sandbox.blockkit import check_blocks, check_view, refusal, validation_answer
from sandbox.blockkit.rules import Place
from tests.sandbox.blockkit.payloads import entry, home, modal, mrkdwn, plain, section, visualization


def test_a_refused_message_names_each_fault() -> None:
    faults = check_blocks([section(text=mrkdwn("x" * 3001)), {"type": "header"}], "message")
    assert refusal(faults) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            "missing required field: text [json-pointer:/blocks/1]",
        ],
        "response_metadata": {
            "messages": [
                "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
                "[ERROR] missing required field: text [json-pointer:/blocks/1]",
            ]
        },
    }


def test_a_refused_view_says_it_in_the_metadata_only() -> None:
    assert refusal(check_view(modal(title=plain("x" * 25)))) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": [
                "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
            ]
        },
    }


def test_nothing_is_refused_without_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing to refuse"):
        refusal([])


def test_a_pointer_escapes_what_a_pointer_must() -> None:
    place = Place("/blocks", "message", "invalid_blocks").at(0).at("a/b~c")
    assert str(place.fault("no")) == "no [json-pointer:/blocks/0/a~1b~0c]"


def test_validate_answers_as_slack_documents_it() -> None:
    blocks = json.dumps([{"type": "section", "text": {"type": "invalid", "text": "Hello"}}])
    assert validation_answer({"blocks": blocks}) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            {
                "code": "failed_constraint",
                "message": "unsupported type: invalid",
                "pointer": "/0/text/type",
                "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"]},
            }
        ],
    }


@pytest.mark.parametrize(
    "arguments",
    [
        {"blocks": json.dumps([section()])},
        {"blocks": [section()]},
        {"blocks": json.dumps([{"type": "alert", "text": plain()}])},
        {"blocks": json.dumps([visualization()])},
        {"view": json.dumps(modal(entry({"type": "email_text_input"})))},
        {"view": json.dumps(home())},
        {"message": json.dumps({"text": "Hi", "blocks": [section()], "attachments": [{"text": "a"}]})},
        {"message": json.dumps({"text": "Hi"}), "blocks": ""},
    ],
)
def test_validate_lets_pass_what_is_fine(arguments: dict[str, object]) -> None:
    assert validation_answer(arguments) == {"ok": True}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "must provide exactly one of `blocks`, `view`, or `message`"),
        ({"blocks": "[]", "view": "{}"}, "must provide exactly one of `blocks`, `view`, or `message`"),
        ({"blocks": "[{"}, "invalid JSON [json-pointer:/blocks]"),
        ({"view": " " * 100_001}, "must be less than 100001 characters [json-pointer:/view]"),
    ],
)
def test_validate_wants_one_thing_in_json(arguments: dict[str, object], message: str) -> None:
    assert validation_answer(arguments) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": [message]},
    }


@pytest.mark.parametrize(
    ("arguments", "error", "pointer"),
    [
        ({"view": json.dumps(modal(title=plain("x" * 25)))}, "invalid_view", "/title/text"),
        ({"view": "[]"}, "invalid_view", ""),
        ({"message": json.dumps({"blocks": [{"type": "header"}]})}, "invalid_message", "/blocks/0"),
        ({"message": json.dumps({"attachments": [{"blocks": [{}]}]})}, "invalid_message", "/attachments/0/blocks/0"),
        ({"message": "5"}, "invalid_message", ""),
        ({"blocks": "{}"}, "invalid_blocks", ""),
    ],
)
def test_validate_says_where(arguments: dict[str, object], error: str, pointer: str) -> None:
    answer = validation_answer(arguments)
    errors = answer["errors"]
    assert isinstance(errors, list)
    assert (answer["error"], errors[0]["pointer"]) == (error, pointer)
