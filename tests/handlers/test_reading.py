"""What the payloads of Slack come to: every shape that a command, a click, a form, a shortcut or an event may have."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import reading
from handlers.pressed import pressed
from tests.handlers import payloads


def test_a_command_is_read_and_its_trigger_names_it() -> None:
    typed = reading.command(payloads.command("  @finance pay  "))
    assert (typed.workspace_id, typed.user_id, typed.channel_id, typed.text) == ("T1", "UANN", "CWARD", "@finance pay")
    assert typed.key == reading.command(payloads.command("again")).key
    assert typed.key != reading.command(payloads.command("again", trigger_id="9")).key


def test_a_command_without_a_text_is_empty() -> None:
    assert reading.command(payloads.command(None)).text == ""


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ({"action_id": "a", "type": "button", "value": "12"}, "12"),
        ({"action_id": "a", "type": "overflow", "selected_option": {"value": "details.show:12"}}, "details.show:12"),
        ({"action_id": "a", "type": "users_select", "selected_user": "UPIA"}, "UPIA"),
        ({"action_id": "a", "type": "datetimepicker", "selected_date_time": 17}, "17"),
        ({"action_id": "a", "type": "datepicker", "selected_date": "2026-11-27"}, "2026-11-27"),
        ({"action_id": "a", "type": "static_select", "selected_option": None}, ""),
        ({"action_id": "a", "type": "button"}, ""),
    ],
)
def test_a_click_carries_one_value_whatever_the_element(action: dict[str, Any], value: str) -> None:
    assert reading.click(payloads.click(action)).value == value


def test_a_button_names_its_ask_plainly_or_in_json() -> None:
    assert reading.click(payloads.click({"action_id": "a", "value": "12"})).number == 12
    clicked = reading.click(payloads.click({"action_id": "a", "value": '{"number": 12, "change": 3}'}))
    assert (clicked.number, clicked.particulars["change"]) == (12, 3)


def test_each_click_has_its_own_name_and_a_second_delivery_the_same() -> None:
    first = payloads.click({"action_id": "a", "value": "1"})
    second = payloads.click({"action_id": "a", "value": "1", "action_ts": "18.02"})
    assert reading.click(first).key == reading.click(first).key
    assert reading.click(first).key != reading.click(second).key


def test_a_click_in_a_form_has_the_view_and_no_response_url() -> None:
    body = payloads.click({"action_id": "ask_form.due", "selected_date_time": 17}, view=payloads.view())
    del body["response_url"], body["channel"]
    body["container"] = {"type": "view", "view_id": "V1"}
    clicked = reading.click(body)
    assert clicked.view is not None
    assert (clicked.view.id, clicked.view.kind, clicked.response_url, clicked.channel_id) == ("V1", "modal", None, None)
    assert clicked.values.text("what") == "A & <b>"


def test_a_click_from_an_org_without_a_team_is_of_the_persons_team() -> None:
    body = payloads.click({"action_id": "a", "value": "1"}, team=None, user={"id": "UANN", "team_id": "T9"})
    assert reading.click(body).workspace_id == "T9"


def test_a_form_is_read_by_the_names_of_its_fields() -> None:
    sent = reading.submission(payloads.click({"action_id": "x"}, view=payloads.view()))
    values = sent.values
    assert sent.key == "view:V1"
    assert sent.private == {"draft": "d"}
    assert sent.fields == {"what": "what", "due": "due:1"}
    assert values.text("what") == "A & <b>"
    assert values.moment("due") == datetime.fromtimestamp(1_795_400_000, UTC)
    assert values.choices("private") == {"private"}
    assert values.choice("department") == "7"
    assert values.person("person") == "UPIA"
    assert values.block_of("due") == "due:1"
    assert values.text("done_means") is None
    assert values.text("no such field") is None
    assert values.moment("what") is None


def test_private_metadata_that_is_not_ours_is_empty() -> None:
    sent = reading.submission(payloads.click({"action_id": "x"}, view=payloads.view(private_metadata="not json")))
    assert sent.private == {}


def test_shortcuts_with_and_without_a_message() -> None:
    body = payloads.click(
        {"action_id": "x"}, callback_id="turn_into_an_ask", message={"ts": "5.6", "text": "a &amp; b"}
    )
    on_message = reading.shortcut(body)
    assert (on_message.channel_id, on_message.message_ts, on_message.text) == ("CEQUIP", "5.6", "a &amp; b")
    everywhere = {"user": {"id": "UANN", "team_id": "T1"}, "team": None, "callback_id": "new_ask", "trigger_id": "1"}
    assert reading.shortcut(everywhere).channel_id is None


def message(**event: Any) -> dict[str, Any]:
    told = {"type": "message", "channel": "C1", "user": "UANN", "ts": "2.0", "thread_ts": "1.0", "text": "on its way"}
    return {"team_id": "T1", "event": {key: value for key, value in (told | event).items() if value is not None}}


def test_words_in_a_thread_are_read() -> None:
    heard = reading.thread_message(message())
    assert heard is not None
    assert (heard.thread_ts, heard.text, heard.key) == ("1.0", "on its way", "message:C1:2.0")


@pytest.mark.parametrize(
    "event",
    [
        {"thread_ts": None},
        {"thread_ts": "2.0"},
        {"bot_id": "B1"},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
    ],
)
def test_anything_else_in_a_channel_is_not(event: dict[str, Any]) -> None:
    assert reading.thread_message(message(**event)) is None


def test_only_the_home_tab_is_home() -> None:
    body = {"team_id": "T1", "event": {"user": "UANN", "tab": "home"}}
    assert reading.home_opened(body) is not None
    assert reading.home_opened({"team_id": "T1", "event": {"user": "UANN", "tab": "messages"}}) is None


def test_a_profile_prefers_the_name_people_chose() -> None:
    user = {"id": "U1", "name": "lin", "tz": "Asia/Shanghai", "locale": "zh-CN", "is_owner": True}
    read = reading.profile(
        {**user, "profile": {"display_name": "Lin", "real_name": "Lin Jianguo", "email": "l@x.example"}}
    )
    assert (read.name, read.handle, read.email, read.time_zone, read.is_admin) == (
        "Lin",
        "lin",
        "l@x.example",
        "Asia/Shanghai",
        True,
    )
    assert reading.profile({**user, "profile": {"display_name": "", "real_name": "Lin Jianguo"}}).name == "Lin Jianguo"
    repeated = {**user, "profile": {"display_name": "lin", "real_name": "Lin Jianguo"}}
    assert reading.profile(repeated).name == "Lin Jianguo"
    assert reading.profile({"id": "U1", "name": "lin", "is_ultra_restricted": True}).is_guest


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", None, "../../etc/passwd", "a" * 300])
def test_a_zone_that_this_machine_does_not_know_is_utc(zone: str | None) -> None:
    assert reading.profile({"id": "U1", "name": "x", "tz": zone}).time_zone == "UTC"


def test_a_line_copied_from_a_card_reads_as_it_was_typed() -> None:
    assert reading.command(payloads.command("@\u2060equipment \u2060*now\u2060*")).text == "@equipment *now*"


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "9" * 30, '{"number": null}', '{"number": "x"}', "take:x:home", "١٢x"]
)
def test_a_button_that_carries_no_number_is_about_no_ask(value):
    """Ours always carry one, as no ask has the number 0; a forged one is told that there is no such ask."""
    assert pressed(reading.click(payloads.click({"action_id": "a", "value": value}))).number == 0
