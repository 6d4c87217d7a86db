"""An ask as it stands: everything a card shows, read in one statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, literal_column, select

from store import departments as all_departments
from store.database import Look
from store.refusals import NoSuchAsk
from store.rules.calendar import NoWorkingTime
from store.rules.kept import Kept, late_from
from store.rules.lifecycle import Answerer, Outcome, Stage
from store.rules.rush import Cause
from store.snapshots import Answered, Ask, Baton, Card, Change, Happened, Person, Question
from store.tables import asks, batons, changes, custody, departments, events, people, posts, questions, services

ASK_CARD = "ask_card"  # the message that is the public card

_owner = people.alias("owner")
_asker = people.alias("asker")
_home = departments.alias("home")
_card = posts.alias("card")
_receiver = people.alias("receiver")
_target = departments.alias("target")
# Spelled out as in the indexes, so that both databases see that these answer it.
STILL_OPEN = asks.c.stage != literal_column("'closed'")
TO_ASKER = (questions.c.asked_as == literal_column("'asker'")) & questions.c.ended.is_(None)
_newest_custody = select(func.max(custody.c.id)).where(custody.c.ask_id == asks.c.id).correlate(asks).scalar_subquery()


def by_number(look: Look, number: int, *, lock: bool = False) -> Ask:
    """The ask `#number` of this workspace. `lock`: hold it until the act ends. Raises NoSuchAsk."""
    wanted = {"workspace": look.workspace_id, "number": number}
    if lock and look.connection.dialect.name != "sqlite":  # there the whole act is alone
        look.connection.execute(_LOCKED, wanted)
    row = look.connection.execute(_BY_NUMBER, wanted).first()
    if row is None:
        raise NoSuchAsk(number)
    return _ask(look, row)


def by_id(look: Look, ask_id: int) -> Ask:
    """The ask with this row id. Raises NoSuchAsk."""
    row = look.connection.execute(_BY_ID, {"workspace": look.workspace_id, "ask": ask_id}).first()
    if row is None:
        raise NoSuchAsk(0)
    return _ask(look, row)


def by_ids(look: Look, ask_ids: Iterable[int]) -> dict[int, Ask]:
    """Those of the asks with these row ids that are of this workspace, by row id; without those deleted meanwhile."""
    wanted = list(set(ask_ids))
    if not wanted:
        return {}
    rows = look.connection.execute(_BY_IDS, {"workspace": look.workspace_id, "asks": wanted}).all()
    return {row.id: _ask(look, row) for row in rows}


def by_card(look: Look, channel_id: str, ts: str) -> Ask | None:
    """The ask whose public card is the message at `ts` in `channel_id`, or None."""
    number = look.connection.execute(
        select(asks.c.number)
        .join(posts, posts.c.ask_id == asks.c.id)
        .where(
            posts.c.workspace_id == look.workspace_id,
            posts.c.channel_id == channel_id,
            posts.c.ts == ts,
            posts.c.message == ASK_CARD,
        )
    ).scalar()
    return None if number is None else by_number(look, number)


def listed(
    look: Look, *where: ColumnElement[bool], order_by: Sequence[Any] = (), limit: int | None = None, offset: int = 0
) -> list[Ask]:
    """The asks of this workspace that satisfy `where`, in the order given."""
    statement = _EVERYTHING.where(asks.c.workspace_id == look.workspace_id, *where)
    statement = statement.order_by(*order_by).limit(limit).offset(offset or None)
    return [_ask(look, row) for row in look.connection.execute(statement).all()]


def chosen(
    look: Look, *where: ColumnElement[bool], order_by: Sequence[Any], limit: int | None = None, offset: int = 0
) -> list[Ask]:
    """The same for conditions on the asks alone, however rare what satisfies them: their ids are looked up first.

    PostgreSQL joins as many tables as a card shows in the order in which they are written, and so would join every
    open ask of the workspace before it looks whose it is.
    """
    ids = look.connection.execute(
        select(asks.c.id)
        .where(asks.c.workspace_id == look.workspace_id, *where)
        .order_by(*order_by)
        .limit(limit)
        .offset(offset or None)
    ).scalars()
    wanted = list(ids)
    known = by_ids(look, wanted)
    return [known[ask_id] for ask_id in wanted if ask_id in known]


def history(look: Look, ask_id: int, *, limit: int = 50) -> list[Happened]:
    """What happened to an ask, oldest first; the newest `limit` events."""
    rows = look.connection.execute(
        select(events.c.at, events.c.what, events.c.particulars, *_columns(people, "actor"))
        .outerjoin(people, and_(people.c.workspace_id == events.c.workspace_id, people.c.id == events.c.actor_id))
        .where(events.c.workspace_id == look.workspace_id, events.c.ask_id == ask_id)
        .order_by(events.c.id.desc())
        .limit(limit)
    ).all()
    return [
        Happened(row.at, row.what, _person(row, "actor") if row.actor_id else None, row.particulars)
        for row in reversed(rows)
    ]


def _columns(table: Any, prefix: str) -> list[Any]:
    names = ("id", "handle", "name", "locale", "time_zone", "is_bot", "is_guest", "is_admin", "deleted_at")
    return [table.c[name].label(f"{prefix}_{name}") for name in names]


def _person(row: Row[Any], prefix: str) -> Person:
    of = row._mapping
    return Person(
        id=of[f"{prefix}_id"],
        handle=of[f"{prefix}_handle"],
        name=of[f"{prefix}_name"],
        locale=of[f"{prefix}_locale"],
        time_zone=of[f"{prefix}_time_zone"],
        is_bot=of[f"{prefix}_is_bot"],
        is_guest=of[f"{prefix}_is_guest"],
        is_admin=of[f"{prefix}_is_admin"],
        gone=of[f"{prefix}_deleted_at"] is not None,
    )


def _everything() -> Select[Any]:
    """All that a card shows of an ask; built once."""
    return (
        select(
            asks,
            departments.c.names.label("department_names"),
            departments.c.channel_id.label("department_channel_id"),
            departments.c.lead_id,
            departments.c.is_gray_zone,
            services.c.name.label("service_name"),
            services.c.restate,
            _home.c.names.label("home_names"),
            _home.c.lead_id.label("home_lead_id"),
            custody.c.since.label("owned_since"),
            *_columns(_owner, "owner"),
            *_columns(_asker, "who_asks"),
            changes.c.id.label("change_id"),
            changes.c.result.label("change_result"),
            changes.c.due.label("change_due"),
            changes.c.reason.label("change_reason"),
            changes.c.offered_at.label("change_offered_at"),
            batons.c.id.label("baton_id"),
            batons.c.giver_id,
            batons.c.offered_by,
            *_columns(_receiver, "receiver"),
            batons.c.to_department_id,
            _target.c.names.label("target_names"),
            batons.c.note.label("baton_note"),
            batons.c.offered_at,
            batons.c.expires_at,
            questions.c.id.label("question_id"),
            questions.c.asked_by,
            questions.c.asked_of,
            questions.c.words.label("question_words"),
            questions.c.proposal,
            questions.c.asked_at,
            _card.c.channel_id.label("card_channel_id"),
            _card.c.ts.label("card_ts"),
        )
        .select_from(asks)
        .join(custody, custody.c.id == _newest_custody)
        .join(departments, departments.c.id == asks.c.department_id)
        .outerjoin(services, services.c.id == asks.c.service_id)
        .outerjoin(_home, _home.c.id == asks.c.asker_department_id)
        .join(_owner, and_(_owner.c.workspace_id == asks.c.workspace_id, _owner.c.id == custody.c.owner_id))
        .join(_asker, and_(_asker.c.workspace_id == asks.c.workspace_id, _asker.c.id == asks.c.asker_id))
        .outerjoin(changes, and_(changes.c.ask_id == asks.c.id, changes.c.answer.is_(None)))
        .outerjoin(batons, and_(batons.c.ask_id == asks.c.id, batons.c.answer.is_(None)))
        .outerjoin(
            _receiver, and_(_receiver.c.workspace_id == asks.c.workspace_id, _receiver.c.id == batons.c.receiver_id)
        )
        .outerjoin(_target, _target.c.id == batons.c.to_department_id)
        .outerjoin(questions, and_(questions.c.ask_id == asks.c.id, TO_ASKER))
        .outerjoin(_card, and_(_card.c.ask_id == asks.c.id, _card.c.message == ASK_CARD))
    )


_EVERYTHING = _everything()
_BY_NUMBER = _EVERYTHING.where(asks.c.workspace_id == bindparam("workspace"), asks.c.number == bindparam("number"))
# The key is shared: rows that only refer to the ask, as an edit of its card, wait for nobody.
_LOCKED = (
    select(asks.c.id)
    .where(asks.c.workspace_id == bindparam("workspace"), asks.c.number == bindparam("number"))
    .with_for_update(key_share=True)
)
_BY_IDS = _EVERYTHING.where(
    asks.c.workspace_id == bindparam("workspace"), asks.c.id.in_(bindparam("asks", expanding=True))
)
_BY_ID = _EVERYTHING.where(asks.c.workspace_id == bindparam("workspace"), asks.c.id == bindparam("ask"))


def _ask(look: Look, row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        number=row.number,
        version=row.version,
        stage=Stage(row.stage),
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_reason=row.outcome_reason,
        department_id=row.department_id,
        department_name=row.department_names[0],
        department_channel_id=row.department_channel_id,
        lead_id=row.lead_id,
        service_name=row.service_name,
        restate=bool(row.restate),
        asker=_person(row, "who_asks"),
        asker_department_name=row.home_names[0] if row.home_names else None,
        askers_lead_id=row.home_lead_id,
        owner=_person(row, "owner"),
        owned_since=row.owned_since,
        what=row.what,
        done_means=row.done_means,
        result=row.result,
        asked_due=row.asked_due,
        due=row.due,
        late_from=_late_from(look, row),
        due_was_given=row.due_was_given,
        promise_number=row.promise_number,
        promised_at=row.promised_at,
        rush_reason=row.rush_reason,
        is_private=row.is_private,
        source_link=row.source_link,
        evidence=row.evidence,
        evidence_link=row.evidence_link,
        missing=row.missing,
        filed_at=row.filed_at,
        acknowledged_at=row.acknowledged_at,
        delivered_at=row.delivered_at,
        deliveries=row.deliveries,
        closed_at=row.closed_at,
        fed_at=row.fed_at,
        change=_change(row),
        baton=_baton(row),
        service_id=row.service_id,
        inputs=tuple(Answered(one["name"], one["answer"]) for one in row.inputs or ()),
        question=_question(row),
        card=Card(row.card_channel_id, row.card_ts) if row.card_ts else None,
        rush_cause=Cause(row.rush_cause) if row.rush_cause else None,
        earliest=row.earliest,
        kept=Kept(row.kept) if row.kept else None,
        late_by=timedelta(seconds=row.late_by or 0),
        at_gray_zone=row.is_gray_zone,
    )


def _late_from(look: Look, row: Row[Any]) -> datetime | None:
    """Asked of what is past only: then it may be a closing since which nobody has worked."""
    if row.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED) or row.due >= look.now:
        return None
    try:
        return late_from(row.due, all_departments.by_id(look, row.department_id).calendar)
    except NoWorkingTime:
        return None


def _change(row: Row[Any]) -> Change | None:
    if row.change_id is None:
        return None
    return Change(row.change_id, row.change_result, row.change_due, row.change_reason, row.change_offered_at)


def _baton(row: Row[Any]) -> Baton | None:
    if row.baton_id is None:
        return None
    return Baton(
        id=row.baton_id,
        giver_id=row.giver_id,
        offered_by=row.offered_by,
        receiver=_person(row, "receiver"),
        to_department_id=row.to_department_id,
        to_department_name=row.target_names[0] if row.target_names else None,
        note=row.baton_note,
        offered_at=row.offered_at,
        expires_at=row.expires_at,
    )


def _question(row: Row[Any]) -> Question | None:
    if row.question_id is None:
        return None
    return Question(
        row.question_id,
        Answerer.ASKER,
        row.asked_by,
        row.asked_of,
        row.question_words,
        row.proposal,
        row.asked_at,
    )
