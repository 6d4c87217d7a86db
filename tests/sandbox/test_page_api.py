"""The door through which the page acts: what one person sees, does, and hears live."""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, Queue
from typing import Any

from tests.sandbox.conftest import World

Given = dict[str, Any]


def get(world: World, path: str, **query: Any) -> Any:
    address = f"{world.sandbox.url}sandbox/{path}?{urllib.parse.urlencode(query)}"
    try:
        with urllib.request.urlopen(address) as response:
            return json.load(response)
    except urllib.error.HTTPError as fault:
        return json.load(fault)


def post(world: World, path: str, **given: Any) -> Any:
    if "as_" in given:
        given["as"] = world.user(given.pop("as_"))
    request = urllib.request.Request(f"{world.sandbox.url}sandbox/{path}", json.dumps(given).encode())
    with urllib.request.urlopen(request) as response:
        return json.load(response)


@contextmanager
def listening(world: World, handle: str) -> Iterator["Queue[Given]"]:
    """What the page of one person is told, as it comes."""
    heard: Queue[Given] = Queue()
    address = f"{world.sandbox.url}sandbox/stream?as={world.user(handle)}"
    response = urllib.request.urlopen(address)
    assert response.readline().startswith(b"retry")

    def read() -> None:
        try:
            for line in response:
                if line.startswith(b"data: "):
                    heard.put(json.loads(line[6:]))
        except (OSError, ValueError, AttributeError):
            return

    threading.Thread(target=read, daemon=True).start()
    yield heard


def next_of(heard: "Queue[Given]", kind: str) -> Given:
    """The next change of one type."""
    while True:
        change = heard.get(timeout=5)
        if change["type"] == kind:
            return change


def test_state_shows_what_one_may_see(world: World) -> None:
    state = get(world, "state", **{"as": world.user("ann")})
    names = {channel["name"] for channel in state["channels"]}
    assert {"ward", "elsewhere", "closed"} <= names
    assert "secret" not in names
    assert state["me"] == world.user("ann")
    assert state["team"]["name"] == "Harbour"
    assert state["running"] is False
    assert [command["command"] for command in state["commands"]][:2] == ["/echo", "/form"]
    assert {shortcut["type"] for shortcut in state["shortcuts"]} == {"message", "global"}
    assert state["jumps"] == ["+1 hour", "+1 working day"]
    assert state["apps"][0]["home"] is True
    assert get(world, "state")["me"] == world.user("ann")


def test_a_private_channel_is_invisible_to_who_is_not_in_it(world: World) -> None:
    world.story.say("bo", "#secret", "hush")
    answer = get(world, "messages", **{"as": world.user("ann"), "channel": world.channel("secret")})
    assert answer["error"] == "channel_not_found"
    said = post(world, "say", as_="ann", channel=world.channel("secret"), text="hello?")
    assert said["error"] == "channel_not_found"


def test_a_command_a_click_and_a_modal(world: World) -> None:
    ward = world.channel("ward")
    with listening(world, "ann") as heard:
        assert post(world, "command", as_="ann", channel=ward, text="/shout loud") == {"ok": True}
        message = next_of(heard, "message")["message"]
        actions = message["blocks"][1]
        button = actions["elements"][0]
        answer = post(
            world,
            "click",
            as_="ann",
            container={"type": "message", "channel": ward, "ts": message["ts"]},
            block_id=actions["block_id"],
            action_id=button["action_id"],
            element={"type": "button", "value": "forged"},
        )
        assert answer == {"ok": True}
        clicks = [body for body in world.tiny.heard if body.get("type") == "block_actions"]
        assert clicks[0]["actions"][0]["value"] == "yes"
        assert next_of(heard, "message_changed")["message"]["text"] == "agreed"
        assert next_of(heard, "ephemeral")["message"]["text"] == "Thank you"
        assert post(world, "command", as_="ann", channel=ward, text="/form") == {"ok": True}
        view = next_of(heard, "view_opened")["view"]
    values = {"what": {"what": {"type": "plain_text_input", "value": "wrong"}}}
    answer = post(world, "submit", as_="ann", view_id=view["id"], values=values)
    assert answer == {"ok": False, "errors": {"what": "Not that, please"}}
    (shown,) = get(world, "state", **{"as": world.user("ann")})["views"]
    assert shown["errors"] == {"what": "Not that, please"}
    suggestion = {"container": {"type": "view", "view_id": view["id"]}, "block_id": "city", "action_id": "city"}
    options = post(world, "suggest", as_="ann", value="Be", **suggestion)["options"]
    assert [option["value"] for option in options] == ["berlin", "bern", "beijing"]
    assert post(world, "close", as_="ann", view_id=view["id"])["ok"]


def test_a_button_of_what_is_not_before_one_cannot_be_clicked(world: World) -> None:
    ward = world.channel("ward")
    world.story.command("ann", "/echo psst", "#ward")
    whisper = world.story.sees_message("ann", "psst")
    container = {"type": "message", "channel": ward, "ts": whisper.ts}
    answer = post(world, "click", as_="bo", container=container, block_id="x", action_id="y")
    assert answer == {"ok": False, "error": "message_not_found"}


def test_whispers_are_streamed_to_their_reader_only(world: World) -> None:
    with listening(world, "bo") as bo, listening(world, "ann") as ann:
        post(world, "command", as_="ann", channel=world.channel("ward"), text="/echo psst")
        assert next_of(ann, "ephemeral")["message"]["ephemeral"] is True
        world.story.say("ann", "#ward", "end")
        kinds = []
        while True:
            change = bo.get(timeout=5)
            kinds.append(change["type"])
            if change["type"] == "message":
                break
        assert "ephemeral" not in kinds


def test_a_thousand_messages_come_in_pages(world: World) -> None:
    for number in range(1000):
        world.story.say("bo", "#elsewhere", str(number))
    asked = {"as": world.user("ann"), "channel": world.channel("elsewhere"), "limit": 50}
    page = get(world, "messages", **asked)
    assert [message["text"] for message in page["messages"]] == [str(n) for n in range(950, 1000)]
    assert page["has_more"]
    earlier = get(world, "messages", before=page["messages"][0]["ts"], **asked)
    assert [message["text"] for message in earlier["messages"]] == [str(n) for n in range(900, 950)]


def test_threads_unread_marks_and_reading(world: World) -> None:
    parent = world.story.say("ann", "#ward", "first")
    reply = world.story.say("bo", "#ward", "second for @ann", thread=parent)
    later = world.story.say("bo", "#ward", "third, @ann")
    asked = {"as": world.user("ann")}
    thread = get(world, "thread", channel=parent.channel, ts=parent.ts, **asked)["messages"]
    assert [message["ts"] for message in thread] == [parent.ts, reply.ts]
    assert thread[0]["reply_count"] == 1
    ward = next(c for c in get(world, "state", **asked)["channels"] if c["name"] == "ward")
    assert (ward["unread"], ward["mentions"]) == (1, 1)
    post(world, "read", as_="ann", channel=parent.channel, ts=later.ts)
    ward = next(c for c in get(world, "state", **asked)["channels"] if c["name"] == "ward")
    assert (ward["unread"], ward["mentions"], ward["last_read"]) == (0, 0, later.ts)


def test_home_is_opened_and_its_change_is_streamed(world: World) -> None:
    with listening(world, "ann") as heard:
        asked = {"as": world.user("ann"), "app": world.installation.app_id}
        assert get(world, "home", **asked) == {"view": None}
        assert next_of(heard, "home")["view"]["type"] == "home"
        assert get(world, "home", **asked)["view"]["blocks"]


def test_the_clock_faults_deeds_and_traffic(world: World) -> None:
    before = world.clock.now().timestamp()
    with listening(world, "ann") as heard:
        assert post(world, "clock", jump="+1 hour")["now"] == before + 3600
        assert next_of(heard, "clock")["now"] == before + 3600
        assert post(world, "clock", by=60)["now"] == before + 3660
        assert post(world, "clock", to=before)["now"] == before
    assert post(world, "clock", jump="never")["ok"] is False
    available = get(world, "faults")["available"]
    assert {"accept_then_drop", "deliver_twice"} <= {fault["name"] for fault in available}
    assert post(world, "fault", name="refuse", method="auth.test", error="fatal_error")["ok"]
    assert [fault["name"] for fault in get(world, "faults")["active"]] == ["refuse"]
    assert post(world, "fault/clear")["ok"]
    assert get(world, "faults")["active"] == []
    assert post(world, "fault", name="earthquake")["ok"] is False
    assert post(world, "admin", do="archive_channel", channel=world.channel("ward"))["ok"]
    assert world.workspace.place("#ward").archived
    assert post(world, "admin", do="deactivate_user", user=world.user("bo"))["ok"]
    assert world.workspace.someone("bo").deleted
    assert "no deed called sing" in post(world, "admin", do="sing")["error"]
    world.client.auth_test()
    entries = get(world, "traffic", after=0)["entries"]
    assert {entry["what"] for entry in entries if entry["direction"] == "in"} == {"auth.test"}
    assert "xoxb" not in json.dumps(entries)


def test_two_hundred_commands_at_once(world: World) -> None:
    people = [world.workspace.someone("ann"), world.workspace.someone("bo")]
    with ThreadPoolExecutor(200) as pool:
        outcomes = list(
            pool.map(lambda number: world.story.command(people[number % 2], f"/echo {number}", "#ward"), range(200))
        )
    assert all(outcome.ok for outcome in outcomes)
    said = sorted(int(body["text"]) for body in world.tiny.heard if "command" in body)
    assert said == list(range(200))
    whispers = world.workspace.place("#ward").ephemerals
    assert sorted(int(message.text.rpartition(" ")[2]) for message in whispers) == list(range(200))


def test_the_page_itself_is_served(world: World) -> None:
    with urllib.request.urlopen(world.sandbox.url) as response:
        assert response.headers["Cache-Control"] == "no-cache"
        assert b"<html" in response.read()


def test_nothing_is_streamed_to_who_has_left(world: World) -> None:
    queue: Queue[Given] = Queue()
    watcher = world.sandbox.stream.watch(world.workspace.id, world.user("ann"), queue.put)
    world.sandbox.stream.unwatch(watcher)
    world.story.say("bo", "#ward", "hello")
    try:
        raise AssertionError(queue.get_nowait())
    except Empty:
        pass


def test_guests_see_only_where_they_are_members(world: World) -> None:
    state = get(world, "state", **{"as": world.user("gus")})
    assert [channel["name"] for channel in state["channels"]] == ["ward"]
    asked = {"as": world.user("gus"), "channel": world.channel("elsewhere")}
    assert get(world, "messages", **asked)["error"] == "channel_not_found"


def test_the_deactivated_do_nothing_more(world: World) -> None:
    world.workspace.place("#ward").members.append(world.user("old"))
    ward = world.channel("ward")
    assert post(world, "say", as_="old", channel=ward, text="x")["error"] == "account_inactive"
    assert post(world, "command", as_="old", channel=ward, text="/echo x")["error"] == "account_inactive"


def test_a_read_only_messages_tab(world: World) -> None:
    world.installation.app.manifest.messages_read_only = True
    direct = post(world, "open_dm", as_="ann", user=world.installation.bot_user_id)["channel"]
    assert post(world, "say", as_="ann", channel=direct, text="x")["error"] == "messages_tab_disabled"


def test_a_whisper_has_no_shortcuts(world: World) -> None:
    world.story.command("ann", "/echo psst", "#ward")
    whisper = world.story.sees_message("ann", "psst")
    answer = post(world, "shortcut", as_="ann", callback_id="keep", channel=whisper.channel, ts=whisper.ts)
    assert answer["ok"] is False
