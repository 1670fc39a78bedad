"""The holder that is a PKCS #11 token, against SoftHSM."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType
from tests.adapters.evidence.key_kit import (
    PIN,
    TOKEN,
    erasure,
    make_token,
    person,
    raws,
    softhsm_library,
)

from chengnuo.adapters.evidence.key_holder_pkcs11 import Pkcs11KeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError

pytestmark = pytest.mark.needs("softhsm2-util")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    make_token(tmp_path_factory.mktemp("token"))
    return softhsm_library()


@pytest.fixture
def holder(library: str, tmp_path: Path) -> Iterator[Pkcs11KeyHolder]:
    holder = Pkcs11KeyHolder(library, token=TOKEN, pin=PIN, prefix=f"{tmp_path.name}-")
    yield holder
    holder.close()


def label(tmp_path: Path, epoch: int) -> str:
    return f"{tmp_path.name}-{epoch}"


@pytest.fixture
def session(holder: Pkcs11KeyHolder, library: str) -> pkcs11.Session:
    assert holder.epochs() == ()
    return pkcs11.lib(library).get_token(token_label=TOKEN).open(rw=True)


def test_the_key_never_leaves_the_token(
    holder: Pkcs11KeyHolder, session: pkcs11.Session, tmp_path: Path
) -> None:
    holder.make(1)
    (key,) = session.get_objects({Attribute.LABEL: label(tmp_path, 1)})
    assert key[Attribute.SENSITIVE]
    assert not key[Attribute.EXTRACTABLE]
    assert key[Attribute.TOKEN]
    assert key[Attribute.VALUE_LEN] == 32
    with pytest.raises(pkcs11.AttributeSensitive):
        key[Attribute.VALUE]


def test_keys_of_another_prefix_or_kind_are_left_alone(
    holder: Pkcs11KeyHolder, session: pkcs11.Session, tmp_path: Path
) -> None:
    for other in ("another-1", label(tmp_path, 1) + "x", label(tmp_path, 1)[:-1]):
        session.generate_key(KeyType.AES, 256, label=other, store=True)
    holder.make(3)
    holder.destroy(1)
    assert holder.epochs() == (3,)
    assert len(list(session.get_objects({Attribute.LABEL: "another-1"}))) == 1


def test_two_keys_of_one_epoch_are_refused(
    holder: Pkcs11KeyHolder, session: pkcs11.Session, tmp_path: Path
) -> None:
    holder.make(1)
    session.generate_key(KeyType.AES, 256, label=label(tmp_path, 1), store=True)
    with pytest.raises(MasterKeyError, match="two keys"):
        holder.epochs()


def test_of_two_that_make_a_key_at_once_the_later_keeps_none(
    holder: Pkcs11KeyHolder,
    session: pkcs11.Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = holder._found  # noqa: SLF001  the moment between looking and making

    def overtaken() -> object:
        found = looked()
        session.generate_key(KeyType.AES, 256, label=label(tmp_path, 1), store=True)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(holder, "_found", overtaken)
        with pytest.raises(KeyHolderError, match="epoch 1"):
            holder.make(1)
    assert holder.epochs() == (1,)
    holder.make(1)
    assert holder.unwrap(1, [(holder.wrap(1, [(bytes(32), b"")])[0], b"")]) == [bytes(32)]


def test_who_was_overtaken_within_making_a_key_makes_no_second_one_of_an_epoch(
    holder: Pkcs11KeyHolder,
    session: pkcs11.Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(epoch: int) -> None:
        raise KeyHolderError(str(epoch))  # it has looked, and goes on below

    rows = tmp_path / "keys.db"
    people = [person(number) for number in range(3)]
    with closing(SqliteKeyVault(rows, holder)) as overtaken:
        known = raws(overtaken.ready(people, content=True))
        with monkeypatch.context() as patch:
            patch.setattr(holder, "make", stopped)
            with pytest.raises(KeyHolderError, match="2"):
                overtaken.erase({people[0]: erasure()})
    with closing(SqliteKeyVault(rows, holder)) as other:
        session.generate_key(KeyType.AES, 256, label=label(tmp_path, 2), store=True)
        assert holder.epochs() == (2, 3)
        assert raws(other.ready(people[1:], content=True)) == {
            one: known[one] for one in people[1:]
        }
    with closing(SqliteKeyVault(rows, holder)) as next_one:
        assert holder.epochs() == (3,)
        assert raws(next_one.ready(people[1:], content=True)).keys() == {*people[1:]}


def test_a_wrong_pin_is_refused(library: str) -> None:
    with pytest.raises(MasterKeyError, match="PIN") as caught:
        Pkcs11KeyHolder(library, token=TOKEN, pin="999999")
    assert "999999" not in str(caught.value)


def test_a_token_that_is_not_there_is_said(library: str) -> None:
    with pytest.raises(KeyHolderError, match="NoSuchToken"):
        Pkcs11KeyHolder(library, token="nowhere", pin=PIN)  # noqa: S106 - a label


def test_a_library_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyHolderError):
        Pkcs11KeyHolder("/nowhere/library.so", token=TOKEN, pin=PIN)


# The library complains of the same thing once more when it clears away a search.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_token_that_was_closed_does_not_answer(library: str) -> None:
    holder = Pkcs11KeyHolder(library, token=TOKEN, pin=PIN, prefix="closed-")
    holder.close()
    for use in (holder.epochs, lambda: holder.make(1), lambda: holder.destroy(1)):
        with pytest.raises(KeyHolderError, match="does not answer"):
            use()
