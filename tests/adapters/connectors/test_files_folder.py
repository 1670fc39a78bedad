"""A folder is never left, and a stop leaves nothing of anybody beside."""

import multiprocessing
import os
import stat
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.connectors.files_kit import files_store, table

from chengnuo.adapters.connectors import files_folder
from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.files_folder import Folder
from chengnuo.adapters.connectors.files_places import PlaceError
from chengnuo.ports.record_source import Match, StoreUnavailableError

CSV, PICTURES = "orders/*.csv", "pictures"


def opened(root: Path) -> FilesSource:
    store = files_store(table(CSV, "customer_id"), table(PICTURES, "file_key", "content"))
    return FilesSource(store, root.as_uri())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    root = tmp_path / "root"
    (root / "pictures" / "up").mkdir(parents=True)
    (root / "pictures" / "up" / "a.jpg").write_bytes(b"A")
    (root / "orders").mkdir()
    (root / "orders" / "a.csv").write_bytes(b"customer_id\n1\n2\n")
    (root / "orders" / "b.csv").write_bytes(b"customer_id\n1\n2\n")
    return root


@pytest.mark.parametrize(
    "key",
    [
        "../../secret.jpg",
        "up/../../../secret.jpg",
        "/etc/hostname",
        "up/./a.jpg",
        "up//a.jpg",
        "",
        ".",
        "..",
        "up/a.jpg\0",
        "up\n",
        "\ud800",
        "a" * 2000,
    ],
)
def test_a_key_out_of_a_database_never_leads_out_of_the_folder(root: Path, key: str) -> None:
    source = opened(root)
    match = Match(columns=("file_key",), values=((key,),))
    assert source.rows(PICTURES, ["content"], match) == []
    with source.changes() as changes:
        assert changes.delete(PICTURES, [(key,)]) == 0
    source.close()
    assert (root.parent / "secret.jpg").read_bytes() == b"secret"
    assert (root / "pictures" / "up" / "a.jpg").read_bytes() == b"A"


def link_folder(root: Path) -> None:
    (root / "pictures" / "out").symlink_to(root.parent)


def link_file(root: Path) -> None:
    (root / "pictures" / "out").mkdir()
    (root / "pictures" / "out" / "secret.jpg").symlink_to(root.parent / "secret.jpg")


@pytest.mark.parametrize("link", [link_folder, link_file])
def test_a_symbolic_link_inside_stops_the_work(root: Path, link: Callable[[Path], None]) -> None:
    link(root)
    source = opened(root)
    match = Match(columns=("file_key",), values=(("out/secret.jpg",),))
    with pytest.raises(StoreUnavailableError):
        source.rows(PICTURES, ["content"], match)
    with pytest.raises(StoreUnavailableError):
        list(source.distinct(PICTURES, "file_key"))
    with pytest.raises(StoreUnavailableError), source.changes() as changes:
        changes.delete(PICTURES, [("out/secret.jpg",)])
    source.close()
    assert (root.parent / "secret.jpg").read_bytes() == b"secret"


def test_the_folder_itself_may_be_reached_over_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    source = opened(root.parent / "link")
    assert list(source.distinct(PICTURES, "file_key")) == ["up/a.jpg"]
    source.close()


def test_what_a_stopped_process_left_beside_is_removed(root: Path) -> None:
    (root / "orders" / ".chengnuo-00ff.tmp").write_bytes(b"customer_id\n1\n")
    source = opened(root)
    assert sorted(source.distinct(CSV, "customer_id"), key=str) == ["1", "2"]
    with source.changes():
        pass
    source.close()
    assert sorted(one.name for one in (root / "orders").iterdir()) == ["a.csv", "b.csv"]


def delete_and_die(root: Path) -> None:
    source = opened(root)
    keys = [
        row[:1]
        for row in source.rows(CSV, ["$row"], Match(columns=("customer_id",), values=(("1",),)))
    ]
    put = files_folder._FolderDraft.put  # noqa: SLF001  the moment between two files

    def put_once(draft: files_folder._FolderDraft) -> None:
        put(draft)
        os._exit(9)

    files_folder._FolderDraft.put = put_once  # type: ignore[method-assign]  # noqa: SLF001  as above
    with source.changes() as changes:
        changes.delete(CSV, keys)


@pytest.mark.real
def test_a_stop_between_two_files_is_made_good_by_doing_it_again(root: Path) -> None:
    source = opened(root)
    match = Match(columns=("customer_id",), values=(("1",),))
    keys = [row[:1] for row in source.rows(CSV, ["$row"], match)]
    process = multiprocessing.get_context("spawn").Process(target=delete_and_die, args=(root,))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    files = [root / "orders" / name for name in ("a.csv", "b.csv")]
    assert [one.read_bytes() for one in files] == [b"customer_id\n2\n", b"customer_id\n1\n2\n"]
    with source.changes() as changes:
        assert changes.delete(CSV, keys) == 1
    assert [one.read_bytes() for one in files] == [b"customer_id\n2\n"] * 2
    assert sorted(one.name for one in (root / "orders").iterdir()) == ["a.csv", "b.csv"]
    source.close()


def test_two_never_change_a_folder_at_once(root: Path) -> None:
    one, other = opened(root), opened(root)
    with one.changes(), pytest.raises(StoreUnavailableError), other.changes():
        pass
    with other.changes():
        pass
    one.close()
    other.close()


def test_a_rewritten_file_keeps_its_mode(root: Path) -> None:
    file = root / "orders" / "a.csv"
    file.chmod(0o640)
    source = opened(root)
    match = Match(columns=("customer_id",), values=(("1",),))
    with source.changes() as changes:
        changes.delete(CSV, [row[:1] for row in source.rows(CSV, ["$row"], match)])
    source.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_name_that_is_no_text_is_told(root: Path) -> None:
    with (root / "pictures" / os.fsdecode(b"\xff.jpg")).open("wb"):
        pass
    with pytest.raises(PlaceError):
        list(Folder(root).names("pictures"))


def test_memory_stays_flat_however_long_a_file_is(root: Path) -> None:
    note = "n" * 800
    rows = (f"{number % 1_000},{note}\n".encode() for number in range(15_000))
    (root / "orders" / "long.csv").write_bytes(b"customer_id,note\n" + b"".join(rows))
    source = opened(root)
    match = Match(columns=("customer_id",), values=(("7",),))
    tracemalloc.start()
    try:
        keys = [row[:1] for row in source.rows(CSV, ["$row"], match)]
        with source.changes() as changes:
            assert changes.delete(CSV, keys) == 15
        assert len(list(source.distinct(CSV, "customer_id"))) == 999
        assert tracemalloc.get_traced_memory()[1] < 3 * 1024 * 1024
    finally:
        tracemalloc.stop()
    source.close()
