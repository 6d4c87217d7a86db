"""Whatever an app sends, the Web API answers in Slack's form and stays on its feet."""

import json
import urllib.request
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.webapi import METHODS
from tests.sandbox.conftest import World
from tests.sandbox.tiny import card, form_view

ARGUMENTS = sorted({name for method in METHODS.values() for name in method.required})
NAMES = st.sampled_from(
    [
        *ARGUMENTS,
        "text",
        "blocks",
        "attachments",
        "metadata",
        "thread_ts",
        "limit",
        "cursor",
        "types",
        "users",
        "view_id",
        "hash",
        "trigger_id",
        "oldest",
        "latest",
        "unfurls",
        "blocks",
        "message",
        "channel_id",
        "timestamp",
    ]
)
SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
LIKELY = st.sampled_from(
    ["[", "{}", "null", "1600000000.000001", "=", "-1", card("x"), form_view(), [form_view()], [{}]]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_call_is_answered(lasting: World, data: Any) -> None:
    method = data.draw(st.sampled_from(sorted(set(METHODS) - {"auth.revoke"})))
    known = st.sampled_from(
        [lasting.channel("ward"), lasting.user("ann"), lasting.installation.bot_user_id, lasting.channel("secret")]
    )
    arguments = data.draw(st.dictionaries(NAMES, SCRAPS | LIKELY | known, max_size=6))
    for name in METHODS[method].required:
        arguments.setdefault(name, data.draw(LIKELY | known))
    headers = {"Authorization": f"Bearer {lasting.client.token}", "Content-Type": "application/json"}
    request = urllib.request.Request(lasting.sandbox.api_url + method, json.dumps(arguments).encode(), headers)
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    assert answer["ok"] is True or isinstance(answer["error"], str)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_values=st.dictionaries(st.sampled_from(["text", "blocks", "response_type", "thread_ts"]), SCRAPS, max_size=4)
)
def test_any_answer_to_a_response_url_is_taken_or_refused(lasting: World, given_values: dict[str, Any]) -> None:
    place = lasting.workspace.place("#ward")
    url = lasting.sandbox.response_urls.issue(
        lasting.workspace, lasting.installation.app_id, place, lasting.user("ann")
    )
    path = url.partition("/actions/")[2]
    status, _ = lasting.sandbox.response_urls.answer(path, json.dumps(given_values).encode())
    assert status in (200, 400, 500)
