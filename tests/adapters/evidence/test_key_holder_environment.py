"""The holder under a master key from the environment."""

from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import MASTER

from chengnuo.adapters.evidence.key_holder_environment import (
    EnvironmentKeyHolder,
    master_from_text,
)
from chengnuo.ports.evidence_keys import MasterKeyError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "epoch.keys"


def test_the_master_key_is_64_hex_digits() -> None:
    assert master_from_text(MASTER.hex()) == MASTER
    assert master_from_text(f" {MASTER.hex().upper()}\n") == MASTER


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="not set"),
        pytest.param(" \n", id="blank"),
        pytest.param(MASTER.hex()[:-1], id="a digit short"),
        pytest.param(MASTER.hex() + "00", id="too long"),
        pytest.param("z" + MASTER.hex()[1:], id="no hex digit"),
        pytest.param(" ".join([MASTER.hex()[:31], MASTER.hex()[32:]]), id="a blank inside"),
        pytest.param("é" * 64, id="not ASCII"),
    ],
)
def test_another_text_is_no_master_key_and_is_not_repeated(text: str | None) -> None:
    with pytest.raises(MasterKeyError, match="64 hex digits") as caught:
        master_from_text(text)
    assert caught.value.code == "evidence-master-key"
    assert MASTER.hex()[4:20] not in str(caught.value)
    assert caught.value.__cause__ is None


def test_another_master_key_is_noticed_before_anything_is_written(path: Path) -> None:
    EnvironmentKeyHolder(MASTER, path).make(1)
    before = path.read_bytes()
    other = EnvironmentKeyHolder(bytes(32), path)
    for use in (
        other.epochs,
        lambda: other.make(2),
        lambda: other.destroy(1),
        lambda: other.wrap(1, []),
        lambda: other.unwrap(1, []),
    ):
        with pytest.raises(MasterKeyError, match="used before"):
            use()
    assert path.read_bytes() == before


def test_a_wrapped_epoch_key_under_another_number_is_none_of_ours(path: Path) -> None:
    EnvironmentKeyHolder(MASTER, path).make(1)
    path.write_text(path.read_text().replace('"1"', '"2"'))
    with pytest.raises(MasterKeyError):
        EnvironmentKeyHolder(MASTER, path).epochs()


def test_it_says_what_it_cannot_do_an_old_copy_of_the_file_still_opens(path: Path) -> None:
    holder = EnvironmentKeyHolder(MASTER, path)
    holder.make(1)
    (wrapped,) = holder.wrap(1, [(b"k" * 32, b"c")])
    copy = path.read_bytes()
    holder.destroy(1)
    path.write_bytes(copy)
    assert holder.unwrap(1, [(wrapped, b"c")]) == [b"k" * 32]
    assert not holder.forgets


def test_it_is_the_environment_that_holds_the_key(path: Path) -> None:
    holder = EnvironmentKeyHolder(MASTER, path)
    holder.make(1)
    assert holder.place == "environment"
    assert MASTER.hex() not in path.read_text()
