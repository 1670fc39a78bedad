"""The compiled copy gives the same catalogue, and is made anew whenever it cannot be trusted."""

import dataclasses
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest

from chengnuo.adapters.knowledge import COMPILED_FORM, load_catalogue
from chengnuo.adapters.law_source import WrongLawFilesError, read_catalogue
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.text import Text
from chengnuo.law.app_type import AppType, NecessaryRow
from chengnuo.law.catalogue import Catalogue, LawVersion
from chengnuo.law.category import PICategory, PIGroup
from chengnuo.law.duty import Check, Column, Duty, SkippedArticle
from chengnuo.law.figure import Figure
from chengnuo.law.instrument import Instrument
from chengnuo.law.term import Term

TYPES = (
    *(Catalogue, LawVersion, Instrument, Duty, Check, Column, SkippedArticle, PIGroup),
    *(PICategory, AppType, NecessaryRow, Figure, Term, Text),
)
FORM = (1, "6041fca82ebc")


class Reader:
    """Reads the files, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, files: Mapping[str, bytes], digest: str) -> Catalogue:
        self.times += 1
        return read_catalogue(files, digest)


class Ready(Reader):
    """Hands out the law that was read already: for tests of when files are read, not of what."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue

    def __call__(self, files: Mapping[str, bytes], digest: str) -> Catalogue:
        assert files
        assert digest == self.catalogue.version.digest
        self.times += 1
        return self.catalogue


def the_copy(folder: Path) -> Path:
    (copy,) = folder.glob("law-*.msgpack")
    return copy


def test_the_form_number_is_raised_when_a_type_changes() -> None:
    """Where this fails: raise COMPILED_FORM, then put both new values here."""
    shape = [
        [
            type_.__qualname__,
            sorted((name, repr(hint)) for name, hint in get_type_hints(type_).items()),
        ]
        for type_ in TYPES
    ]
    assert all(dataclasses.is_dataclass(type_) for type_ in TYPES)
    assert (COMPILED_FORM, short(sha256_hex(msgspec.json.encode(shape)))) == FORM


def test_a_copy_gives_the_same_catalogue_without_reading(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    reader = Reader()
    first = load_catalogue(reader, cache_folder=tmp_path)
    second = load_catalogue(reader, cache_folder=tmp_path)
    assert first == second == catalogue
    assert reader.times == 1
    assert the_copy(tmp_path).stat().st_mode & 0o077 == 0


def test_the_cache_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    load_catalogue(read_catalogue, cache_folder=folder)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("keep", [0, 10, 32, 33, 5_000, -1])
def test_a_copy_cut_short_is_made_anew(tmp_path: Path, catalogue: Catalogue, keep: int) -> None:
    reader = Ready(catalogue)
    load_catalogue(reader, cache_folder=tmp_path)
    copy = the_copy(tmp_path)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:keep])
    assert load_catalogue(reader, cache_folder=tmp_path) == catalogue
    assert reader.times == 2
    assert copy.read_bytes() == whole


@pytest.mark.parametrize("place", [0, 31, 32, 100, 50_000, -1])
def test_one_flipped_bit_is_noticed(tmp_path: Path, catalogue: Catalogue, place: int) -> None:
    reader = Ready(catalogue)
    load_catalogue(reader, cache_folder=tmp_path)
    copy = the_copy(tmp_path)
    data = bytearray(copy.read_bytes())
    data[place] ^= 1
    copy.write_bytes(data)
    assert load_catalogue(reader, cache_folder=tmp_path) == catalogue
    assert reader.times == 2


def test_a_whole_copy_of_something_else_is_made_anew(tmp_path: Path, catalogue: Catalogue) -> None:
    """As an older program might have left it: head and body fit, the form does not."""
    reader = Ready(catalogue)
    load_catalogue(reader, cache_folder=tmp_path)
    body = msgspec.msgpack.encode({"another": "form"})
    the_copy(tmp_path).write_bytes(bytes.fromhex(sha256_hex(body)) + body)
    assert load_catalogue(reader, cache_folder=tmp_path) == catalogue
    assert reader.times == 2


def test_changed_files_are_read_anew(tmp_path: Path, shipped_files: Mapping[str, bytes]) -> None:
    folder, cache = tmp_path / "law", tmp_path / "cache"
    folder.mkdir()
    for name, data in shipped_files.items():
        (folder / name).write_bytes(data)
    reader = Reader()
    before = load_catalogue(reader, cache_folder=cache, folder=folder)
    pledge = folder / "pledge.yaml"
    pledge.write_bytes(pledge.read_bytes().replace("最小必要".encode(), "只收必要".encode()))
    after = load_catalogue(reader, cache_folder=cache, folder=folder)
    assert (before.duty("pledge-2").title.zh, after.duty("pledge-2").title.zh) == (
        "最小必要",
        "只收必要",
    )
    assert before.version.digest != after.version.digest
    assert reader.times == 2


def test_wrong_files_are_refused_and_no_copy_is_kept(
    tmp_path: Path, shipped_files: Mapping[str, bytes]
) -> None:
    folder, cache = tmp_path / "law", tmp_path / "cache"
    folder.mkdir()
    for name, data in shipped_files.items():
        (folder / name).write_bytes(data)
    (folder / "groups.yaml").write_text("meta: {}\nitems: []\n", encoding="utf-8")
    with pytest.raises(WrongLawFilesError):
        load_catalogue(read_catalogue, cache_folder=cache, folder=folder)
    assert not cache.exists()


def test_a_place_that_cannot_be_written_only_makes_it_slower(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert load_catalogue(read_catalogue, cache_folder=blocked / "cache") == catalogue
    assert load_catalogue(read_catalogue, cache_folder=None) == catalogue


def test_many_at_once_get_the_same_and_leave_one_copy(tmp_path: Path, catalogue: Catalogue) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(load_catalogue, read_catalogue, cache_folder=tmp_path) for _ in range(8)
        ]
        assert all(each.result() == catalogue for each in asked)
    assert [each.name for each in tmp_path.iterdir()] == [the_copy(tmp_path).name]


def test_old_copies_are_forgotten(tmp_path: Path) -> None:
    for age in range(6):
        old = tmp_path / f"law-1-{age}.msgpack"
        old.write_bytes(b"")
        os.utime(old, (age, age))
    load_catalogue(read_catalogue, cache_folder=tmp_path)
    left = {each.name for each in tmp_path.glob("law-*")}
    assert len(left) == 4
    assert {"law-1-5.msgpack", "law-1-4.msgpack"} <= left
