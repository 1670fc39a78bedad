"""One bit is flipped in a file of a closed log: it is found, and the file is named.

SQLite files have bytes that mean nothing (free space within a page, counters of the header); a
flip there changes no content, and is then allowed to pass for `index.db` alone.
"""

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from tests.adapters.evidence.log_kit import Kit, consents, person, projected, published

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.adapters.evidence.log_keys import LOG_JSON
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import Draft

_SEGMENT_BYTES = 1 << 17
_RECORDS = 613  # two full tiles and begun ones on two levels


@dataclass(frozen=True)
class _Closed:
    """A closed log, and what its files hold."""

    kit: Kit
    files: dict[str, bytes]

    def flip(self, name: str, offset: int, bit: int) -> None:
        data = bytearray(self.files[name])
        data[offset] ^= 1 << bit
        (self.kit.log_folder / name).write_bytes(data)

    def mend(self, name: str) -> None:
        """Put a file back, once nobody reads it: a reading that failed holds it until collected."""
        gc.collect()
        (self.kit.log_folder / name).write_bytes(self.files[name])

    def is_found(self, name: str) -> bool:
        """Tell whether a check names the file."""
        return any(problem.file == name for problem in self.kit.problems())


def _records() -> Iterator[list[Draft]]:
    yield [published(0)]
    for number in range(60):
        yield consents(range(number * 10, number * 10 + 10), whose=number % 7)
    yield [
        Draft(kind=Kind.ALIASES_MERGED, payload=b'{"v":1}', person=person(1), also=person(2)),
        Draft(kind=Kind.PROVISION, payload=b'{"v":1}', person=person(3), recipient="party-map"),
        Draft(kind=Kind.PROVISION, payload=b'{"v":1}', recipient="party-map"),
        Draft(kind=Kind.DECISION, payload=b'{"v":1}'),
    ]
    yield [published(number) for number in range(1, 9)]


@pytest.fixture(name="closed", scope="module")
def _closed(tmp_path_factory: pytest.TempPathFactory) -> _Closed:
    kit = Kit(tmp_path_factory.mktemp("closed"), segment_bytes=_SEGMENT_BYTES)
    log = kit.open()
    for number, drafts in enumerate(_records()):
        log.append(drafts)
        if number % 20 == 0:
            log.publish()
    log.close()
    kit.close()
    assert log.recovered.position == 0
    assert kit.problems() == []
    files = {
        path.relative_to(kit.log_folder).as_posix(): path.read_bytes()
        for path in kit.log_folder.rglob("*")
        if path.is_file() and path.name != "lock" and not path.name.startswith("keys.db")
    }
    return _Closed(kit, files)


def _names(closed: _Closed, chosen: Callable[[str], bool]) -> list[str]:
    found = [name for name in sorted(closed.files) if chosen(name) and closed.files[name]]
    assert found
    return found


def _is_segment(name: str) -> bool:
    return name.startswith(f"{WAL}/")


def _is_begun(name: str) -> bool:
    return "/tile/" in name and ".p/" in name


def _is_full(name: str) -> bool:
    return "/tile/" in name and ".p/" not in name


def _is_small(name: str) -> bool:
    return name in {f"{PUBLIC}/{CHECKPOINT}", f"{PUBLIC}/{LOG_JSON}"}


def test_the_log_has_every_sort_of_file(closed: _Closed) -> None:
    for chosen in (_is_segment, _is_begun, _is_full, _is_small):
        assert _names(closed, chosen)
    assert len(_names(closed, _is_segment)) > 2
    assert any("tile/1/" in name for name in closed.files)
    assert FILE_NAME in closed.files


def _flip_and_look(closed: _Closed, name: str, offsets: Iterator[int] | range) -> None:
    random = Random(name)
    missed = []
    for offset in offsets:
        bit = random.randrange(8)
        closed.flip(name, offset, bit)
        if not closed.is_found(name):
            missed.append((offset, bit))
    closed.mend(name)
    assert missed == []


def _some(closed: _Closed, name: str, count: int) -> list[int]:
    """Return offsets: the first ones, the last one, and some by chance."""
    size = len(closed.files[name])
    random = Random(f"some of {name}")
    return sorted(
        {0, 1, 40, size - 1, *(random.randrange(size) for _ in range(count))} & {*range(size)}
    )


@pytest.mark.parametrize("chosen", [_is_segment, _is_begun, _is_full, _is_small])
def test_a_flipped_bit_is_found_and_its_file_named(
    closed: _Closed, chosen: Callable[[str], bool]
) -> None:
    for name in _names(closed, chosen):
        _flip_and_look(closed, name, iter(_some(closed, name, 4)))


@pytest.mark.slow
def test_a_flipped_bit_in_any_byte_of_checkpoint_or_key_list_is_found(closed: _Closed) -> None:
    for name in _names(closed, _is_small):
        _flip_and_look(closed, name, range(len(closed.files[name])))


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [_is_segment, _is_begun, _is_full])
def test_a_flipped_bit_in_many_bytes_is_found(
    closed: _Closed, chosen: Callable[[str], bool]
) -> None:
    for name in _names(closed, chosen):
        _flip_and_look(closed, name, iter(_some(closed, name, 60)))


def _hold_projection(closed: _Closed, offsets: list[int]) -> None:
    """Flip bits of the projection: it is named, or says what it said."""
    random = Random(7)
    whole = projected(closed.kit.log_folder)
    for offset in offsets:
        closed.flip(FILE_NAME, offset, random.randrange(8))
        problems = closed.kit.problems()
        assert all(problem.file == FILE_NAME for problem in problems)
        if not problems:
            assert projected(closed.kit.log_folder) == whole
    closed.mend(FILE_NAME)


def test_a_flipped_bit_of_the_projection_is_found_or_means_nothing(closed: _Closed) -> None:
    size = len(closed.files[FILE_NAME])
    random = Random(8)
    _hold_projection(closed, [*range(0, 100, 17), *(random.randrange(size) for _ in range(20))])


@pytest.mark.slow
def test_any_flipped_bit_of_the_projection_is_found_or_means_nothing(closed: _Closed) -> None:
    _hold_projection(closed, list(range(0, len(closed.files[FILE_NAME]), 37)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kind SET count = count + 1 WHERE kind = 'provision'",
        "DELETE FROM kind WHERE kind = 'provision'",
        "UPDATE growth SET size = size - 1",
        "UPDATE page SET data = zeroblob(length(data)) WHERE path = x''",
        "DELETE FROM page WHERE path = x''",
        "UPDATE progress SET size = size - 1",
        "UPDATE progress SET signed_at = signed_at + 1",
        "UPDATE progress SET synced = 0, edge = x''",
    ],
)
def test_what_is_changed_in_the_projection_is_found(closed: _Closed, change: str) -> None:
    database = sqlite3.connect(closed.kit.log_folder / FILE_NAME)
    with closing(database), database:
        assert database.execute(change).rowcount == 1
    try:
        assert {problem.file for problem in closed.kit.problems()} == {FILE_NAME}
    finally:
        closed.mend(FILE_NAME)


@pytest.mark.parametrize("of", [_is_segment, _is_full])
def test_a_file_that_is_not_there_is_named(closed: _Closed, of: Callable[[str], bool]) -> None:
    name = _names(closed, of)[0]
    (closed.kit.log_folder / name).unlink()
    try:
        assert closed.is_found(name)
    finally:
        closed.mend(name)


def test_a_file_that_belongs_to_no_record_is_named(closed: _Closed, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(closed.kit.folder, copied)
    strange = copied / "evidence" / PUBLIC / "tile" / "0" / "009"
    strange.write_bytes(bytes(32))
    names = [problem.file for problem in Kit(copied).problems()]
    assert names == [f"{PUBLIC}/tile/0/009"]
