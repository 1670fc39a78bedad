"""One bit is flipped in the key database: it is found and the file named, or it means nothing.

Free space within a page and some counters of SQLite's header mean nothing: there, every answer of
the vault stays what it was. Everything that carries a row, an entry of an index or the schema is
found.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from tests.adapters.evidence.key_kit import NOW, erasure, person, raw

from chengnuo.adapters.evidence.key_vault import FILE_NAME, SqliteKeyVault
from chengnuo.adapters.evidence.opening import check_keys
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Hold

_PEOPLE = [person(number) for number in range(150)]
_HEADER_BYTES = 100
_PAGE_TYPES = {2: 12, 5: 12, 10: 8, 13: 8}
"""For each type of page of a b-tree, how long its header is (SQLite file format, section 1.6)."""
_INNER_TABLE = 5
_IN_A_CELL = 30  # every cell of a row is longer


@dataclass(frozen=True)
class _Closed:
    """A closed vault in a data folder: the bytes of its file, and all that it answers."""

    place: Place
    data: bytes
    page_bytes: int
    answers: tuple[object, ...]

    @property
    def file(self) -> Path:
        return self.place.folder / FILE_NAME

    def is_found(self, offset: int, bit: int) -> bool:
        """Flip a bit and tell whether it is found; if not, see that it means nothing."""
        data = bytearray(self.data)
        data[offset] ^= 1 << bit
        self._write(data)
        problems = list(check_keys(self.place))
        assert {problem.file for problem in problems} <= {FILE_NAME}
        if not problems:
            self._write(data)
            assert _answers(self.place) == self.answers, (offset, bit)
        return bool(problems)

    def _write(self, data: bytes | bytearray) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
        self.file.write_bytes(data)

    def pages(self) -> range:
        return range(0, len(self.data), self.page_bytes)

    def cells(self, page: int) -> Iterator[int]:
        """Yield where the cells of a page begin; nothing if it is of no b-tree."""
        head = page or _HEADER_BYTES
        length = _PAGE_TYPES.get(self.data[head])
        if length is None:
            return
        count = int.from_bytes(self.data[head + 3 : head + 5], "big")
        for number in range(count):
            at = head + length + 2 * number
            yield page + int.from_bytes(self.data[at : at + 2], "big")


def _vault(place: Place) -> SqliteKeyVault:
    return SqliteKeyVault(place.folder / FILE_NAME, place.holder())


def _answers(place: Place) -> tuple[object, ...]:
    with closing(_vault(place)) as vault:
        keys = [vault.find(whose) for whose in _PEOPLE]
        numbered = [vault.by_ordinal(ordinal) for ordinal in range(len(_PEOPLE) + 3)]
        return (
            [None if found is None else raw(found) for found in keys],
            [None if one is None else (one[0], raw(one[1])) for one in numbered],
            [vault.erasures(whose) for whose in _PEOPLE],
            [vault.holds(whose) for whose in _PEOPLE],
            vault.holds(),
            vault.count(),
        )


@pytest.fixture(name="closed", scope="module")
def _closed(tmp_path_factory: pytest.TempPathFactory) -> _Closed:
    place = Place(data=tmp_path_factory.mktemp("closed"))
    place.folder.mkdir()
    (place.data / "keys").mkdir()
    with closing(_vault(place)) as vault:
        vault.ready(_PEOPLE[:120], content=True)
        vault.ready(_PEOPLE[120:], content=False)
        for number in range(60):
            until = None if number % 3 else NOW + timedelta(days=number)
            vault.hold(Hold(person=_PEOPLE[number], duty="PIPL-56", since=NOW, until=until))
        vault.lift(_PEOPLE[7], "PIPL-56")
        vault.erase({whose: erasure(number) for number, whose in enumerate(_PEOPLE[::3])})
        vault.erase({whose: erasure(300, KeyClass.PROOF) for whose in _PEOPLE[5::20]})
    data = (place.folder / FILE_NAME).read_bytes()
    closed = _Closed(
        place=place,
        data=data,
        page_bytes=int.from_bytes(data[16:18], "big"),
        answers=_answers(place),
    )
    assert list(check_keys(place)) == []
    return closed


def test_the_database_has_every_sort_of_page(closed: _Closed) -> None:
    sorts = {closed.data[page or _HEADER_BYTES] for page in closed.pages()}
    assert set(_PAGE_TYPES) <= sorts
    assert len(closed.pages()) > 15


def test_a_flipped_bit_of_any_page_is_found_or_means_nothing(closed: _Closed) -> None:
    random = Random(5)
    found = 0
    for page in closed.pages():
        for _ in range(4):
            offset = page + random.randrange(closed.page_bytes)
            found += closed.is_found(offset, random.randrange(8))
    assert found > len(closed.pages())


def test_a_flipped_bit_of_a_row_or_of_an_entry_of_an_index_is_found(closed: _Closed) -> None:
    random = Random(6)
    missed = []
    for page in closed.pages():
        cells = list(closed.cells(page))
        # Between two rows, what an inner page of a table says may change and mean the same.
        if not cells or closed.data[page or _HEADER_BYTES] == _INNER_TABLE:
            continue
        for cell in random.sample(cells, min(len(cells), 8)):
            offset, bit = cell + random.randrange(_IN_A_CELL), random.randrange(8)
            if not closed.is_found(offset, bit):
                missed.append((page, offset - cell, bit))
    assert missed == []


@pytest.mark.parametrize("what", [b"PIPL-47", b"PIPL-56", b"content", b"CREATE TABLE hold"])
def test_a_flipped_bit_of_a_word_that_is_listed_is_found(closed: _Closed, what: bytes) -> None:
    random = Random(what)
    offset = closed.data.index(what)
    for place in range(len(what)):
        assert closed.is_found(offset + place, random.randrange(8))


def test_a_flipped_bit_of_the_header_is_found_or_means_nothing(closed: _Closed) -> None:
    random = Random(9)
    for offset in range(0, _HEADER_BYTES, 3):
        closed.is_found(offset, random.randrange(8))


@pytest.mark.slow
def test_any_flipped_bit_is_found_or_means_nothing(closed: _Closed) -> None:
    random = Random(10)
    for offset in range(0, len(closed.data), 29):
        closed.is_found(offset, random.randrange(8))
