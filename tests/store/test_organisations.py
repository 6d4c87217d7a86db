"""An organisation's token serves those of its workspaces that joined; each stops, and goes on, by itself."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from store import installations, organisations, parcels, people
from store.installations import Installation, Tokens
from store.parcels import Arrival
from store.people import Profile
from store.tables import outbox as outbox_table
from tests.store.world import TEAM, World

REGION = "EREGION"


def whole(world: World, holder_id: str = REGION) -> Installation:
    return Installation(
        holder_id=holder_id,
        name="Region",
        app_id="A1",
        bot_user_id="WBOT",
        bot_id="B1",
        scopes="commands",
        installed_by="WGU",
        tokens=Tokens("sealed"),
        installed_at=world.now,
        renewed_at=world.now,
    )


def gu(handle: str = "gu") -> Profile:
    return Profile("WGU", handle, "Gu", None, None, "UTC", False, False, True, False)


def install(world: World, installation: Installation, workspace_id: str = "") -> None:
    world.ledger.act(installations.install, workspace_id, None, world.now, None, installation, None)


def join(world: World, workspace_id: str, enterprise_id: str = REGION, installer: Profile | None = None) -> None:
    world.ledger.act(
        organisations.join, workspace_id, None, world.now, None, enterprise_id, workspace_id.title(), installer
    )


def leave(world: World, workspace_id: str, enterprise_id: str = REGION) -> None:
    world.ledger.act(organisations.leave, workspace_id, None, world.now, None, enterprise_id)


def served_by(world: World, workspace_id: str) -> str | None:
    found = world.ledger.look(installations.of, workspace_id, world.now)
    return found.holder_id if found else None


def stopped(world: World) -> dict[str, str]:
    with world.ledger.reading() as connection:
        return people.why_stopped(connection)


def test_a_workspace_joins_leaves_and_joins_again(world: World) -> None:
    install(world, whole(world))
    assert served_by(world, "TNORTH") is None
    join(world, "TNORTH")
    assert served_by(world, "TNORTH") == REGION
    leave(world, "TNORTH", "EOTHER")
    assert served_by(world, "TNORTH") == REGION
    leave(world, "TNORTH")
    assert served_by(world, "TNORTH") is None
    assert stopped(world) == {"TNORTH": "team_access_revoked"}
    join(world, "TNORTH")
    assert served_by(world, "TNORTH") == REGION
    assert stopped(world) == {}


def test_whoever_installed_is_welcomed_once_in_each_workspace(world: World) -> None:
    install(world, whole(world))
    for _ in range(2):
        join(world, "TNORTH", installer=gu())
        join(world, "TSOUTH", installer=gu("gu2"))
    with world.ledger.reading() as connection:
        said = connection.execute(
            select(outbox_table.c.workspace_id).where(outbox_table.c.message == "installed")
        ).scalars()
        assert sorted(said) == ["TNORTH", "TSOUTH"]
        assert organisations.that_know(connection, REGION, "WGU") == ["TNORTH", "TSOUTH"]
        assert organisations.that_know(connection, "EOTHER", "WGU") == []


def test_what_slacks_list_says_is_compared_with_who_joined() -> None:
    joined = {"TA": True, "TB": False, "TC": True}
    assert organisations.differs({"TA": "A", "TB": "B", "TD": "D"}, joined) == (["TB", "TD"], ["TC"])
    assert organisations.differs({}, {}) == ([], [])


def test_a_token_of_its_own_goes_first_and_gives_way(world: World) -> None:
    install(world, whole(world))
    join(world, "TNORTH")
    install(world, whole(world, "TNORTH"), "TNORTH")
    assert served_by(world, "TNORTH") == "TNORTH"
    later = world.now + timedelta(seconds=1)
    world.ledger.act(installations.remove, "TNORTH", None, later, None, "app_uninstalled", later)
    assert served_by(world, "TNORTH") == REGION
    assert stopped(world) == {}


def test_the_organisations_end_is_the_end_of_all_that_have_no_token_of_their_own(world: World) -> None:
    install(world, whole(world))
    for one in ("TNORTH", "TSOUTH", "TWEST"):
        join(world, one)
    install(world, whole(world, "TWEST"), "TWEST")
    later = world.now + timedelta(seconds=1)
    world.ledger.act(installations.remove, REGION, None, later, None, "app_uninstalled", later, REGION)
    assert [served_by(world, one) for one in ("TNORTH", "TSOUTH", "TWEST")] == [None, None, "TWEST"]
    assert stopped(world) == {"TNORTH": "app_uninstalled", "TSOUTH": "app_uninstalled"}
    install(world, replace(whole(world), installed_at=later))
    assert served_by(world, "TNORTH") is None  # it has to be given again


def test_which_workspace_a_message_was_posted_from_is_known_within_the_organisation_only(world: World) -> None:
    world.file()
    install(world, whole(world))
    now = world.now
    wall = now + timedelta(minutes=1)
    parcel = world.act(None, parcels.claim, wall)[0]
    world.act(None, parcels.settle, [Arrival(parcel, "C1", "1.5")])
    theirs, others = organisations.Theirs(world.ledger, REGION), organisations.Theirs(world.ledger, "EOTHER")
    assert theirs.posted_from("C1", "1.5") is None  # it has not joined
    join(world, TEAM)
    assert theirs.posted_from("C1", "1.5") == TEAM
    assert theirs.posted_from("C1", "1.6") is None
    assert theirs.posted_from("C2", "1.5") is None
    assert others.posted_from("C1", "1.5") is None
    assert theirs.has(TEAM)
    assert not others.has(TEAM)
    assert not theirs.has("TNORTH")
