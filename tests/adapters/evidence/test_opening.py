"""Opening the log of a data folder to write it: a second writer is refused before all else."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from tests.adapters.evidence.key_kit import cut_short
from tests.adapters.evidence.log_kit import SteppingClock, bytes_by_file, consents, person

from chengnuo.adapters.evidence.opening import (
    OpenedToWrite,
    check_everything,
    check_keys,
    open_log,
    open_reader,
)
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, KeyHolderError
from chengnuo.ports.evidence_log import LogLockedError, LogUnavailableError

_ORIGIN = "log.example/opening"


def _opened(place: Place) -> OpenedToWrite:
    return open_log(place, clock=SteppingClock(), origin=_ORIGIN)


def test_a_second_writer_does_not_touch_the_vault(tmp_path: Path) -> None:
    place = Place(data=tmp_path)
    first = _opened(place)
    first.log.append(consents(range(5)))
    # As an erasure that was cut short leaves it: whoever opens the vault next finishes it.
    with closing(sqlite3.connect(place.folder / "keys.db")) as database, database:
        database.execute("UPDATE state SET wanted = 2")
    before = bytes_by_file(tmp_path)
    with pytest.raises(LogLockedError):
        _opened(place)
    assert bytes_by_file(tmp_path) == before
    first.close()


def test_whoever_reads_or_checks_finishes_nothing_of_the_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(data=tmp_path)
    opened = _opened(place)
    opened.vault.ready([person(1)], content=True)
    cut_short(opened.vault, person(1), monkeypatch)
    opened.close()
    before = bytes_by_file(tmp_path)
    open_reader(place).close()
    (problem,) = check_keys(place)
    assert "not finished" in problem.what
    assert bytes_by_file(tmp_path) == before
    (place.folder / "keys.db").unlink()
    (tmp_path / "keys" / "epoch.key").unlink()
    with pytest.raises(KeyHolderError, match="first key"):
        open_reader(place)
    assert not (place.folder / "keys.db").exists()


def test_a_second_writer_is_refused_before_its_keys_are_looked_at(tmp_path: Path) -> None:
    first = _opened(Place(data=tmp_path))
    with pytest.raises(LogLockedError):
        _opened(Place(data=tmp_path, master_key="no key at all"))
    first.close()


def test_a_second_writer_of_another_name_is_refused_as_the_second(tmp_path: Path) -> None:
    first = _opened(Place(data=tmp_path))
    with pytest.raises(LogLockedError):
        open_log(Place(data=tmp_path), clock=SteppingClock(), origin="log.example/other")
    first.close()


def test_an_opening_that_failed_lets_go_of_the_lock(tmp_path: Path) -> None:
    place = Place(data=tmp_path)
    _opened(place).close()
    database = place.folder / "keys.db"
    whole = database.read_bytes()
    database.write_bytes(b"damaged" * 1_000)
    for _ in range(2):
        with pytest.raises(Exception, match="malformed"):
            _opened(place)
    database.write_bytes(whole)
    opened = _opened(place)
    opened.log.append(consents(range(5)))
    erasure = Erasure(
        key=KeyClass.CONTENT, at=datetime(2026, 3, 2, tzinfo=UTC), under="PIPL-47", position=5
    )
    opened.log.erase({person(1): erasure})
    opened.close()
    assert list(check_everything(place)) == []


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("not a folder")
    with pytest.raises(LogUnavailableError):
        _opened(Place(data=tmp_path))


def test_of_many_that_begin_at_once_one_makes_the_log_and_the_others_touch_nothing(
    tmp_path: Path,
) -> None:
    place = Place(data=tmp_path)
    barrier = Barrier(4)
    opened: list[OpenedToWrite] = []
    refused: list[LogLockedError] = []

    def begin() -> None:
        barrier.wait()
        try:
            opened.append(_opened(place))
        except LogLockedError as error:
            refused.append(error)

    threads = [Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), len(refused)) == (1, 3)
    assert opened[0].is_new
    opened[0].log.append(consents(range(3)))
    opened[0].close()
    assert list(check_everything(place)) == []
