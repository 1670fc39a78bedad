"""The contract of dossiers: acts are only ever added, private fields sealed, and found by many."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.adapters.sql.conftest import rows
from tests.adapters.sql.contract_kit import Whole, contract_of

from chengnuo.adapters.keys import AesSealer
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.dossiers import SqlDossiers
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.ports.dossiers import DossierMovedError, Due, Kept, Said, Waiting

AT = datetime(2026, 11, 28, 16, 30, 0, 123456, tzinfo=UTC)
SAID = Said(private={"words": "私下说的", "yes": True}, salt=b"\0" * 16)
OPEN = Kept(state="open", final_at=None, due_at=None)
SORTS = ("complaint", "leak")
ONE, OTHER = "a" * 64, "b" * 64


def days(count: int) -> datetime:
    return AT + timedelta(days=count)


def act(
    number: int = 1, *, at: datetime = AT, what: str = "open", position: int | None = None
) -> Act:
    return Act(
        number=number, what=what, by="a-1", party=Party.INDIVIDUAL, at=at, single_person=True,
        fields={"size": 1 << 40, "no": False, "list": ("乙", "甲"), "": "empty"}, digest="d" * 64,
        position=position,
    )  # fmt: skip


def dossier(number: int, sort: str = "complaint", person: str = ONE, *, opened: int = 0) -> Dossier:
    return Dossier(
        id=DossierId(f"{number:016x}"), sort=sort, person=person, acts=(act(at=days(opened)),)
    )


def ids(found: tuple[Dossier, ...]) -> list[int]:
    return [int(one.id, 16) for one in found]


@pytest.fixture
def store(database: Database, whole: Whole) -> SqlDossiers:
    """Four dossiers: 1 is due, 2 has nothing due, 3 has ended, 4 is of another sort and person."""
    made = whole(SqlDossiers(database, AesSealer(bytes(32))))
    made.add(dossier(1), SAID, replace(OPEN, due_at=days(5)), key="k-1")
    made.add(dossier(2, opened=1), SAID, OPEN, key="")
    ended = Kept(state="ended", final_at=days(3), due_at=days(4))
    made.add(dossier(3, opened=2), SAID, ended, key="")
    made.add(dossier(4, "leak", OTHER, opened=3), SAID, replace(OPEN, due_at=days(9)), key="")
    return made


def what_was_said_is_kept(store: SqlDossiers) -> None:
    found = store.one(DossierId(f"{1:016x}"))
    first = act()
    assert found == replace(
        dossier(1), acts=(replace(first, fields={**first.fields, **SAID.private}),)
    )
    assert store.one(DossierId("f" * 16)) is None
    assert store.by_key("k-1") == dossier(1).id
    assert (store.by_key("k-2"), store.by_key("K-1")) == (None, None)
    with pytest.raises(DossierMovedError):
        store.add(dossier(5), SAID, OPEN, key="k-1")
    second = act(2, at=days(1), what="answer")
    store.append(dossier(1).id, second, SAID, replace(OPEN, state="answered", due_at=days(6)))
    with pytest.raises(DossierMovedError):
        store.append(dossier(1).id, second, SAID, OPEN)
    (of_one,) = store.every(SORTS, with_act="answer")
    assert of_one == replace(dossier(1), acts=(first, second))
    assert "私下说的".encode() not in rows(store.database)


def they_are_found(store: SqlDossiers) -> None:
    assert ids(store.of([ONE, OTHER], SORTS)) == [4, 3, 2, 1]
    assert ids(store.of([ONE], SORTS, open_only=True, skip=1, limit=1)) == [1]
    assert ids(store.of([ONE], ["leak"])) == ids(store.of([], SORTS)) == []
    assert store.count_of([ONE, OTHER], ["complaint"]) == 3
    # What is due first first, then what has nothing due, then what has ended.
    assert ids(store.every(SORTS)) == [1, 4, 2, 3]
    assert ids(store.every(SORTS, open_only=True, since=days(1))) == [4, 2]
    assert ids(store.every(SORTS, skip=1, limit=2)) == [4, 2]
    for due, states, found in (
        ((days(6), days(9)), (), [4]),
        ((days(3), days(6)), (), [1, 3]),
        (None, (("complaint", "answered"), ("leak", "ended")), [1]),
        (None, (("complaint", "ended"), ("leak", "open")), [4, 3]),
    ):
        assert ids(store.every(SORTS, due=due, states=states)) == found
        assert store.count(SORTS, due=due, states=states) == len(found)
    assert (store.count(SORTS, open_only=True), store.count([])) == (3, 0)
    assert ids(store.on_the_board(SORTS, since=days(3), due_by=days(4), limit=9)) == [3, 4, 2, 1]
    assert ids(store.on_the_board(SORTS, since=days(3), due_by=days(3), limit=2)) == [4, 2]
    assert store.waiting(SORTS, due_by=days(6)) == {
        "complaint": Waiting(open=2, due=1),
        "leak": Waiting(open=1, due=0),
    }
    assert store.waiting(["other"], due_by=days(6)) == {}


def what_is_due_moves(store: SqlDossiers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengnuo.adapters.sql.dossiers._PART", 2)
    changed = [
        Due(dossier=dossier(1).id, acts=1, at=days(1)),  # something was done since
        Due(dossier=dossier(2).id, acts=1, at=days(7)),
        Due(dossier=dossier(3).id, acts=1, at=None),
        Due(dossier=dossier(4).id, acts=1, at=days(9)),  # as it was
    ]
    assert (store.keep_due(changed), store.keep_due(changed)) == (2, 0)
    assert ids(store.every(SORTS)) == [1, 2, 4, 3]
    assert store.count(SORTS, due=(days(6), days(7))) == 1


def records_and_what_is_erased(store: SqlDossiers) -> None:
    assert store.unrecorded() == tuple(dossier(number).id for number in (1, 2, 3, 4))
    for number, one in ((1, 1), (2, 1), (1, 3)):
        store.recorded(dossier(one).id, number, (1 << 40) + number)
    assert store.unrecorded() == (dossier(2).id, dossier(4).id)
    found = store.one(dossier(1).id)
    assert found is not None
    assert [one.position for one in found.acts] == [(1 << 40) + 1, (1 << 40) + 2]
    assert store.to_erase("complaint", days(3), limit=9) == ()
    assert store.to_erase("leak", days(9), limit=9) == ()
    assert store.to_erase("complaint", days(4), limit=9) == (dossier(3).id,)
    assert store.persons() == (ONE, OTHER)
    assert set(store.of_erased([ONE])) == {dossier(number).id for number in (1, 2, 3)}
    store.erase([dossier(3).id, dossier(4).id])
    assert store.to_erase("complaint", days(4), limit=9) == store.of_erased([OTHER]) == ()
    assert store.persons() == (ONE,)
    erased = store.one(dossier(3).id)
    assert erased is not None
    assert erased.acts[0].fields == act().fields


@contract_of(SqlDossiers)
def test_dossiers(store: SqlDossiers, monkeypatch: pytest.MonkeyPatch) -> None:
    what_was_said_is_kept(store)
    they_are_found(store)
    what_is_due_moves(store, monkeypatch)
    records_and_what_is_erased(store)
