"""Everything that `/dept` draws: Slack takes it, however many people, departments and changes there are, in both
languages, whatever was typed into names."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from babel import Locale

from handlers.cards import department_changes as changes
from handlers.cards import department_closing as closing
from handlers.cards import department_hours as hours
from handlers.cards import department_list as lists
from handlers.cards import department_names as names
from handlers.cards import department_new as new
from handlers.cards import department_overview as overview
from handlers.cards import department_people as staff
from handlers.words import Words
from handlers.words.countries import countries
from sandbox.blockkit import check_blocks, check_view
from store.plans import as_plan
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.rules.permissions import Matter
from store.snapshots import Department, DepartmentChange, Person, Rota
from tests.handlers.test_messages import HOSTILE
from tests.store.world import MONDAY_9

BOTH = [Words("en-US"), Words("zh-CN")]
MANY = tuple(f"U{number:05}" for number in range(300))
DAYS = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + day) for day in range(200))


def department(text: str, number: int = 1, **changed: Any) -> Department:
    made = Department(
        number,
        "key",
        tuple(f"{text[:50]} {one}" for one in range(20)),
        "C1",
        "ULIN",
        MANY,
        Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-12:00,13:30-18:00"}), "CN", None, DAYS),
        LeadTime(2, "days"),
        "en-US",
        Ladder(),
        True,
        None,
        (),
        Rota(MANY, date(2026, 11, 23), tuple((day, "UPIA") for day in sorted(DAYS))),
        tuple((one, "UPIA") for one in MANY),
    )
    return replace(made, **changed)


def marked(drawn: Any) -> str:
    """All that is read as markup."""
    if isinstance(drawn, dict):
        own = str(drawn.get("text", "")) if drawn.get("type") == "mrkdwn" else ""
        return own + "".join(marked(one) for one in drawn.values())
    return "".join(marked(one) for one in drawn) if isinstance(drawn, list) else ""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("words", BOTH)
def test_slack_takes_everything(words: Words, text: str) -> None:
    big, alone = department(text), department(text, member_ids=(), rota=Rota(), deputies=())
    people = [Person(one, one.lower(), text[:200], "en-US", "UTC") for one in MANY]
    plan = replace(as_plan(big), names=("x" * 60,) * 20)
    no_rota: dict[str, Any] = {"rota": {"people": [], "covers": {}}}
    rota = {"rota": {"people": list(MANY), "covers": {"2026-12-24": "U1"}}}
    happened = [
        DepartmentChange(MONDAY_9, part, people[0] if part is Matter.NEW else None, before, after)
        for part, before, after in (
            (Matter.NEW, {}, {}),
            (Matter.CLOSE, {}, {}),
            (Matter.PEOPLE, {"member_ids": list(MANY), "lead_id": "ULIN"}, {"member_ids": [], "lead_id": "UPIA"}),
            (Matter.DEPUTIES, {"deputies": []}, {"deputies": [[one, "UPIA"] for one in MANY]}),
            (Matter.ROTA, no_rota, rota),
            (Matter.HOURS, {"hours": {"mon": "9-12"}, "country": None}, {"hours": {"tue": text}, "country": "CN"}),
            (Matter.NAMES, {"names": [text], "guests_may_ask": False}, {"names": ["x"], "guests_may_ask": True}),
            (Matter.SERVICES, {"services": []}, {"services": [{"name": text}]}),
        )
    ]  # fmt: skip
    kept = {"department": 1, "mark": "0" * 16, "under": "V" * 20}
    views = [
        overview.overview(big, overview.Standing("UPIA", 3, 1), words, told=changes.meanwhile(happened[2], words)),
        overview.overview(alone, overview.Standing(), words, is_new=True),
        new.new_form("ULIN", "Asia/Shanghai", "CN", {}, words),
        names.names_form(plan, "@finance", kept, words, changes.meanwhile(happened[3], words)),
        names.lead_time_form(plan, kept, words, changes.meanwhile(None, words)),
        staff.people_form("ULIN", MANY, kept, words, changes.meanwhile(happened[5], words)),
        staff.deputies_form(people, dict(big.deputies), kept, words),
        staff.deputies_form(people, dict(big.deputies), kept, words, chosen=people[200].id),
        staff.deputies_form(people[:90], dict(big.deputies), kept, words),
        hours.hours_form(big.calendar, hours.read_as(big.calendar, MONDAY_9, date(2027, 1, 1), words), kept, words),
        hours.hours_form(big.calendar, hours.not_read(text, words), kept, words),
        changes.changes_window(big, happened, 1, True, words),
        closing.close_form(big, kept, words),
        closing.held_form(
            big, range(1, 500), [department(text, one) for one in range(250)], kept, words, may_offer=True
        ),
        closing.held_form(big, range(1, 500), [], kept, words, may_offer=False),
    ]
    for view in views:
        assert check_view(view) == [], view["title"]
        assert "<!channel>" not in marked(view)
    many = [department(text, one) for one in range(250)]
    for card in (
        lists.departments_card(many, many, words, may_found=True),
        lists.departments_card(many[:20], [], words, may_found=True),
        lists.departments_card([], [], words, may_found=False),
        lists.department_help(words),
        staff.you_lead(big, "UPIA", words),
        staff.you_lead(big, None, words),
    ):
        assert check_blocks(card["blocks"], "message") == [], card["text"]
        assert "<!channel>" not in marked(card)


def test_countries_are_called_in_chinese_as_everybody_does() -> None:
    english, chinese = (dict(countries(words)) for words in BOTH)
    assert chinese == {code: Locale.parse("zh_CN").territories[code] for code in english}
