"""What is put into the outbox reaches Slack once, whatever happens to Slack, the network or us."""

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot import courier as courier_module
from bot.pacing import Pace
from bot.sending import MOST_TRIES
from handlers import messages
from sandbox.deeds import Administrator
from sandbox.messages import Message
from store import acknowledging, feeding, outbox, parcels, people, troubles
from store.parcels import Parcel
from store.queries import asks
from store.refusals import LedgerUnavailable
from tests.bot.conftest import Couriers
from tests.hospital import Hospital

SOON = timedelta(seconds=61)  # past the lease


def said(hospital: Hospital, place: str) -> list[Message]:
    """What Baton has said in a channel, or in somebody's direct messages (`@handle`), oldest first."""
    workspace = hospital.slack.workspace
    bot = hospital.trial.installation.bot_user_id
    if place.startswith("@"):
        members = {bot, workspace.someone(place).id}
        found = [one for one in workspace.conversations.values() if one.is_direct and set(one.members) == members]
    else:
        found = [workspace.place(place)]
    return [message for one in found for message in one.messages.values() if message.user == bot]


def claim(hospital: Hospital, at: datetime | None = None) -> list[Parcel]:
    """What a courier that dies right afterwards would have claimed, now by the ledger's clock or `at` an instant."""
    return hospital.ledger.act(parcels.claim, "", None, at or hospital.clock.now(), None, datetime.now(UTC))


def test_what_is_put_leaves_at_once_and_is_known_by_its_place(hospital):
    ask = hospital.file()
    assert hospital.baton.courier.drain(5)
    (card,) = said(hospital, "#equipment")
    (to_lin,) = said(hospital, "@lin")
    assert hospital.look(asks.by_id, ask.id).card.ts == card.ts
    assert ask.what in to_lin.text or any(ask.what in str(block) for block in to_lin.blocks)
    assert hospital.pending() == 0


def test_an_ask_that_moves_is_edited_where_it_stands(hospital):
    ask = hospital.file()
    assert hospital.baton.courier.drain(5)
    before = said(hospital, "#equipment")[0].text
    hospital.act("lin", acknowledging.acknowledge, ask.number)
    assert hospital.baton.courier.drain(5)
    (card,) = said(hospital, "#equipment")
    (to_lin,) = said(hospital, "@lin")
    assert card.edited is not None
    assert card.text != before
    assert to_lin.edited is not None
    assert len(said(hospital, "@ann")) == 1


def test_an_edit_passes_over_a_message_that_somebody_deleted(hospital):
    ask = hospital.file()
    assert hospital.baton.courier.drain(5)
    said(hospital, "#equipment")[0].deleted = True
    hospital.act("lin", acknowledging.acknowledge, ask.number)
    assert hospital.baton.courier.drain(5)
    assert hospital.pending() == 0
    assert said(hospital, "@lin")[0].edited is not None


def test_a_note_stands_in_the_thread_of_the_card(hospital):
    ask = hospital.file()
    hospital.act("lin", feeding.note, ask.number, "The gasket is ordered")
    assert hospital.baton.courier.drain(5)
    card, note = said(hospital, "#equipment")
    assert note.thread_ts == card.ts


@pytest.mark.parametrize(
    ("fault", "reached"),
    [
        ("accept_then_drop", True),
        ("drop", False),
        ("error_before", False),
        ("error_after", True),
        ("internal_error_after", True),
    ],
)
def test_an_unclear_end_is_looked_up_before_anything_is_said_again(hospital, fault, reached):
    hospital.sandbox.faults.add(fault, method="chat.postMessage", times=2)
    hospital.file()
    assert hospital.baton.courier.drain(5)
    assert len(said(hospital, "#equipment")) == int(reached)
    assert hospital.pending() == 2
    hospital.clock.forward(seconds=1)
    assert hospital.pending() == 0
    assert len(said(hospital, "#equipment")) == 1
    assert len(said(hospital, "@lin")) == 1
    assert hospital.look(asks.by_number, 1).card.ts == said(hospital, "#equipment")[0].ts


def test_a_note_whose_end_is_unclear_is_found_in_its_thread(hospital):
    ask = hospital.file()
    assert hospital.baton.courier.drain(5)
    hospital.sandbox.faults.add("accept_then_drop", method="chat.postMessage")
    hospital.act("lin", feeding.note, ask.number, "The gasket is ordered")
    hospital.baton.courier.drain(5)
    hospital.clock.forward(seconds=1)
    assert len(said(hospital, "#equipment")) == 2
    assert hospital.pending() == 0


def test_where_the_history_may_not_be_read_it_is_said_rather_than_lost(hospital):
    hospital.sandbox.faults.add("drop", method="chat.postMessage", times=2)
    hospital.file()
    hospital.baton.courier.drain(5)
    hospital.sandbox.faults.add("refuse", method="conversations.history", error="missing_scope", times=2)
    hospital.clock.forward(seconds=1)
    assert len(said(hospital, "#equipment")) == 1
    assert hospital.pending() == 0


def test_while_the_history_does_not_answer_nothing_is_said(hospital):
    hospital.sandbox.faults.add("accept_then_drop", method="chat.postMessage", times=2)
    hospital.file()
    hospital.baton.courier.drain(5)
    hospital.sandbox.faults.add("error_before", method="conversations.history", times=2)
    hospital.clock.forward(seconds=1)
    assert hospital.pending() == 2
    hospital.clock.forward(seconds=2)
    assert hospital.pending() == 0
    assert len(said(hospital, "#equipment")) == 1


def test_a_courier_that_died_before_it_spoke_is_followed_by_another(still, couriers: Couriers):
    still.file()
    assert len(claim(still)) == 2
    early = couriers.hire()
    early.drain(1)
    assert said(still, "#equipment") == []  # the lease still runs
    early.stop()
    assert couriers.hire(wall_ahead=SOON).drain(5)
    assert len(said(still, "#equipment")) == 1
    assert len(said(still, "@lin")) == 1


def test_a_courier_that_died_after_it_spoke_is_not_repeated(still, couriers: Couriers):
    still.file()
    for parcel in claim(still):
        still.baton.client.chat_postMessage(
            channel=parcel.channel_id or parcel.person_id,
            text="said by the one who died",
            metadata={"event_type": "baton", "event_payload": {"nonce": parcel.nonce}},
        )
    assert couriers.hire(wall_ahead=SOON).drain(5)
    (card,) = said(still, "#equipment")
    assert len(said(still, "@lin")) == 1
    assert still.look(asks.by_number, 1).card.ts == card.ts
    assert still.pending() == 0


def test_an_earlier_message_is_found_behind_many_later_ones(still, couriers: Couriers):
    still.file()
    (card, _) = sorted(claim(still), key=lambda parcel: parcel.message)
    metadata = {"event_type": "baton", "event_payload": {"nonce": card.nonce}}
    still.baton.client.chat_postMessage(channel=card.channel_id, text="the card", metadata=metadata)
    for number in range(250):
        still.slack.say("lin", "#equipment", f"chatter {number}")
    assert couriers.hire(wall_ahead=SOON).drain(5)
    assert len(said(still, "#equipment")) == 1


def test_two_couriers_say_it_once(still, couriers: Couriers):
    for number in range(12):
        still.file(what=f"ask {number}")
    both = [couriers.hire(), couriers.hire()]
    assert all(courier.drain(10) for courier in both)
    assert still.pending() == 0
    assert len(said(still, "#equipment")) == 12
    assert len(said(still, "@lin")) == 12


@pytest.mark.parametrize("hours", [1, -3])
def test_couriers_on_a_computer_whose_clock_is_set_say_it_once(still, couriers: Couriers, monkeypatch, hours):
    """What waits for its turn in one courier's hand would be the other's as well, as its lease has run out."""
    monkeypatch.setattr(courier_module, "LONGEST_CALL", timedelta(seconds=0.5))
    monkeypatch.setattr(parcels, "LEASE", timedelta(seconds=5))  # for what was claimed just as the clock was set
    for number in range(6):
        still.file(what=f"ask {number}")
    turns = [0.0]
    slow = couriers.hire(pace=Pace(monotonic=lambda: turns[0]))
    while len(said(still, "#equipment")) < 3:  # the burst; the rest is in its hand and waits
        slow.drain(0.1)
    couriers.set_by = timedelta(hours=hours)
    other = couriers.hire()
    deadline = time.monotonic() + 30
    while still.pending() and time.monotonic() < deadline:  # for some seconds neither dares to claim
        turns[0] += 1
        other.drain(1)
        slow.drain(1)
        still.clock.forward(seconds=2)  # whatever failed on the way is tried again
        time.sleep(0.1)
    assert still.pending() == 0
    assert len(said(still, "#equipment")) == 6
    assert len(said(still, "@lin")) == 6


def test_a_message_put_while_our_clock_was_ahead_is_found_on_slack(still, couriers: Couriers):
    still.clock.forward(hours=3)
    still.file()
    still.clock.forward(hours=-3)
    for parcel in claim(still, at=still.clock.now() + timedelta(hours=3)):
        still.baton.client.chat_postMessage(
            channel=parcel.channel_id or parcel.person_id,
            text="said by the one who died",
            metadata={"event_type": "baton", "event_payload": {"nonce": parcel.nonce}},
        )
    still.clock.forward(hours=3)
    assert couriers.hire(wall_ahead=SOON).drain(5)
    assert len(said(still, "#equipment")) == 1
    assert len(said(still, "@lin")) == 1


def test_a_database_that_fails_while_a_message_is_worded_costs_no_message(still, couriers: Couriers):
    asked = []

    def locked(look, *rest):
        asked.append(rest)
        if len(asked) <= 2 * MOST_TRIES + 4:
            raise LedgerUnavailable("database is locked")
        return messages.compose(look, *rest)

    still.file()
    courier = couriers.hire(compose=locked)
    for _ in range(2 * MOST_TRIES + 8):
        courier.drain(5)
        still.clock.forward(minutes=2)
    assert courier.drain(5)
    assert still.pending() == 0
    assert len(said(still, "#equipment")) == 1
    assert len(said(still, "@lin")) == 1


def test_one_conversation_hears_things_in_the_order_in_which_they_happened(still, couriers: Couriers):
    for number in range(10):
        still.file(what=f"ask {number}")
    assert couriers.hire().drain(10)
    cards = sorted(said(still, "#equipment"), key=lambda message: float(message.ts))
    assert [next(n for n in range(10) if f"ask {n}" in card.text) for card in cards] == list(range(10))


def test_a_429_quiets_that_method_only_and_for_as_long_as_slack_says(hospital):
    ask = hospital.file()
    hospital.baton.courier.drain(5)
    hospital.sandbox.faults.add("rate_limited", method="chat.postMessage", seconds=30)
    hospital.act("lin", acknowledging.acknowledge, ask.number)
    hospital.baton.courier.drain(5)
    assert said(hospital, "@ann") == []
    assert said(hospital, "#equipment")[0].edited is not None  # edits go on
    assert hospital.pending() == 1
    assert hospital.baton.courier._pace.held_for(hospital.workspace_id, "chat.postMessage") > 20


def test_after_a_429_the_message_comes_once(still, couriers: Couriers):
    now = [1000.0]
    pace = Pace(limited=False, monotonic=lambda: now[0])
    still.file()
    still.sandbox.faults.add("rate_limited", method="chat.postMessage", seconds=7)
    courier = couriers.hire(pace=pace)
    while not pace.held_for(still.workspace_id, "chat.postMessage"):
        courier.drain(0.1)
    courier.drain(1)
    now[0] += 7
    still.clock.forward(seconds=7)
    assert courier.drain(5)
    assert still.pending() == 0
    assert len(said(still, "#equipment")) == 1
    assert len(said(still, "@lin")) == 1


@pytest.mark.parametrize(("deed", "code"), [("archive", "is_archived"), ("leave", "not_in_channel")])
def test_a_channel_that_refuses_is_told_to_each_owner_and_to_the_lead_once(hospital, deed, code):
    admin = Administrator(hospital.sandbox, hospital.slack.workspace)
    place = hospital.slack.workspace.place("#equipment")
    if deed == "archive":
        admin.archive(place)
    else:
        admin.leave(hospital.slack.person(hospital.trial.installation.bot_user_id), place)
    for what in ("The first repair", "The second repair"):
        hospital.file(what=what, service="Repair a device")
        assert hospital.baton.courier.drain(5)
    assert hospital.pending() == 0
    assert said(hospital, "#equipment") == []
    assert [(one.channel_id, one.fault) for one in hospital.look(troubles.listed)] == [(place.id, code)]
    assert len(said(hospital, "@pia")) == 4  # twice "you own", twice the trouble
    assert len(said(hospital, "@lin")) == 1


def test_a_message_that_slack_finds_too_long_is_given_up_without_alarm(hospital):
    hospital.sandbox.faults.add("refuse", method="chat.postMessage", error="msg_too_long", times=2)
    hospital.file()
    assert hospital.baton.courier.drain(5)
    assert hospital.pending() == 0
    assert hospital.look(troubles.listed) == []


def test_once_the_channel_is_open_again_the_trouble_is_over(hospital):
    admin = Administrator(hospital.sandbox, hospital.slack.workspace)
    place = hospital.slack.workspace.place("#equipment")
    admin.archive(place)
    hospital.file()
    assert hospital.baton.courier.drain(5)
    assert [one.fault for one in hospital.look(troubles.listed)] == ["is_archived"]
    admin.archive(place, archived=False)
    hospital.file(what="Another")
    assert hospital.baton.courier.drain(5)
    assert hospital.look(troubles.listed) == []


def test_a_revoked_token_stops_the_workspace_until_it_is_back(hospital):
    token = hospital.trial.installation.bot_token
    hospital.sandbox.grants[token].revoked = True
    hospital.file()
    assert hospital.baton.courier.drain(5)
    assert hospital.pending() == 2
    hospital.clock.forward(hours=1)
    assert hospital.pending() >= 2
    hospital.sandbox.grants[token].revoked = False
    hospital.baton.meet_workspace()
    hospital.clock.forward(minutes=1)
    assert len(said(hospital, "#equipment")) == 1
    assert hospital.pending() == 0


def test_a_workspace_without_a_token_is_left_in_peace(still, couriers: Couriers):
    still.file()
    assert couriers.hire(client_of=lambda workspace_id: None).drain(5)
    assert said(still, "#equipment") == []
    assert still.pending() == 2


def test_a_message_that_we_cannot_word_holds_up_nobody_else(still, couriers: Couriers):
    def clumsy(look, message, *rest):
        if message == "ask_card":
            raise RuntimeError("cannot say it")
        return messages.compose(look, message, *rest)

    still.file()
    courier = couriers.hire(compose=clumsy)
    assert courier.drain(5)
    assert len(said(still, "@lin")) == 1
    assert still.pending() == 1
    for _ in range(12):
        still.clock.forward(minutes=2)
        courier.drain(5)
    assert still.pending() == 0
    assert said(still, "#equipment") == []


def test_what_has_become_needless_is_not_said(still, couriers: Couriers):
    still.file()
    assert couriers.hire(compose=lambda *_: None).drain(5)
    assert still.pending() == 0
    assert said(still, "#equipment") == []


def test_at_the_end_what_waits_for_its_turn_goes_back(still, couriers: Couriers):
    now = [0.0]
    courier = couriers.hire(pace=Pace(monotonic=lambda: now[0]))
    for number in range(6):
        still.file(what=f"ask {number}")
    for _ in range(100):
        if courier.drain(0.05) or len(said(still, "#equipment")) >= 3:
            break
    courier.drain(0.2)
    assert len(said(still, "#equipment")) == 3  # the burst; then a second each, which never passes here
    courier.stop()
    claimed = claim(still)
    assert claimed
    assert not any(parcel.unclear for parcel in claimed)


def test_the_end_waits_for_what_is_on_its_way(still, couriers: Couriers):
    still.sandbox.faults.add("slow", method="chat.postMessage", seconds=0.4, times=2)
    courier = couriers.hire()
    still.file()
    under_way = threading.Event()
    for _ in range(200):
        if still.sandbox.traffic.quiet_for() == 0:
            under_way.set()
            break
        threading.Event().wait(0.005)
    assert under_way.is_set()
    courier.stop()
    assert still.pending() == 0


def test_one_workspace_with_much_to_say_holds_up_no_other(still, couriers: Couriers):
    """Slack lets it say forty things, and then nothing for as long as this lasts."""
    ward = still.slack.workspace.place("#ward").id

    def much(act) -> None:
        for number in range(600):
            outbox.post(act, "note", channel_id=f"C{number}")

    still.act(None, much)
    now = still.clock.now()
    still.ledger.act(people.ensure_workspace, "T2", None, now, None, "Another")
    still.ledger.act(outbox.post, "T2", None, now, None, "note", channel_id=ward)
    courier = couriers.hire(pace=Pace(monotonic=lambda: 0.0), compose=lambda *_: {"text": "hello", "blocks": []})
    for _ in range(20):
        courier.drain(0.5)
        if said(still, "#ward"):
            break
    assert len(said(still, "#ward")) == 1


def test_no_call_begins_when_another_may_have_taken_the_message(still, couriers: Couriers, monkeypatch, caplog):
    monkeypatch.setattr(courier_module, "WORKERS", 1)
    monkeypatch.setattr(courier_module, "LONGEST_CALL", parcels.LEASE - timedelta(seconds=0.3))
    caplog.set_level("INFO", "baton.courier")
    still.sandbox.faults.add("slow", method="chat.postMessage", seconds=0.8)
    still.file()
    assert couriers.hire().drain(10)
    assert [record.code for record in caplog.records if record.msg == "postponed"] == ["too slow"]
    assert still.pending() == 0
    assert len(said(still, "#equipment")) == 1
    assert len(said(still, "@lin")) == 1


def test_what_arrived_while_the_ledger_was_locked_is_written_down_afterwards(still, couriers: Couriers):
    still.sandbox.faults.add("slow", method="chat.postMessage", seconds=0.5, times=2)
    still.file()
    courier = couriers.hire()
    while still.sandbox.traffic.quiet_for() > 0:
        threading.Event().wait(0.005)
    with still.ledger.engine.connect().execution_options(baton_write=True) as other, other.begin():
        if other.dialect.name == "postgresql":
            other.exec_driver_sql("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        threading.Event().wait(2)
        assert len(said(still, "#equipment")) == 1
    assert courier.drain(5)
    assert still.pending() == 0
    assert "conversations.history" not in {entry.what for entry in still.sandbox.traffic.after(0)}
    assert len(said(still, "#equipment")) == 1


def test_many_asks_to_one_department_stay_under_slacks_limits(still, couriers: Couriers):
    """Slack's own limits on the real clock, five times faster: nothing is refused, all arrives in order."""
    started = datetime.now(UTC)

    def faster() -> float:
        return (datetime.now(UTC) - started).total_seconds() * 5

    still.sandbox.rates.enabled = True
    still.sandbox.rates.clock = _Faster(still.clock.now(), faster)
    courier = couriers.hire(pace=Pace(monotonic=faster))
    for number in range(14):
        still.file(what=f"ask {number}")
    for _ in range(20):
        if courier.drain(2) and still.pending() == 0:
            break
        still.clock.forward(seconds=30)
    refused = [entry for entry in still.sandbox.traffic.after(0) if entry.status == 429]
    assert refused == []
    assert len(said(still, "#equipment")) == 14
    stamps = [float(message.ts) for message in said(still, "#equipment")]
    assert all(before < after for before, after in pairwise(stamps))


class _Faster:
    """A clock for the sandbox's rate limits."""

    def __init__(self, start: datetime, seconds) -> None:
        self._start, self._seconds = start, seconds

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._seconds())
