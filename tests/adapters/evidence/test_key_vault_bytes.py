"""After an erasure no byte anywhere holds the destroyed keys, and no older copy opens anything."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import (
    Holding,
    bytes_below,
    environment_holding,
    erasure,
    file_holding,
    person,
    raw,
    raws,
    saved,
)

from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import KeyHolderError, WrappedKeyError

Hold = Callable[[Path], Holding]
HOLDERS = pytest.mark.parametrize(
    "holding",
    [
        pytest.param(file_holding, id="file"),
        pytest.param(environment_holding, id="environment"),
    ],
)
PEOPLE = [person(number) for number in range(600)]


def wrapped_forms(folder: Path) -> dict[str, tuple[bytes, bytes]]:
    connection = sqlite3.connect(f"file:{folder}/keys.db?mode=ro", uri=True)
    rows = connection.execute("SELECT person, content, proof FROM individual").fetchall()
    connection.close()
    return {whose: (content, proof) for whose, content, proof in rows}


@HOLDERS
def test_no_byte_of_any_file_holds_a_destroyed_key_raw_or_wrapped(
    tmp_path: Path, holding: Hold
) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    vault = SqliteKeyVault(folder / "keys.db", holding(folder).opened())
    # Proof keys first, then content keys, so that rows change after they were made.
    vault.ready(PEOPLE, content=False)
    before = vault.ready(PEOPLE, content=True)
    wrapped = wrapped_forms(folder)
    epoch_keys = (folder / "epoch.key").read_bytes().split(b'"1":"')[1][:64]
    assert all(form in bytes_below(folder) for forms in wrapped.values() for form in forms)
    content_of, proof_of = PEOPLE[3::50], PEOPLE[7::3]
    vault.erase(
        {whose: erasure(900, KeyClass.PROOF) for whose in proof_of}
        | {whose: erasure(900) for whose in content_of if whose not in proof_of}
    )
    left = bytes_below(folder)
    for whose in content_of:
        assert before[whose].content not in left
    for whose in proof_of:
        assert before[whose].content not in left
        assert before[whose].proof not in left
    # All keys were wrapped anew: not one of the old forms is left, whoever it was of.
    assert [form for forms in wrapped.values() for form in forms if form in left] == []
    assert epoch_keys not in left
    assert (folder / "keys.db-wal").stat().st_size == 0
    for whose in set(PEOPLE) - set(content_of) - set(proof_of):
        found = vault.find(whose)
        assert found is not None
        assert raw(found) == raw(before[whose])
    vault.close()


@HOLDERS
def test_many_erasures_leave_nothing_of_any_form_a_key_ever_had(
    tmp_path: Path, holding: Hold
) -> None:
    vault = SqliteKeyVault(tmp_path / "keys.db", holding(tmp_path).opened())
    gone: set[bytes] = set()
    for turn in range(12):
        # New ones come, some only with a proof key, while others go for good.
        vault.ready(PEOPLE[turn * 40 : turn * 40 + 60], content=turn % 2 == 0)
        gone |= {form for forms in wrapped_forms(tmp_path).values() for form in forms if any(form)}
        some = PEOPLE[turn % 5 : turn * 40 + 40 : 3]
        kind = KeyClass.PROOF if turn % 3 else KeyClass.CONTENT
        vault.erase({whose: erasure(turn, kind) for whose in some})
        left = bytes_below(tmp_path)
        assert [form for form in gone if form in left] == []
    assert list(vault.check()) == []
    vault.close()


@HOLDERS
def test_an_older_copy_of_the_database_opens_nothing_with_the_present_holder(
    tmp_path: Path, holding: Hold
) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    vault = SqliteKeyVault(folder / "keys.db", holding(folder).opened())
    vault.ready(PEOPLE[:5], content=True)
    # While it is open: most of it still stands in the write-ahead log.
    copy = saved(folder, tmp_path / "copy")
    assert (copy / "keys.db-wal").stat().st_size > 0
    rows = sqlite3.connect(copy / "keys.db")
    forms = rows.execute("SELECT ordinal, content, proof FROM individual").fetchall()
    rows.close()
    vault.erase({PEOPLE[0]: erasure(9)})
    present = holding(folder).opened()
    for database in (copy, saved(copy, tmp_path / "copy again")):
        (database / "epoch.key").unlink()
        bytes_of_copy = (database / "keys.db").read_bytes()
        with pytest.raises(WrappedKeyError, match="old copy"):
            SqliteKeyVault(database / "keys.db", present)
        assert (database / "keys.db").read_bytes() == bytes_of_copy
    # And by hand, row by row, of those erased and of those not.
    assert len(forms) == 5
    for ordinal, content, proof in forms:
        for form, key_class in ((content, b"\x01"), (proof, b"\x02")):
            context = ordinal.to_bytes(8, "big") + key_class + PEOPLE[ordinal - 1].encode()
            with pytest.raises(WrappedKeyError):
                present.unwrap(2, [(form, context)])
            with pytest.raises(KeyHolderError):
                present.unwrap(1, [(form, context)])
    assert raws(vault.ready(PEOPLE[1:5], content=True)).keys() == set(PEOPLE[1:5])
    vault.close()


def test_the_context_of_a_wrapped_key_is_ordinal_class_and_person(tmp_path: Path) -> None:
    vault = SqliteKeyVault(tmp_path / "keys.db", file_holding(tmp_path).opened())
    keys = vault.ready(PEOPLE[:2], content=True)[PEOPLE[1]]
    content, proof = wrapped_forms(tmp_path)[PEOPLE[1]]
    holder = file_holding(tmp_path).opened()
    prefix = (2).to_bytes(8, "big")
    whose = PEOPLE[1].encode()
    assert holder.unwrap(
        1, [(content, prefix + b"\x01" + whose), (proof, prefix + b"\x02" + whose)]
    ) == [keys.content, keys.proof]
    vault.close()
