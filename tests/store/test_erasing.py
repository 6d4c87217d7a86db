"""One person is erased: every word of theirs goes from every table, the counts stay, and what others wrote stays."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Enum, Table, func, select
from sqlalchemy.types import String
from sqlmodel.sql.sqltypes import AutoString

from store import (
    acknowledging,
    delivering,
    drafts,
    ending,
    erasing,
    feeding,
    handoffs,
    objecting,
    people,
    questions,
)
from store.erasing import GONE, StillHolds, without_words
from store.tables import METADATA
from tests.store.world import ANN, LIN, OMAR, PIA, World, profile

ANNS, OMARS, LINS = "annwrotethis", "omarwrotethis", "linwrotethis"


def everything(world: World) -> str:
    """All that is in the ledger, as text."""
    with world.ledger.reading() as connection:
        told = [
            json.dumps([dict(row) for row in connection.execute(select(table)).mappings()], default=str)
            for table in METADATA.sorted_tables
        ]
    return "\n".join(told)


def counts(world: World) -> dict[str, int]:
    with world.ledger.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def erase(world: World, person_id: str) -> None:
    touched = world.look(erasing.touched, person_id)
    if touched:
        world.act(None, erasing.erase_words, person_id, touched)
    world.act(None, erasing.erase_person, person_id)


@pytest.fixture
def lived(world: World) -> World:
    """Ann asks, Omar owns in between, Lin at the end; each says something wherever something can be said."""
    number = world.file(ANN, f"{ANNS} gasket", done_means=f"{ANNS} it runs", source_link=f"https://x/{ANNS}").number
    world.act(LIN, handoffs.offer, number, OMAR, f"{LINS} all is there")
    baton = world.look(handoffs.offered_to, OMAR)[0].baton
    assert baton is not None
    world.act(OMAR, handoffs.take, number, baton.id)
    world.act(OMAR, acknowledging.acknowledge_with_changes, number, f"{OMARS} result", world.now + timedelta(days=20))
    world.act(OMAR, feeding.note, number, f"{OMARS} note")
    ask = world.act(ANN, acknowledging.disagree, number, 1, f"{ANNS} not so")
    question = world.act(OMAR, questions.ask_asker, number, f"{OMARS} which one?", f"{OMARS} the left one").question
    assert question is not None
    world.act(ANN, questions.answer, number, question.id, f"{ANNS} the right one")
    world.act(OMAR, delivering.deliver, number, f"{OMARS} done", f"https://x/{OMARS}")
    world.act(ANN, delivering.not_quite, number, f"{ANNS} it leaks")
    world.act(OMAR, handoffs.offer, number, PIA, f"{OMARS} please")
    baton = world.look(handoffs.offered_to, PIA)[0].baton
    assert baton is not None
    world.act(PIA, handoffs.take, number, baton.id)
    world.act(PIA, ending.put_down, number, f"{LINS} no money")
    world.act(ANN, objecting.object_to, number, f"{ANNS} but I need it")
    world.act(LIN, objecting.uphold, number, 1, f"{LINS} still none")
    world.act(ANN, drafts.keep, f"{ANNS} never filed", behind=f"{ANNS} x")
    assert ask.number == number
    return world


def test_every_word_of_theirs_goes_and_what_others_wrote_stays(lived: World) -> None:
    before = everything(lived)
    assert min(before.count(words) for words in (ANNS, OMARS, LINS)) > 3
    rows = counts(lived)
    erase(lived, ANN)
    after = everything(lived)
    assert ANNS not in after
    assert "ann@hospital.example" not in after
    assert '"Ann"' not in after
    assert LINS in after
    assert OMARS in after
    kept = counts(lived)
    gone = {name for name in rows if kept[name] < rows[name]}
    assert gone <= {"drafts", "memberships"}
    erase(lived, OMAR)
    assert OMARS not in everything(lived)
    assert f"{LINS} no money" in everything(lived)


def test_twice_is_once(lived: World) -> None:
    erase(lived, ANN)
    touched = lived.look(erasing.touched, ANN)
    assert touched
    assert lived.look(erasing.counted, ANN, touched) == {}


def test_a_dry_run_counts_what_would_go_and_changes_nothing(lived: World) -> None:
    before = everything(lived)
    touched = lived.look(erasing.touched, ANN)
    told = lived.look(erasing.counted, ANN, touched)
    assert (told["asks"], told["questions"], told["objections"]) == (2, 1, 1)
    assert everything(lived) == before


@pytest.mark.parametrize("person", [ANN, LIN])
def test_who_holds_something_open_is_not_erased_yet(world: World, person: str) -> None:
    number = world.file().number
    with pytest.raises(StillHolds) as refused:
        world.act(None, erasing.erase_person, person)
    assert refused.value.numbers == (number,)
    assert refused.value.leads == (("equipment",) if person == LIN else ())
    assert '"Ann"' in everything(world)


def test_who_left_stays_erased_and_who_comes_back_is_met_anew(world: World) -> None:
    world.act(None, people.remember, profile(PIA, is_deleted=True))
    erase(world, PIA)
    world.act(None, people.remember, profile(PIA, is_deleted=True))
    assert "pia@" not in everything(world)
    assert world.act(None, people.remember, profile(PIA)).name == "Pia"


def test_another_workspace_keeps_its_words(lived: World) -> None:
    other = replace_team(lived)
    assert other.look(erasing.touched, ANN) == []


def replace_team(world: World) -> World:
    class Elsewhere(World):
        def look(self, query, *args, **kwargs):
            return self.ledger.look(query, "T2", self.now, *args, **kwargs)

    made = Elsewhere.__new__(Elsewhere)
    made.ledger, made.now = world.ledger, world.now
    return made


def test_every_column_with_text_is_known_as_words_or_as_structure() -> None:
    """A new column: whose words does it hold? Then it belongs into WORDS; none of anybody's: into STRUCTURE."""
    words = {f"{one.table.name}.{column}" for one in erasing.WORDS for column in one.columns} | erasing.ALSO_WORDS
    structure = {f"{table}.{column}" for table, columns in erasing.STRUCTURE.items() for column in columns.split()}
    there = {f"{table.name}.{column}" for table in METADATA.sorted_tables for column in _may_hold_words(table)}
    assert there - words - structure == set(), "say in store/erasing.py what these hold"
    assert (words | structure) - there == set(), "these are gone"
    assert words & structure == set()


def _may_hold_words(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, JSON | String | AutoString)
        and not isinstance(column.type, Enum)
        and not (column.foreign_keys or column.primary_key or column.name == "workspace_id")
    ]


TYPED = st.text(min_size=1).filter(lambda text: not erasing._HARMLESS.fullmatch(text) and text != GONE)


@given(st.recursive(TYPED, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["note", "x"]), inner)))
def test_nothing_typed_stays_in_particulars(typed) -> None:
    left = json.dumps(without_words({"note": typed, "ask": 7, "due": "2026-11-23T01:00:00+00:00", "to": "U0AB"}))
    assert set(_strings(json.loads(left))) <= {GONE, "2026-11-23T01:00:00+00:00", "U0AB"}


def _strings(value):
    match value:
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
        case str():
            yield value
