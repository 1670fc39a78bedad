"""Packs that wait on disk: for their owner, within a bound, for a day, found by another process."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.kept_packs import KeptPackFolder
from chengnuo.adapters.pack_folder import pack_folder
from chengnuo.ports.pack_shelf import KeptPack, PackFile, PackNotWrittenError

AT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def keep(folder: KeptPackFolder, number: int, *, content: bytes = b"x" * 100) -> KeptPack:
    """Make a pack of one file, as a request does, and keep it."""
    wanted = f"{number:016x}"
    path = folder.coming(wanted)
    with pack_folder() as shelf:
        shelf.put("a.json", [content])
        digest = shelf.pack()
        shelf.hand_out(path)
    pack = KeptPack(
        id=wanted,
        file=PackFile(name=f"pack-{number}.zip", sha256=digest, records=number),
        path=path,
        start=1,
        end=2,
        by="acc-1",
        reason="年度审计",
        reviewed_by="",
        single_person=True,
        asked_at=AT,
        made_at=AT + timedelta(minutes=number),
    )
    folder.keep(pack)
    return pack


def test_what_is_kept_is_found_by_another_process_the_oldest_first(tmp_path: Path) -> None:
    folder = KeptPackFolder(tmp_path / "packs")
    assert folder.all() == []
    second, first = keep(folder, 2), keep(folder, 1)
    again = KeptPackFolder(tmp_path / "packs")
    assert list(again.all()) == [first, second]
    assert again.is_whole(first)


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    folder = KeptPackFolder(tmp_path / "packs")
    keep(folder, 1)
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.root.iterdir()} == {0o600}


def test_a_pack_that_was_changed_or_taken_away_is_not_whole(tmp_path: Path) -> None:
    folder = KeptPackFolder(tmp_path)
    pack = keep(folder, 1)
    assert not folder.is_whole(
        replace(pack, file=replace(pack.file, sha256=sha256(b"").hexdigest()))
    )
    with pack.path.open("ab") as file:
        file.write(b"!")
    assert not folder.is_whole(pack)
    folder.drop(pack.id)
    folder.drop(pack.id)
    assert not folder.is_whole(pack)
    assert [*folder.root.iterdir()] == []


def test_beyond_the_bound_the_oldest_go_and_the_newest_stays(tmp_path: Path) -> None:
    size = keep(KeptPackFolder(tmp_path / "other"), 1).path.stat().st_size
    folder = KeptPackFolder(tmp_path / "packs", most_bytes=2 * size)
    packs = [keep(folder, number) for number in range(1, 5)]
    assert list(folder.all()) == packs[2:]
    large = keep(folder, 9, content=b"y" * 10 * size)
    assert list(folder.all()) == [large]


def test_after_a_day_it_is_gone_with_what_a_stop_left(tmp_path: Path) -> None:
    folder = KeptPackFolder(tmp_path)
    pack = keep(folder, 1)
    (tmp_path / "00ff.zip.part").write_bytes(b"half")
    (tmp_path / "keep.txt").write_bytes(b"not ours")
    day = timedelta(days=1)
    folder.sweep(pack.made_at + day)
    assert list(folder.all()) == [pack]
    folder.sweep(max(pack.made_at, SystemClock().now()) + day + timedelta(seconds=1))
    assert [one.name for one in tmp_path.iterdir()] == ["keep.txt"]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    folder = KeptPackFolder(tmp_path)
    pack = keep(folder, 2)
    for number, text in enumerate(("", "{}", "[1]", '{"name": 1}')):
        (tmp_path / f"{number:08x}.json").write_text(text)
        (tmp_path / f"{number:08x}.zip").write_bytes(b"PK")
    (tmp_path / "00000009.json").write_bytes((tmp_path / f"{pack.id}.json").read_bytes())
    assert list(folder.all()) == [pack]


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = KeptPackFolder(tmp_path / "file" / "packs")
    with pytest.raises(PackNotWrittenError):
        folder.coming("aa")
    assert folder.all() == []
    folder.sweep(AT)
