"""Somebody of the gray-zone desk clicks "What landed here" under `/monkeys @desk`: the list of a month.

The same list comes by itself on the first working day of each month. From it the remembered words can be forgotten.
"""

from slack_bolt import App

from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Replace, Say
from handlers.cards import desk_list as cards
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, matching
from store.queries import landed
from store.refusals import NotCoordinator
from store.snapshots import Department


def register(app: App, desk: Desk) -> None:
    """Hear the list, its pages, and the window with the remembered words."""
    reception = Reception(app, desk)
    reception.click("desk_list.show", show)
    reception.click("desk_list.page.back", turn)
    reception.click("desk_list.page.on", turn)
    reception.click("desk_list.matches", open_matches)
    reception.click("desk_list.matches_page.back", turn_matches)
    reception.click("desk_list.matches_page.on", turn_matches)
    reception.click("desk_list.forget", forget)


def show(call: Call, click: Click) -> Answers:
    """The present month, or the one that the button names."""
    desk = _desk(call)
    first = cards.month_of(click.value) or call.look(landed.this_month, desk)
    found = call.look(landed.month, desk, first)
    return Say(cards.desk_list(found, call.visitor.id, call.words, call.desk.clock()))


def turn(call: Call, click: Click) -> Answers:
    """Another page, in place of the one that was there."""
    desk = _desk(call)
    first, _, page = click.value.rpartition(":")
    found = call.look(landed.month, desk, cards.month_of(first) or call.look(landed.this_month, desk), int(page))
    return Replace(cards.desk_list(found, call.visitor.id, call.words, call.desk.clock()))


def open_matches(call: Call, click: Click) -> Answers:
    """The words that route asks by themselves."""
    _desk(call)
    return Open(_matches(call, 0))


def turn_matches(call: Call, click: Click) -> Answers:
    """Another page of them."""
    _desk(call)
    return Redraw(_matches(call, int(click.value)))


def forget(call: Call, click: Click) -> Answers:
    """From now on these words send nothing anywhere."""
    match_id, _, page = click.value.partition(":")
    call.act(click.key, matching.forget, int(match_id))
    return Redraw(_matches(call, int(page)))


def _matches(call: Call, page: int) -> dict[str, object]:
    found, total = call.look(matching.listed, cards.MATCHES, page * cards.MATCHES)
    if not found and page:
        return _matches(call, page - 1)  # the last one of its page was forgotten
    return cards.matches(found, total, page, call.words)


def _desk(call: Call) -> Department:
    """The desk, for those who work it and for admins. Raises NotCoordinator."""
    call.look(matching.check_coordinator, call.visitor.id)
    desk = call.look(departments.desk)
    if desk is None:
        raise NotCoordinator(None)
    return desk
