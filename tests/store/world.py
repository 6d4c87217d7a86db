"""A small hospital in a ledger of its own: who is there, what they may be asked, and a clock that tests wind."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from store import asks, departments, people, setting_up
from store.asks import Wish
from store.database import Act, Ledger, Look
from store.migrations import migrate
from store.people import Profile
from store.plans import Plan, ServicePlan
from store.snapshots import Ask, Department

Given = ParamSpec("Given")
Result = TypeVar("Result")

TEAM = "T1"
MONDAY_9 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai
ANN, LIN, OMAR, PIA, WEI, ZOE = "UANN", "ULIN", "UOMAR", "UPIA", "UWEI", "UZOE"


class World:
    """Ann is a nurse of the ward that Zoe leads; Lin leads Equipment, where Omar and Pia work; Wei leads Finance."""

    def __init__(self, url: str, *, founded: bool = False) -> None:
        """`founded`: the ledger is a copy of one in which all of this stands already."""
        self.url = url
        self.ledger = Ledger(url)
        self.now = MONDAY_9
        if not founded:
            migrate(self.ledger.engine)
            self._found()

    def _found(self) -> None:
        self.act(None, people.ensure_workspace, "Hospital")
        for person in (ANN, LIN, OMAR, PIA, WEI, ZOE):
            self.act(None, people.remember, profile(person))
        self.act(ZOE, setting_up.set_up, plan("ward", "Ward 3", "CWARD", ZOE, (ANN,)))
        self.act(LIN, setting_up.set_up, plan("equipment", "Equipment", "CEQUIP", LIN, (OMAR, PIA), REPAIR, RECORDS))
        self.act(WEI, setting_up.set_up, plan("finance", "Finance", "CFIN", WEI, ()))

    def act(
        self,
        actor: str | None,
        verb: Callable[Concatenate[Act, Given], Result],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """`actor` does `verb` now."""
        return self.ledger.act(verb, TEAM, actor, self.now, None, *args, **kwargs)

    def once(
        self,
        key: str,
        actor: str,
        verb: Callable[Concatenate[Act, Given], Result],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """The same under a key: only once."""
        return self.ledger.act(verb, TEAM, actor, self.now, key, *args, **kwargs)

    def look(
        self, query: Callable[Concatenate[Look, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        return self.ledger.look(query, TEAM, self.now, *args, **kwargs)

    def forward(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def department(self, name: str = "equipment") -> Department:
        found = self.look(departments.called, name)
        assert found is not None
        return found

    def file(self, actor: str = ANN, what: str = "Replace the gasket of analyser 3", **wish: object) -> Ask:
        """Ann asks Equipment for a gasket, unless the test says otherwise."""
        department = self.department(str(wish.pop("department", "equipment")))
        return self.act(actor, asks.file, Wish(department.id, what, **wish))  # type: ignore[arg-type]

    def close(self) -> None:
        self.ledger.close()


def profile(person_id: str, **changed: object) -> Profile:
    name = person_id.removeprefix("U").title()
    values: dict[str, object] = {
        "id": person_id,
        "handle": name.lower(),
        "name": name,
        "email": f"{name.lower()}@hospital.example",
        "locale": "en-US",
        "time_zone": "Asia/Shanghai",
        "is_bot": False,
        "is_guest": False,
        "is_admin": False,
        "is_deleted": False,
    }
    return Profile(**(values | changed))  # type: ignore[arg-type]


REPAIR = ServicePlan("Repair a device", ("Repair a device", "repair"), "1d", PIA, False)
RECORDS = ServicePlan("Device records", ("Device records",), "4h", None, True)


def plan(key: str, name: str, channel: str, lead: str, members: tuple[str, ...], *services: ServicePlan) -> Plan:
    return Plan(
        key=key,
        names=(name,),
        channel_id=channel,
        lead_id=lead,
        member_ids=members,
        time_zone="Asia/Shanghai",
        hours={"mon-fri": "09:00-12:00,13:30-18:00"},
        country="CN",
        region=None,
        closed_days=(),
        lead_time="2d",
        locale="en-US",
        ladder={},
        guests_may_ask=False,
        usergroup_id=None,
        services=services,
    )
