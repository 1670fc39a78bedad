"""The key vault: keys are made once, found again, and kept apart."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.evidence.conftest import KeysIn
from tests.adapters.evidence.key_kit import (
    NOW,
    KeysPlace,
    cut_short,
    erasure,
    file_holding,
    person,
    raw,
    raws,
)

from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_vault_schema import (
    DIGEST_BYTES,
    KeysDamagedError,
    KeyState,
    digest_of,
)
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Hold, Intention, WrappedKeyError
from chengnuo.ports.individuals import PersonKey  # noqa: TC001 - as everywhere

PEOPLE = [person(number) for number in range(1, 31)]


@pytest.fixture
def place(keys_in: KeysIn, tmp_path: Path) -> Iterator[KeysPlace]:
    place = keys_in(tmp_path)
    yield place
    if place.database is not None:
        place.database.close()


@pytest.fixture
def vault(place: KeysPlace) -> Iterator[KeptKeys]:
    with closing(place.vault()) as vault:
        yield vault


def test_whoever_only_reads_finishes_no_epoch_change(
    place: KeysPlace, vault: KeptKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = raws(vault.ready(PEOPLE[:3], content=True))
    vault.ready([PEOPLE[3]], content=True)
    cut_short(vault, PEOPLE[3], monkeypatch)
    state = place.run("SELECT wanted, made FROM state")
    with closing(place.vault(follows=True)) as reading:
        found = {one: reading.find(one) for one in PEOPLE[:3]}
        assert raws({one: keys for one, keys in found.items() if keys}) == known
    assert place.run("SELECT wanted, made FROM state") == state
    assert file_holding(place.folder).opened().epochs() == (1,)
    place.vault().close()
    assert file_holding(place.folder).opened().epochs() == (3,)


def test_keys_are_random_dense_and_kept(place: KeysPlace, vault: KeptKeys) -> None:
    made = vault.ready(PEOPLE, content=True)
    secrets = [keys.content for keys in made.values()] + [keys.proof for keys in made.values()]
    assert len(set(secrets)) == 60
    assert {len(secret or b"") for secret in secrets} == {32}
    assert [made[whose].ordinal for whose in PEOPLE] == list(range(1, 31))
    assert raws(vault.ready(reversed(PEOPLE), content=False)) == raws(made)
    again = place.vault()
    assert raws(again.ready(PEOPLE, content=True)) == raws(made)
    assert [again.by_ordinal(n) for n in (0, 31)] == [None, None]
    for whose, keys in made.items():
        assert raw(again.find(whose) or keys) == raw(keys)
        assert again.by_ordinal(keys.ordinal) == (whose, keys)
    assert again.count() == vault.count() == 30
    assert list(again.check()) == []
    again.close()


def test_a_content_key_is_made_only_when_it_is_needed(vault: KeptKeys) -> None:
    first = vault.ready(PEOPLE[:2], content=False)
    assert [keys.content for keys in first.values()] == [None, None]
    later = vault.ready([PEOPLE[1], PEOPLE[2], PEOPLE[1]], content=True)
    assert later[PEOPLE[1]].content is not None
    assert later[PEOPLE[1]].proof == first[PEOPLE[1]].proof
    assert [keys.ordinal for keys in later.values()] == [2, 3]
    assert raws(vault.ready(PEOPLE[:3], content=False)) == raws({**first, **later})


def test_nobody_unknown_is_found_and_asking_makes_nothing(vault: KeptKeys) -> None:
    assert vault.find(PEOPLE[0]) is None
    assert vault.by_ordinal(1) is None
    assert vault.ready([], content=True) == {}
    assert vault.count() == 0


def test_keys_do_not_show_when_they_are_printed(vault: KeptKeys) -> None:
    keys = vault.ready(PEOPLE[:1], content=True)[PEOPLE[0]]
    assert "content" not in repr(keys)
    assert "proof" not in repr(keys)


def test_erasing_takes_the_content_key_and_keeps_the_proof(vault: KeptKeys) -> None:
    before = vault.ready(PEOPLE, content=True)
    vault.erase({PEOPLE[0]: erasure(100)})
    after = vault.find(PEOPLE[0])
    assert after == replace(before[PEOPLE[0]], content=None)
    assert raws(vault.ready(PEOPLE[1:], content=True)) == raws(
        {whose: before[whose] for whose in PEOPLE[1:]}
    )
    assert vault.erasures(PEOPLE[0]) == (erasure(100),)
    assert vault.erasures(PEOPLE[1]) == ()
    assert vault.erased() == (PEOPLE[0],)
    new = vault.ready(PEOPLE[:1], content=True)[PEOPLE[0]]
    assert new.content not in {None, before[PEOPLE[0]].content}
    assert new.proof == before[PEOPLE[0]].proof


def test_erasing_the_proof_key_takes_both_and_the_ordinal_with_them(
    place: KeysPlace, vault: KeptKeys
) -> None:
    before = vault.ready(PEOPLE, content=True)
    last = PEOPLE[-1]
    vault.erase({last: erasure(100, KeyClass.PROOF)})
    assert vault.find(last) is None
    assert vault.by_ordinal(30) is None
    assert vault.count() == 29
    vault.close()
    again = place.vault()
    new = again.ready([last], content=True)[last]
    assert new.ordinal == 31
    assert not {new.content, new.proof} & {before[last].content, before[last].proof}
    again.close()


def test_once_the_proof_key_is_gone_nothing_listed_leads_to_a_record(
    place: KeysPlace, vault: KeptKeys
) -> None:
    who, other = PEOPLE[0], PEOPLE[1]
    vault.ready(PEOPLE[:2], content=True)
    vault.hold(Hold(person=who, duty="PIPL-56", since=NOW, until=None))
    vault.hold(Hold(person=other, duty="PIPL-56", since=NOW, until=None))
    vault.erase({who: erasure(41), other: erasure(42)})
    intention = Intention(key=KeyClass.PROOF, under="PIPL-19", position=43, payload="ab" * 32)
    vault.intend(who, intention)
    assert vault.intentions() == {who: intention}
    vault.erase({who: erasure(43, KeyClass.PROOF)})
    vault.erase({other: erasure(44)})
    listed = place.run("SELECT number, at, position FROM erasure WHERE person = ?", [who])
    ((number, at, position),) = listed
    assert place.run("SELECT count(*) FROM intention") == [(0,)]
    numbers = "SELECT number FROM erasure WHERE person = ? ORDER BY number"
    assert place.run(numbers, [other]) == [(2,), (3,)]
    assert number == position
    assert int(str(position)) < 0
    assert from_us(int(str(at))) == NOW.replace(hour=23, minute=59, second=59, microsecond=999_999)
    assert vault.holds(who) == ()
    assert [one.key for one in vault.erasures(who)] == [KeyClass.PROOF]
    assert vault.erasures(other) == (erasure(42), erasure(44))
    assert list(vault.check()) == []


def test_an_erasure_is_carried_out_once(vault: KeptKeys) -> None:
    vault.ready(PEOPLE[:1], content=True)
    vault.erase({PEOPLE[0]: erasure(100)})
    new = vault.ready(PEOPLE[:1], content=True)
    vault.erase({PEOPLE[0]: erasure(100)})
    assert raws(vault.ready(PEOPLE[:1], content=False)) == raws(new)
    vault.erase({PEOPLE[0]: erasure(101)})
    assert vault.ready(PEOPLE[:1], content=False)[PEOPLE[0]].content is None
    assert vault.erasures(PEOPLE[0]) == (erasure(100), erasure(101))


def test_erasing_what_is_not_there_is_listed_and_changes_no_epoch(
    place: KeysPlace, vault: KeptKeys
) -> None:
    vault.ready(PEOPLE[:1], content=False)
    vault.erase({PEOPLE[0]: erasure(5), PEOPLE[1]: erasure(6)})
    vault.erase({})
    assert file_holding(place.folder).opened().epochs() == (1,)
    assert vault.erasures(PEOPLE[1]) == (erasure(6),)


def test_there_is_no_open_key_to_erase(vault: KeptKeys) -> None:
    vault.ready(PEOPLE[:1], content=True)
    with pytest.raises(ValueError, match="open"):
        vault.erase({PEOPLE[0]: erasure(1, KeyClass.OPEN)})
    assert vault.erasures(PEOPLE[0]) == ()


def test_holds_are_listed_by_their_end_never_shortened_and_lifted(vault: KeptKeys) -> None:
    year = timedelta(days=365)
    forever = Hold(person=PEOPLE[0], duty="PIPL-69", since=NOW, until=None)
    late = Hold(person=PEOPLE[0], duty="PIPL-56", since=NOW, until=NOW + 3 * year)
    soon = Hold(person=PEOPLE[1], duty="PIPL-56", since=NOW, until=NOW + year)
    for hold in (forever, late, soon):
        vault.hold(hold)
    assert vault.holds() == (soon, late, forever)
    assert vault.holds(PEOPLE[0]) == (late, forever)
    vault.hold(replace(late, since=NOW + year, until=NOW + timedelta(microseconds=1)))
    vault.hold(replace(forever, until=NOW + year))
    assert vault.holds() == (soon, late, forever)
    later = replace(late, until=NOW + 4 * year)
    vault.hold(later)
    assert vault.holds() == (soon, later, forever)
    vault.lift(PEOPLE[0], "PIPL-56")
    vault.lift(PEOPLE[0], "PIPL-56")
    assert vault.holds() == (soon, forever)
    assert vault.holds(PEOPLE[2]) == ()


def test_more_individuals_than_are_remembered(place: KeysPlace) -> None:
    vault = place.vault(most_remembered=3)
    made = vault.ready(PEOPLE, content=True)
    for whose in PEOPLE:
        assert raw(vault.ready([whose], content=True)[whose]) == raw(made[whose])
    assert raws(vault.ready(PEOPLE, content=False)) == raws(made)
    vault.close()


def test_more_individuals_than_one_statement_can_name(vault: KeptKeys) -> None:
    crowd = [person(number) for number in range(1_300)]
    made = vault.ready(crowd, content=False)
    assert [made[whose].ordinal for whose in crowd] == list(range(1, 1_301))
    vault.erase({crowd[700]: erasure(key=KeyClass.PROOF)})
    assert vault.count() == 1_299
    assert list(vault.check()) == []


def test_many_threads_get_the_same_keys(vault: KeptKeys) -> None:
    start = Barrier(8)
    seen: list[dict[PersonKey, tuple[int, bytes | None, bytes]]] = []

    def ask(number: int) -> None:
        start.wait()
        mine = PEOPLE[number:] + PEOPLE[:number]
        for at in range(0, 30, 7):
            vault.ready(mine[at : at + 7], content=number % 2 == 0)
        vault.erase({person(1_000 + number): erasure()})
        seen.append(raws(vault.ready(PEOPLE, content=True)))

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [seen[0]] * 8
    assert sorted(ordinal for ordinal, _, _ in seen[0].values()) == list(range(1, 31))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        pytest.param(
            "UPDATE individual SET proof = (SELECT proof FROM individual WHERE ordinal = 2) "
            "WHERE ordinal = 1",
            "ordinal 1",
            id="the key of somebody else",
        ),
        pytest.param(
            "UPDATE individual SET content = proof WHERE ordinal = 2", "ordinal 2", id="class"
        ),
        pytest.param(
            "UPDATE individual SET content = substr(content, 2) WHERE ordinal = 3",
            "ordinal 3",
            id="cut short",
        ),
        pytest.param(
            "UPDATE individual SET ordinal = 9 WHERE ordinal = 3", "ordinal 9", id="moved"
        ),
        pytest.param(
            "UPDATE individual SET epoch = x'0000000000000063' WHERE ordinal = 2",
            "epoch 99, whose key is not held",
            id="another epoch",
        ),
        pytest.param(
            "UPDATE individual SET person = replace(person, 'a', 'b') WHERE ordinal = 2",
            "ordinal 2",
            id="another person",
        ),
        pytest.param("UPDATE state SET ordinal = 2", "where it stands", id="state"),
        pytest.param("DELETE FROM state", "where it stands", id="no state"),
        pytest.param("UPDATE erasure SET at = at + 1", "`erasure`", id="erasure"),
        pytest.param("UPDATE erasure SET under = 'PIPL-46'", "`erasure`", id="duty of erasure"),
        pytest.param("DELETE FROM erasure", "that were listed", id="no erasure"),
        pytest.param("UPDATE hold SET until = NULL", "`hold`", id="hold without an end"),
        pytest.param("UPDATE hold SET duty = 'PIPL-69'", "`hold`", id="duty of hold"),
        pytest.param("DELETE FROM hold", "that were listed", id="no hold"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    place: KeysPlace, vault: KeptKeys, statement: str, fault: str
) -> None:
    vault.ready(PEOPLE[:3], content=True)
    vault.erase({PEOPLE[0]: erasure(5)})
    vault.hold(Hold(person=PEOPLE[1], duty="PIPL-56", since=NOW, until=NOW))
    assert list(vault.check()) == []
    place.run(statement)
    assert fault in " ".join(vault.check())


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        pytest.param(
            "UPDATE individual SET person = CAST(person AS BLOB) WHERE ordinal = 2",
            "a row of an individual",
            id="another type",
        ),
        pytest.param("CREATE TABLE more (id)", "its tables", id="another table"),
    ],
)
def test_what_only_a_file_takes_is_found(tmp_path: Path, statement: str, fault: str) -> None:
    place = KeysPlace(tmp_path)
    with closing(place.vault()) as vault:
        vault.ready(PEOPLE[:3], content=True)
        place.run(statement)
        assert fault in " ".join(vault.check())


def test_an_ordinal_that_was_never_given_is_found(place: KeysPlace, vault: KeptKeys) -> None:
    vault.ready(PEOPLE[:3], content=True)
    before = KeyState(2, 1, 1, b"", bytes(DIGEST_BYTES))
    ((known,),) = place.run("SELECT known FROM state")
    assert isinstance(known, bytes)
    state = before._replace(known=known)
    place.run("UPDATE state SET ordinal = 2, digest = ?", (digest_of("state", state),))
    assert "ordinal 3 was never given; at most 2 was" in " ".join(vault.check())


def test_what_was_changed_in_a_list_is_not_read(place: KeysPlace, vault: KeptKeys) -> None:
    vault.ready(PEOPLE[:1], content=True)
    vault.erase({PEOPLE[0]: erasure(5)})
    vault.hold(Hold(person=PEOPLE[0], duty="PIPL-56", since=NOW, until=None))
    place.run("UPDATE erasure SET position = 6")
    place.run("UPDATE hold SET since = since + 1")
    with pytest.raises(KeysDamagedError, match="`erasure`"):
        vault.erasures(PEOPLE[0])
    with pytest.raises(KeysDamagedError, match="`hold`"):
        vault.holds(PEOPLE[0])


def test_a_hold_that_is_listed_anew_or_lifted_leaves_a_sound_list(vault: KeptKeys) -> None:
    for until in (NOW, None, NOW):
        vault.hold(Hold(person=PEOPLE[0], duty="PIPL-56", since=NOW, until=until))
        assert list(vault.check()) == []
    vault.lift(PEOPLE[0], "PIPL-56")
    vault.lift(PEOPLE[0], "PIPL-56")
    assert vault.holds() == ()
    assert list(vault.check()) == []


def test_a_changed_key_is_never_given_out(place: KeysPlace, vault: KeptKeys) -> None:
    vault.ready(PEOPLE[:2], content=True)
    place.run("UPDATE individual SET content = proof WHERE ordinal = 1")
    with closing(place.vault()) as again:  # which remembers none
        for ask in (
            lambda: again.find(PEOPLE[0]),
            lambda: again.by_ordinal(1),
            lambda: again.ready(PEOPLE[:1], content=False),
            lambda: again.erase({PEOPLE[1]: erasure()}),
        ):
            with pytest.raises(WrappedKeyError):
                ask()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["proof", "content", "erase content", "erase proof", "reopen"]),
        st.integers(0, 4),
    ),
    max_size=12,
)


@given(ACTS)
def test_the_vault_agrees_with_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    place = KeysPlace(tmp_path_factory.mktemp("vault"))
    vault = place.vault(most_remembered=2)
    # Person to (ordinal, whether there is a content key); the keys themselves as first seen.
    expected: dict[PersonKey, tuple[int, bytes | None, bytes]] = {}
    given_out = 0
    for position, (act, number) in enumerate(acts, start=1):
        whose = PEOPLE[number]
        known = expected.get(whose)
        if act in {"proof", "content"}:
            got = raw(vault.ready([whose], content=act == "content")[whose])
            if known is None:
                given_out += 1
                assert got[0] == given_out
            else:
                assert (got[0], got[2]) == (known[0], known[2])
                assert known[1] in {None, got[1]}
            assert act == "proof" or got[1] is not None
            expected[whose] = got
        elif act == "reopen":
            vault.close()
            vault = place.vault(most_remembered=2)
        elif act == "erase proof":
            vault.erase({whose: erasure(position, KeyClass.PROOF)})
            expected.pop(whose, None)
        else:
            vault.erase({whose: erasure(position)})
            if known is not None:
                expected[whose] = (known[0], None, known[2])
    found = {whose: vault.find(whose) for whose in PEOPLE}
    assert raws({whose: keys for whose, keys in found.items() if keys}) == expected
    assert vault.count() == len(expected)
    assert list(vault.check()) == []
    vault.close()
