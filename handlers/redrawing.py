"""After an answer, what was clicked is drawn anew, so that it says what was answered and offers what comes next.

Cards in channels and "You own this" are kept up to date by the courier; here are the rest: nudges, questions to the
asker, `/monkeys`, Home, and the window with the whole ask.
"""

import logging

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers import board, details, home, messages, monkeys
from handlers.answering import Call
from handlers.answers import Answer, Answers, Redraw, Replace, ShowHome
from handlers.cards import notice
from handlers.cards.parts import Card
from handlers.nudging import nudge_message
from handlers.pressed import pressed
from handlers.reading import Click, Submission
from store import departments
from store.queries import asks
from store.queries.monkeys import Where

log = logging.getLogger("baton.redrawing")

_REDRAWN = frozenset({"delivered", "change_offered"})  # questions that stay readable once they are answered


def after_click(call: Call, click: Click) -> Answers:
    """What to show in place of what was clicked, or None where the courier sees to it."""
    about = pressed(click)
    return _drawn(call, about.number, about.origin)


def after_form(call: Call, sent: Submission) -> Answers:
    """The same once a form was sent: the form closes, and what it was opened from is drawn anew."""
    drawn = _drawn(call, int(sent.private["number"]), str(sent.private.get("from", "")))
    if isinstance(drawn, Replace) and not sent.private.get("url"):
        _update(call, str(sent.private.get("view", "")), Redraw(notice.window(drawn.card, call.words)))
    elif isinstance(drawn, Replace):
        _replace(call, str(sent.private.get("url", "")), drawn.card)
    elif isinstance(drawn, Redraw):
        _update(call, str(sent.private.get("view", "")), drawn)
    return drawn if isinstance(drawn, ShowHome) else None


def _drawn(call: Call, number: int, origin: str) -> Answer | None:
    """The act is on disk by now, so a fault in drawing must not tell the person that it failed."""
    try:
        return _draw(call, number, origin)
    except Exception:
        log.exception("not_drawn_anew")
        return None


def _draw(call: Call, number: int, origin: str) -> Answer | None:
    kind, _, where = origin.partition(":")
    if kind == "home":
        return ShowHome(home.view(call, where))
    if kind == "details":
        return Redraw(details.view(call, number))
    card = _card(call, number, kind, where)
    return Replace(card) if card else None


def _card(call: Call, number: int, kind: str, where: str) -> Card | None:
    if kind == "nudges":
        return call.look(nudge_message, call.visitor.person, call.words, int(where), sent=True)
    if kind == "lead_told":
        return call.look(messages.lead_told, call.visitor.person, call.words, int(where), sent=True)
    if kind == "monkeys":
        return monkeys.mine(call, Where.read(where))
    if kind == "offered":
        return monkeys.offered(call, int(where))
    if kind == "monkeys_of":
        department_id, *sorting, page = where.split(":")
        department = call.look(departments.by_id, int(department_id))
        return board.every_ask(call, department, sorting[0] if sorting else "due", int(page))
    if kind == "person":
        department_id, person_id, order, page = where.split(":")
        return board.of_person(call, call.look(departments.by_id, int(department_id)), person_id, order, int(page))
    if kind == "told":
        ask = call.look(asks.by_number, number)
        name = where if where in _REDRAWN else "settled"
        return call.look(messages.compose, name, ask.id, call.visitor.person, "", {}, 0)
    return None


def _replace(call: Call, url: str, card: Card) -> None:
    """A message can be replaced for half an hour after the click; later it stays as it is, and nothing is lost."""
    if not url:
        return
    client = call.client
    hook = WebhookClient(
        url, timeout=client.timeout, ssl=client.ssl, proxy=client.proxy, retry_handlers=client.retry_handlers
    )
    try:
        answer = hook.send_dict({"replace_original": True, "text": card["text"], "blocks": card["blocks"]})
    except (SlackClientError, OSError) as fault:
        log.info("message_not_drawn_anew", extra={"fault": type(fault).__name__})
        return
    if answer.status_code != 200:
        log.info("message_not_drawn_anew", extra={"status": answer.status_code})


def _update(call: Call, view_id: str, drawn: Redraw) -> None:
    if not view_id:
        return
    try:
        call.client.views_update(view_id=view_id, view=drawn.view)
    except SlackApiError as fault:  # the window was closed meanwhile
        log.info("window_not_drawn_anew", extra={"code": fault.response.get("error")})
