"""What every holder of epoch keys must do."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import (
    PIN,
    TOKEN,
    environment_holding,
    file_holding,
    make_token,
    softhsm_library,
)

from chengnuo.adapters.evidence.key_holder_pkcs11 import Pkcs11KeyHolder
from chengnuo.ports.evidence_keys import KeyHolder, KeyHolderError, WrappedKeyError

PAIRS = [(bytes([n]) * 32, n.to_bytes(8, "big") + b"\x01") for n in range(40)]


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    make_token(tmp_path_factory.mktemp("token"))
    return softhsm_library()


@pytest.fixture(
    params=["file", "environment", pytest.param("pkcs11", marks=pytest.mark.needs("softhsm2-util"))]
)
def holder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyHolder]:
    if request.param == "file":
        yield file_holding(tmp_path).opened()
    elif request.param == "environment":
        yield environment_holding(tmp_path).opened()
    else:
        prefix = f"{tmp_path.name}-"
        library = request.getfixturevalue("token")
        token_holder = Pkcs11KeyHolder(library, token=TOKEN, pin=PIN, prefix=prefix)
        yield token_holder
        token_holder.close()


def test_a_holder_begins_without_keys_and_keeps_what_it_made(holder: KeyHolder) -> None:
    assert holder.epochs() == ()
    for epoch in (12, 2, 7):
        holder.make(epoch)
    assert holder.epochs() == (2, 7, 12)


def test_wrapped_keys_come_back_in_their_order(holder: KeyHolder) -> None:
    holder.make(1)
    wrapped = holder.wrap(1, PAIRS)
    contexts = [context for _, context in PAIRS]
    opened = holder.unwrap(1, list(zip(wrapped, contexts, strict=True)))
    assert opened == [key for key, _ in PAIRS]
    assert holder.wrap(1, []) == holder.unwrap(1, []) == []


def test_a_wrapped_key_shows_neither_the_key_nor_that_it_is_the_same(holder: KeyHolder) -> None:
    holder.make(1)
    one, two = holder.wrap(1, [PAIRS[3], PAIRS[3]])
    assert one != two
    assert PAIRS[3][0][:8] not in one
    assert len({len(wrapped) for wrapped in holder.wrap(1, PAIRS)}) == 1


def test_making_an_epoch_again_changes_nothing(holder: KeyHolder) -> None:
    holder.make(1)
    (wrapped,) = holder.wrap(1, PAIRS[:1])
    holder.make(1)
    assert holder.unwrap(1, [(wrapped, PAIRS[0][1])]) == [PAIRS[0][0]]


def test_every_changed_byte_is_refused(holder: KeyHolder) -> None:
    holder.make(1)
    (wrapped,) = holder.wrap(1, PAIRS[:1])
    for at in range(len(wrapped)):
        changed = wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :]
        with pytest.raises(WrappedKeyError):
            holder.unwrap(1, [(changed, PAIRS[0][1])])


@pytest.mark.parametrize("cut", [0, 1, 12, 28, 59])
def test_a_wrapped_key_that_is_cut_short_is_refused(holder: KeyHolder, cut: int) -> None:
    holder.make(1)
    (wrapped,) = holder.wrap(1, PAIRS[:1])
    with pytest.raises(WrappedKeyError):
        holder.unwrap(1, [(wrapped[:cut], PAIRS[0][1])])
    with pytest.raises(WrappedKeyError):
        holder.unwrap(1, [(wrapped + wrapped[:cut] + b"\0", PAIRS[0][1])])


def test_a_wrapped_key_opens_only_in_its_context(holder: KeyHolder) -> None:
    holder.make(1)
    (wrapped,) = holder.wrap(1, PAIRS[:1])
    for context in (PAIRS[1][1], PAIRS[0][1] + b"\0", b""):
        with pytest.raises(WrappedKeyError):
            holder.unwrap(1, [(wrapped, context)])


def test_a_wrapped_key_opens_only_under_its_epoch(holder: KeyHolder) -> None:
    holder.make(1)
    holder.make(2)
    (wrapped,) = holder.wrap(1, PAIRS[:1])
    with pytest.raises(WrappedKeyError):
        holder.unwrap(2, [(wrapped, PAIRS[0][1])])


def test_one_that_does_not_open_fails_all_of_them(holder: KeyHolder) -> None:
    holder.make(1)
    one, two = holder.wrap(1, PAIRS[:2])
    with pytest.raises(WrappedKeyError):
        holder.unwrap(1, [(one, PAIRS[0][1]), (two, PAIRS[0][1])])
    assert holder.unwrap(1, [(one, PAIRS[0][1])]) == [PAIRS[0][0]]


def test_an_epoch_that_is_not_there_neither_wraps_nor_opens(holder: KeyHolder) -> None:
    holder.make(1)
    wrapped = holder.wrap(1, PAIRS[:1])
    with pytest.raises(KeyHolderError, match="epoch 2"):
        holder.wrap(2, PAIRS)
    with pytest.raises(KeyHolderError, match="epoch 2"):
        holder.unwrap(2, [(wrapped[0], PAIRS[0][1])])


def test_a_destroyed_epoch_is_gone_and_the_others_stay(holder: KeyHolder) -> None:
    holder.make(1)
    holder.make(2)
    (old,) = holder.wrap(1, PAIRS[:1])
    (kept,) = holder.wrap(2, PAIRS[:1])
    holder.destroy(1)
    holder.destroy(1)
    assert holder.epochs() == (2,)
    with pytest.raises(KeyHolderError):
        holder.unwrap(1, [(old, PAIRS[0][1])])
    assert holder.unwrap(2, [(kept, PAIRS[0][1])]) == [PAIRS[0][0]]


def test_an_epoch_made_anew_has_another_key(holder: KeyHolder) -> None:
    holder.make(1)
    (old,) = holder.wrap(1, PAIRS[:1])
    holder.destroy(1)
    holder.make(1)
    with pytest.raises(WrappedKeyError):
        holder.unwrap(1, [(old, PAIRS[0][1])])


def test_a_holder_says_where_it_is_and_no_secret(holder: KeyHolder) -> None:
    holder.make(1)
    key = os.urandom(32)
    holder.wrap(1, [(key, b"")])
    assert holder.place
    assert not holder.in_data_folder
    for secret in (PIN, bytes(range(32)).hex(), key.hex()):
        assert secret not in holder.place
        assert secret not in repr(holder)
