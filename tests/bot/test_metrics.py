"""/metrics: what people do and what Slack does is counted; the board and the alerts read what is there."""

import json
import re
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import MOST_CODES, Metrics
from bot.slack_faults import FAULTS
from store import acknowledging
from store.refusals import LedgerUnavailable, NotYours
from tests.hospital import Hospital

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations"


def figures(metrics: Metrics) -> dict[str, float]:
    """Each sample by its name and labels: `baton_moves_total{move=file}`."""
    found = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_a_story_is_counted(hospital: Hospital):
    slack, metrics = hospital.slack, hospital.baton.metrics
    ann, lin = slack.person("ann"), slack.person("lin")
    slack.ask(ann, "@equipment Replace the gasket by Friday 3pm")
    hospital.clock.forward(hours=1)
    slack.click(lin, "Acknowledge")
    hospital.clock.forward(hours=73)
    seen = figures(metrics)
    assert seen["baton_asks_filed_total"] == 1
    assert seen["baton_moves_total{move=acknowledge}"] == 1
    assert seen["baton_acknowledged_after_seconds_sum"] == 3600
    assert seen["baton_messages_sent_total{message=ask_card}"] == 1
    assert seen["baton_messages_sent_total{message=you_own}"] == 1
    assert seen["baton_nudge_lateness_seconds_count"] >= 1
    assert seen["baton_answer_seconds_count{kind=command}"] >= 1
    assert (seen["baton_outbox_depth"], seen["baton_ledger_up"]) == (0, 1)


def test_what_was_refused_is_counted_and_not_as_a_move(still: Hospital):
    still.file()
    with pytest.raises(NotYours):
        still.act("vera", acknowledging.acknowledge, 1)
    seen = figures(still.baton.metrics)
    assert seen["baton_refusals_total{kind=NotYours}"] == 1
    assert seen["baton_moves_total{move=acknowledge}"] == 0


def test_what_waits_in_the_outbox_is_read_when_somebody_asks(still: Hospital):
    still.file()
    still.trial.clock.forward(minutes=5)
    seen = figures(still.baton.metrics)
    assert seen["baton_outbox_depth"] == still.pending() > 0
    assert seen["baton_outbox_age_seconds"] == timedelta(minutes=5).total_seconds()


def test_a_silent_ledger_is_told_and_the_rest_stays(still: Hospital, monkeypatch: pytest.MonkeyPatch):
    def gone() -> None:
        raise LedgerUnavailable("gone")

    still.file()
    monkeypatch.setattr(still.ledger, "reading", gone)
    seen = figures(still.baton.metrics)
    assert (seen["baton_ledger_up"], seen["baton_asks_filed_total"]) == (0, 1)
    assert "baton_outbox_depth" not in seen


def test_how_slack_fails_is_counted_by_few_words(still: Hospital):
    metrics, client = still.baton.metrics, still.baton.client
    place = still.slack.workspace.place("#equipment").id
    still.sandbox.faults.add("rate_limited", method="chat.postMessage", seconds=30)
    still.sandbox.faults.add("error_before", method="users.info")
    still.sandbox.faults.add("drop", method="conversations.info")
    for call in (
        lambda: client.chat_postMessage(channel=place, text="hello"),
        lambda: client.users_info(user="UANN"),
        lambda: client.conversations_info(channel=place),
        lambda: client.views_open(trigger_id="made up", view={}),
    ):
        with pytest.raises(FAULTS):
            call()
    seen = figures(metrics)
    assert seen["baton_slack_rate_limited_total{method=chat.postMessage}"] == 1
    assert seen["baton_slack_rate_limited_seconds_total{method=chat.postMessage}"] == 30
    errors = {name: many for name, many in seen.items() if name.startswith("baton_slack_errors_total")}
    assert sum(errors.values()) == 3
    assert any("method=users.info" in name and "code=http_5" in name for name in errors)
    assert any("method=conversations.info" in name for name in errors)
    assert any("method=views.open" in name for name in errors)


def test_what_is_posted_to_a_response_url_is_counted_too(hospital: Hospital):
    client = hospital.baton.client
    post = hospital.baton.metrics.calls.answering(f"{hospital.sandbox.url}/actions/made-up", ssl=client.ssl)
    post(text="hello")
    seen = figures(hospital.baton.metrics)
    assert [name for name in seen if name.startswith("baton_slack_errors_total{code=http_4")] == [
        "baton_slack_errors_total{code=http_404,method=response_url}"
    ]


def test_words_that_slack_makes_up_are_counted_as_others(still: Hospital):
    for number in range(MOST_CODES + 40):
        still.sandbox.faults.add("refuse", method="users.info", error=f"made_up_{number}")
        with pytest.raises(FAULTS):
            still.baton.client.users_info(user="UANN")
    seen = figures(still.baton.metrics)
    assert seen["baton_slack_errors_total{code=other,method=users.info}"] == 40


def test_what_is_given_up_is_counted(hospital: Hospital):
    hospital.sandbox.faults.add("refuse", method="chat.postMessage", error="msg_too_long", times=2)
    hospital.file()
    assert hospital.baton.courier.drain(5)
    seen = figures(hospital.baton.metrics)
    assert seen["baton_messages_given_up_total{message=ask_card}"] == 1
    assert seen["baton_slack_errors_total{code=msg_too_long,method=chat.postMessage}"] == 2


def test_they_stand_at_metrics_or_on_a_port_of_their_own(hospital: Hospital):
    front = hospital.baton.front
    assert front is not None
    with urllib.request.urlopen(front.url.replace("/slack/events", "/metrics")) as answer:
        assert b"baton_outbox_depth" in answer.read()
        assert answer.headers["content-type"].startswith("text/plain")
    own = hospital.baton.show_figures("127.0.0.1", 0)
    with urllib.request.urlopen(own.url.replace("/slack/events", "/metrics")) as answer:
        assert b"baton_asks_filed_total" in answer.read()


def test_the_board_and_the_alerts_read_what_is_there(hospital: Hospital):
    there = set(figures_names(hospital.baton.metrics))
    board = json.loads((OPERATIONS / "grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    rules = [rule for group in _alerts()["groups"] for rule in group["rules"]]
    asked += [rule["expr"] for rule in rules]
    assert len(asked) > 15
    for expression in asked:
        named = set(re.findall(r"\b(?:baton|process)_[a-z_]+", expression))
        assert named, expression
        assert named <= there, expression
    assert {name for name in there if name.startswith("baton_")} <= {
        name for expression in asked for name in re.findall(r"\bbaton_[a-z_]+", expression)
    }, "a figure that nobody looks at"


def test_the_board_can_be_imported():
    board = json.loads((OPERATIONS / "grafana.json").read_text(encoding="utf-8"))
    assert {"title", "uid", "schemaVersion", "panels", "templating", "time"} <= set(board)
    numbers = [panel["id"] for panel in board["panels"]]
    assert len(numbers) == len(set(numbers))
    for panel in board["panels"]:
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24
        if panel["type"] != "row":
            assert panel["fieldConfig"]["defaults"]["unit"]
            assert panel["description"]
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    taken = [
        (p["gridPos"]["x"] + x, p["gridPos"]["y"] + y)
        for p in board["panels"]
        for x in range(p["gridPos"]["w"])
        for y in range(p["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken)), "panels lie on each other"


def test_each_alert_says_what_to_do():
    for group in _alerts()["groups"]:
        assert set(group) == {"name", "rules"}
        for rule in group["rules"]:
            assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
            assert re.fullmatch(r"\d+[smhd]", rule["for"])
            assert rule["labels"]["severity"] in ("page", "ticket")
            assert set(rule["annotations"]) == {"summary", "description"}


def figures_names(metrics: Metrics) -> list[str]:
    """The names of the samples that there are, or will be once something is counted."""
    names = []
    for family in text_string_to_metric_families(metrics.text().decode()):
        names += [sample.name for sample in family.samples]
        if family.type == "counter":
            names.append(f"{family.name}_total")
        if family.type == "histogram":
            names += [f"{family.name}_{part}" for part in ("bucket", "sum", "count")]
    return [name for name in names if not name.endswith("_created")]


def _alerts() -> dict:
    return yaml.safe_load((OPERATIONS / "alerts.yml").read_text(encoding="utf-8"))
