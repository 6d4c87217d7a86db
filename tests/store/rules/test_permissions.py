"""Who may do what to a department, row by row: the table, written down a second time by hand."""

import pytest

from store.rules.permissions import WHO_MAY, Matter, Standing, may, standings

ADMIN, LEAD, MEMBER, COLLEAGUE, GUEST = Standing
IN_CHARGE = {ADMIN, LEAD}
WITH_ACCOUNT = {ADMIN, LEAD, MEMBER, COLLEAGUE}

ROWS = [
    (Matter.CATALOGUE, {*Standing}),
    (Matter.HISTORY, IN_CHARGE),
    (Matter.NEW, WITH_ACCOUNT),
    (Matter.NEW_FOR_ANOTHER, {ADMIN}),
    (Matter.NAMES, IN_CHARGE),
    (Matter.PEOPLE, IN_CHARGE),
    (Matter.DEPUTIES, IN_CHARGE),
    (Matter.ROTA, IN_CHARGE),
    (Matter.HOURS, IN_CHARGE),
    (Matter.LEAD_TIME, IN_CHARGE),
    (Matter.LADDER, IN_CHARGE),
    (Matter.SERVICES, IN_CHARGE),
    (Matter.STANDUP, IN_CHARGE),
    (Matter.GRAY_ZONE, {ADMIN}),
    (Matter.CLOSE, IN_CHARGE),
    (Matter.REOPEN, IN_CHARGE),
]


@pytest.mark.parametrize(("matter", "who"), ROWS)
def test_each_row(matter: Matter, who: set[Standing]) -> None:
    assert {one for one in Standing if may([one], matter)} == who


def test_every_matter_has_a_row() -> None:
    assert [matter for matter, _ in ROWS] == list(Matter) == list(WHO_MAY)


def test_a_guest_is_a_guest_whatever_else_is_said() -> None:
    assert standings(is_admin=True, is_guest=True, leads=True, works_there=True) == {GUEST}
    assert standings(is_admin=False, is_guest=False, leads=False, works_there=False) == {COLLEAGUE}
    assert standings(is_admin=True, is_guest=False, leads=True, works_there=True) == {ADMIN, LEAD, MEMBER, COLLEAGUE}
