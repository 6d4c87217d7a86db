"""The conversation: what people type, click and read. The roll call of its features, each a file of its name.

Bolt walks its listeners in the order of this list: what is used most stands first.
"""

from types import ModuleType

from slack_bolt import App

from handlers import (
    acknowledge,
    advice,
    ask,
    ask_form,
    asking_back,
    away,
    blocking,
    board,
    card_menu,
    catalogue,
    delivery,
    department,
    department_closing,
    department_desk,
    department_hours,
    department_names,
    department_new,
    department_people,
    desk_list,
    details,
    duty,
    ending,
    exchange,
    feeding,
    gray_zone,
    handing_several,
    handoff,
    home,
    hurrying,
    ladder,
    monkeys,
    my_nudges,
    naming,
    objection,
    organisation,
    overseeing,
    people_events,
    promise,
    question,
    services,
    shortcut,
    standup,
    thread,
    why,
)
from handlers.desk import Desk

FEATURES: tuple[ModuleType, ...] = (
    ask,
    ask_form,
    asking_back,
    naming,
    acknowledge,
    delivery,
    promise,
    feeding,
    handoff,
    gray_zone,
    desk_list,
    ending,
    blocking,
    hurrying,
    card_menu,
    question,
    advice,
    exchange,
    objection,
    handing_several,
    details,
    monkeys,
    board,
    standup,
    home,
    my_nudges,
    ladder,
    overseeing,
    why,
    catalogue,
    away,
    duty,
    department,
    department_new,
    department_names,
    department_people,
    department_hours,
    department_closing,
    department_desk,
    services,
    shortcut,
    thread,
    people_events,
    organisation,
)


def register(app: App, desk: Desk) -> None:
    """Have every feature register its listeners with `app`. `desk`: what they work with."""
    for feature in FEATURES:
        feature.register(app, desk)
