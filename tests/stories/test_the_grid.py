"""An Enterprise Grid organisation installs Baton once; each workspace that it gives is one of its own.

The same people, by the same ids, are in both. The one token is good for whichever workspace the organisation gave, and
for nothing else: the sandbox refuses what does not say which one is meant.
"""

from datetime import timedelta

import pytest

from bot.app import slack_client
from bot.loading.directory import Directory, NotFound
from handlers import which_workspace
from sandbox.deeds import Administrator
from store import departments, installations, organisations, outbox, people
from store.queries import asks
from tests.stories.several import Browser, Grid
from tests.stories.test_department_settings import edit
from tests.stories.test_isolation import everything_said, rows_of, tell

GASKET = "@equipment Replace the gasket by December 11 3pm"


@pytest.fixture
def fresh(hospital_url):
    world = Grid(hospital_url)
    yield world
    world.close()


@pytest.fixture
def grid(hospital_url):
    world = Grid(hospital_url)
    yield world.serve()
    world.close()


def served(world):
    with world.ledger.reading() as connection:
        return dict(installations.workspaces_served(connection))


def stopped(world):
    with world.ledger.reading() as connection:
        return people.why_stopped(connection)


def test_whoever_installs_is_sent_on_to_add_workspaces_and_told_what_is_next_in_each(fresh):
    page = fresh.install_for_all()
    assert page.status == 200
    assert "Region has installed Baton" in page.plain
    assert "It is in none of its workspaces yet" in page.plain
    assert f"/manage/EREGION/integrations/profile/{fresh.app.id}/workspaces/add" in page.text
    assert served(fresh) == {}
    fresh.give(fresh.south)
    assert served(fresh) == {"TSOUTH": "South"}
    fresh.wait()
    fresh.south.slack.sees("gu", "感谢你添加 Baton", where="dm")
    fresh.give(fresh.north)
    fresh.wait()
    assert served(fresh) == {"TNORTH": "North", "TSOUTH": "South"}
    again = fresh.install_for_all()
    assert "It is in 2 of its workspaces" in again.plain
    fresh.wait()
    said = [text for text in everything_said(fresh.north) if "Baton" in text]
    assert len([text for text in said if "感谢你添加 Baton" in text]) == 2  # once for each workspace, not once more


def test_each_workspace_has_asks_of_its_own(grid):
    north, south = grid.north, grid.south
    assert north.slack.ask("ann", GASKET, channel="#ward").ok
    assert south.slack.ask("ann", "@equipment Replace the hose by December 11 3pm", channel="#ward").ok
    grid.wait()
    north.slack.sees("lin", "Replace the gasket", where="#equipment")
    south.slack.sees("lin", "Replace the hose", where="#equipment")
    assert north.look(asks.by_number, 1).what == "Replace the gasket"
    assert south.look(asks.by_number, 1).what == "Replace the hose"
    north.slack.sees("ann", "Filed as *#1*", where="ephemeral")
    south.slack.sees("ann", "Filed as *#1*", where="ephemeral")
    assert "gasket" not in "".join(str(one) for one in rows_of(south).values())


def test_a_button_is_about_the_workspace_it_was_posted_from_wherever_it_is_clicked(grid):
    """A person has one direct conversation with Baton in all their workspaces."""
    north, south = grid.north, grid.south
    north.slack.ask("ann", GASKET, channel="#ward")
    south.slack.ask("ann", "@equipment Replace the hose by December 11 3pm", channel="#ward")
    grid.wait()
    owned = south.slack.sees_message("lin", "Replace the gasket", where="dm")  # of the north, read in the south
    south.slack.click("lin", "Acknowledge", on=owned)
    grid.wait()
    assert north.look(asks.by_number, 1).stage == "acknowledged"
    assert south.look(asks.by_number, 1).stage == "open"


def test_a_form_is_about_the_workspace_it_was_opened_for(grid):
    north, south = grid.north, grid.south
    north.slack.ask("ann", GASKET, channel="#ward")
    south.slack.ask("ann", "@equipment Replace the hose by December 11 3pm", channel="#ward")
    grid.wait()
    owned = south.slack.sees_message("lin", "Replace the gasket", where="dm")
    south.slack.click("lin", "Ask a question", on=owned)
    south.slack.fill("lin", {"Your question": "Which analyser?"})
    assert south.slack.submit("lin") is None
    grid.wait()
    assert north.look(asks.by_number, 1).question.words == "Which analyser?"
    assert south.look(asks.by_number, 1).question is None
    shown = grid.sandbox.traffic.after(0)
    sent = next(one.request for one in shown if one.what.startswith("submit"))
    assert sent["team"] is None
    assert sent["user"]["team_id"] == south.id


def test_home_is_about_the_workspace_it_was_opened_in(grid):
    grid.north.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    for place, there in ((grid.north, True), (grid.south, False), (grid.north, True)):
        place.slack.open_home("ann")
        home = place.slack.reads("ann", where="home")
        assert ("gasket" in home) is there
        kept = place.workspace.views.homes["WANN", grid.app.id].body["private_metadata"]
        assert which_workspace.kept_in(kept)["workspace"] == place.id


def test_what_names_another_organisations_workspace_does_nothing_there(grid):
    """Nobody but Slack can say what a form kept, and still it counts for workspaces of its organisation only."""
    theirs = organisations.Theirs(grid.ledger, "EOTHER")
    body = {
        "type": "view_submission",
        "team": None,
        "user": {"id": "WANN", "team_id": "TELSE"},
        "view": {"team_id": "TELSE", "private_metadata": '{"workspace":"TNORTH"}'},
    }
    assert which_workspace.settle(body, theirs) == "TELSE"
    assert which_workspace.settle(body, organisations.Theirs(grid.ledger, "EREGION")) == "TNORTH"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"container": ["x"]},
        {"team": "TNORTH"},
        {"user": None, "team": None},
        {"view": {"private_metadata": 7}},
        {"message": "x", "container": None},
    ],
)
def test_what_slack_never_sends_is_refused_and_not_asked_for_again(grid, spoiled):
    told = {
        "type": "block_actions",
        "team": None,
        "enterprise": {"id": "EREGION"},
        "is_enterprise_install": True,
        "user": {"id": "WANN", "team_id": "TNORTH"},
        "channel": {"id": "CNORTHWARD"},
        "container": {"message_ts": "1.5"},
        "actions": [{"action_id": "acknowledge.as_asked", "block_id": "x", "value": "1"}],
    }
    assert tell(grid, told | spoiled)[0] in (200, 400)


def test_people_of_one_workspace_are_nobody_in_the_other(grid):
    """Ned is in the north. Named in the south, even by his id, he owns nothing there."""
    grid.south.slack.ask("ann", "@ned Buy a gasket by December 11 3pm", channel="#ward")
    grid.south.slack.sees("ann", "ned", where="ephemeral")
    named = {
        "command": "/ask",
        "text": "<@WNED|ned> Buy a gasket by December 11 3pm",
        "team_id": "TSOUTH",
        "enterprise_id": "EREGION",
        "is_enterprise_install": "true",
        "user_id": "WANN",
        "channel_id": "CSOUTHWARD",
        "trigger_id": "1.2.x",
    }
    status, answer = tell(grid, named)
    assert status == 200
    assert "Ned North works in no department that takes asks" in answer
    assert grid.south.look(people.find, "WNED").gone
    for place, errors in ((grid.south, ["Ned North cannot take an"]), (grid.north, [])):
        place.slack.ask("ann", GASKET, channel="#ward")
        grid.wait()
        place.slack.click("lin", "Hand over", on="Replace the gasket", where="#equipment")
        field = next(block for block in place.slack.modal("lin").blocks if "users_select" in str(block))
        typed = {"type": "users_select", "selected_user": "WNED"}
        place.slack.modal("lin").enter({field["block_id"]: {field["element"]["action_id"]: typed}})
        place.slack.fill("lin", {"What is done": "Looked at it"})
        said = place.slack.submitted("lin").errors.values()
        assert [text[:24] for text in said] == errors


def test_who_is_in_a_shared_channel_but_not_in_the_workspace_is_told_so(grid):
    """The channel of the south's card is shared with the north; somebody there clicks."""
    grid.south.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    card = grid.south.slack.sees_message("lin", "Replace the gasket", where="#equipment")
    north, south = grid.north.workspace, grid.south.workspace
    north.conversations[card.channel] = south.conversations[card.channel]
    south.conversations[card.channel].members.append("WNED")
    grid.north.slack.click("ned", "Acknowledge", on=card)
    grid.north.slack.sees("ned", "This is an ask of another workspace", where="ephemeral")
    assert grid.south.look(asks.by_number, 1).stage == "open"


def test_departments_name_people_of_their_own_workspace_by_handle_or_address(grid):
    token = grid.installation.bot_token
    here = Directory(slack_client(token, grid.sandbox.api_url, team_id="TNORTH"))
    there = Directory(slack_client(token, grid.sandbox.api_url, team_id="TSOUTH"))
    for name in ("@ned", "ned@north.example", "WNED"):
        assert here.person(name).id == "WNED"
        with pytest.raises(NotFound):
            there.person(name)


def test_whoever_leaves_one_workspace_stays_in_the_other(grid):
    for place in (grid.north, grid.south):
        place.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    grid.sandbox.grid.remove(grid.north.slack.person("lin"), grid.north.workspace)
    grid.north.slack.wait_until_quiet()
    assert grid.north.look(asks.by_number, 1).owner.id != "WLIN"
    assert grid.south.look(asks.by_number, 1).owner.id == "WLIN"
    grid.sandbox.grid.deactivate(grid.south.slack.person("lin"), grid.organisation)
    grid.north.slack.wait_until_quiet()
    assert grid.south.look(asks.by_number, 1).owner.id != "WLIN"


def test_a_workspace_that_is_taken_away_stops_and_goes_on_when_it_is_given_again(grid):
    grid.north.slack.ask("ann", GASKET, channel="#ward")
    grid.south.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    grid.sandbox.grid.withdraw(grid.installation, grid.north.workspace)
    grid.north.slack.wait_until_quiet()
    assert served(grid) == {"TSOUTH": "South"}
    assert stopped(grid) == {"TNORTH": "team_access_revoked"}
    before = len(everything_said(grid.south))
    grid.forward(hours=2, minutes=30)  # a nudge falls due in both, and stays in one
    assert grid.pending() == 1
    assert len(everything_said(grid.south)) == before + 1
    grid.give(grid.north)
    grid.wait()
    assert stopped(grid) == {}
    assert grid.pending() == 0
    assert grid.north.slack.ask("ann", GASKET, channel="#ward").ok
    grid.north.slack.sees("ann", "#2", where="ephemeral")


def test_that_a_workspace_was_taken_away_shows_when_nobody_told_us(grid):
    grid.app.manifest.bot_events = frozenset()
    grid.sandbox.grid.withdraw(grid.installation, grid.north.workspace)
    place = grid.north
    place.act(None, people_greeted, place.slack.person("gu").id)
    grid.ledger.after_commit()
    grid.wait()
    assert stopped(grid)["TNORTH"] in ("team_access_not_granted", "team_access_revoked")
    assert "TNORTH" not in served(grid)
    assert "TSOUTH" in served(grid)


def people_greeted(act, person_id):
    """Something for the courier to send to a channel."""
    department = next(one for one in departments.all_of(act) if one.channel_id)
    outbox.post(act, "standup", channel_id=department.channel_id, department=department.id)


def test_that_a_workspace_was_given_shows_when_nobody_told_us(fresh):
    fresh.app.manifest.bot_events = frozenset()
    fresh.install_for_all()
    fresh.give(fresh.north)
    assert served(fresh) == {}
    assert fresh.north.slack.command("ann", "/monkeys", channel="#ward").ok
    fresh.north.slack.sees("ann", "", where="ephemeral")
    assert list(served(fresh)) == ["TNORTH"]


def test_the_organisation_removes_it_and_everything_stops(grid):
    grid.south.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    grid.sandbox.grid.uninstall(grid.installation)
    grid.north.slack.wait_until_quiet()
    assert served(grid) == {}
    assert set(stopped(grid)) == {"TNORTH", "TSOUTH"}
    grid.forward(hours=2, minutes=30)
    assert grid.pending() == 1
    grid.install_for_all()
    assert grid.pending() == 1  # it is in none of its workspaces yet
    grid.give(grid.south)
    grid.wait()
    assert grid.pending() == 0
    assert list(stopped(grid)) == ["TNORTH"]


def test_a_workspaces_own_installation_gives_way_to_the_organisations(fresh):
    fresh.north.set_up()
    fresh.wait()
    fresh.north.slack.ask("ann", GASKET, channel="#ward")
    fresh.wait()
    assert fresh.north.look(installations.of).holder_id == "TNORTH"
    fresh.install_for_all()
    assert fresh.north.look(installations.of).holder_id == "TNORTH"
    fresh.give(fresh.north)
    fresh.north.slack.wait_until_quiet()
    assert fresh.north.look(installations.of).holder_id == "EREGION"
    assert stopped(fresh) == {}
    fresh.north.slack.ask("ann", GASKET, channel="#ward")
    fresh.north.slack.sees("ann", "#2", where="ephemeral")
    fresh.wait()
    assert fresh.pending() == 0


def test_background_work_renews_the_one_token_for_all(hospital_url):
    world = Grid(hospital_url, token_rotation=True)
    try:
        world.serve()
        for place in (world.north, world.south):
            place.slack.ask("ann", GASKET, channel="#ward")
        world.wait()
        before = world.north.look(installations.of).tokens
        world.forward(hours=24)  # the first token has ended; nudges are due in both
        world.wait()
        assert world.pending() == 0
        assert world.north.look(installations.of).tokens != before
        assert world.north.look(installations.of) == world.south.look(installations.of)
        assert stopped(world) == {}
    finally:
        world.close()


def test_who_comes_from_slacks_own_pages_is_sent_there_once_more(fresh):
    page = Browser().open(f"{fresh.home}/slack/oauth_redirect?code=x&state=")
    assert page.status == 200
    assert "go there once more from here" in page.plain
    assert "/oauth/v2/authorize" in page.text


def test_slacks_do_not_disturb_is_asked_of_the_workspace(grid):
    lin = grid.south.slack.person("lin")
    now = grid.clock.now()
    for place in (grid.north, grid.south):
        Administrator(grid.sandbox, place.workspace).disturb_not(
            place.slack.person("lin"), now, now + timedelta(hours=5)
        )
    grid.south.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    grid.forward(hours=2, minutes=30)
    grid.south.slack.sees_not(lin, "waits to hear", where="dm")
    grid.forward(hours=3)
    grid.south.slack.sees(lin, "waits to hear", where="dm")


def test_a_forms_question_to_slack_is_about_its_workspace(grid):
    """Slack says of a form that is sent no workspace, and its list of user groups wants one."""
    slack = grid.south.slack
    group = slack.workspace.add_usergroup(handle="devices", name="Devices", users=["lin"])
    slack.command("lin", "/dept @equipment", "#equipment")
    edit(slack, slack.person("lin"), "Names and channel")
    slack.fill("lin", {"User group": "@devices"})
    assert slack.submit("lin") is None
    assert group.id in [one.usergroup_id for one in grid.south.look(departments.all_of)]


def test_an_administrator_of_slack_archives_a_channel_of_one(grid):
    """A conversation's fault stays in its workspace."""
    equipment = grid.north.workspace.place("#equipment")
    Administrator(grid.sandbox, grid.north.workspace).archive(equipment)
    for place in (grid.north, grid.south):
        place.slack.ask("ann", GASKET, channel="#ward")
    grid.wait()
    assert stopped(grid) == {}
    grid.south.slack.sees("lin", "Replace the gasket", where="#equipment")
