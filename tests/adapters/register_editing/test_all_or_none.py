"""Several files of a register written together: whatever happens, all of them or none."""

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.adapters.register_editing.test_any_hand import said_in

from chengnuo.adapters import register_folder, register_putting
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_putting import JOURNAL, held, still
from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.register.kinds import RowRef
from chengnuo.ports.register_editing import RegisterMovedError
from chengnuo.ports.register_target import RegisterNotWrittenError

EDITOR = FolderEditor()
MAIN, OTHER, NEW = (RowRef("store", one) for one in ("main", "other", "new"))
NAMED = RowRef("store", "renamed")
MOST_STEPS = 200
NOBODY = 65534
LONGEST_WAIT = 5.0
WRITTEN = """# 我们的
store: {store}
name: 旧
kind: sqlite
connection: MAIN_DB
region: 上海
operated_by: ours
"""
Said = dict[RowRef, Tree]


def row(store: str, name: str) -> dict[str, Tree]:
    return {
        "store": store,
        "name": name,
        "kind": "sqlite",
        "connection": "MAIN_DB",
        "region": "上海",
        "operated_by": "ours",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "register"
    (made / "stores").mkdir(parents=True)
    for store in ("main", "other"):
        (made / "stores" / f"{store}.yaml").write_text(WRITTEN.format(store=store), "utf-8")
    return made


def all_of_them(name: str = "新") -> Said:
    """A row that changes, one with another id, and one that is new."""
    return {MAIN: row("main", name), OTHER: row("renamed", name), NEW: row("new", name)}


def in_child(act: Callable[[], object]) -> int:
    """Do something in another process; return its status, or the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except RegisterMovedError:
            os._exit(3)
        except RegisterNotWrittenError:
            os._exit(4)
        except BaseException:  # noqa: BLE001 (whatever it was, the child ends here)
            os._exit(5)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def killed_at(step: int, act: Callable[[], object]) -> int:
    """Do something in another process that kills itself at its nth call of the system on files."""

    def acted() -> None:
        left = step

        def count(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            if event in {"open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "os.rmdir"}:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        act()

    return in_child(acted)


def test_a_stop_at_any_step_leaves_the_old_folder_or_the_new_one(folder: Path) -> None:
    before, raw = said_in(folder), files_in(folder)
    after = {MAIN: row("main", "新"), NAMED: row("renamed", "新"), NEW: row("new", "新")}
    edits = EDITOR.edit(folder, all_of_them())
    assert [one.name for one in edits] == [
        "stores/main.yaml",
        "stores/new.yaml",
        "stores/other.yaml",
        "stores/renamed.yaml",
    ]
    made: list[bool] = []
    for step in range(1, MOST_STEPS):
        ended = killed_at(step, lambda: EDITOR.write(folder, edits))
        seen = said_in(folder)
        assert seen in (before, after), step
        EDITOR.settle(folder)
        assert said_in(folder) == seen, step
        now = files_in(folder)
        assert not [name for name in now if Path(name).name.startswith(".")], step
        made.append(seen == after)
        for name in now:
            (folder / name).unlink()
        for name, content in raw.items():
            (folder / name).write_bytes(content)
        if ended == 0:
            break
    assert ended == 0
    assert made == sorted(made)
    assert made.count(False) > len(edits)
    assert made.count(True) > len(edits)


def test_whoever_writes_next_puts_what_a_stop_left_in_place_first(folder: Path) -> None:
    edits = EDITOR.edit(folder, all_of_them())
    step = 1
    while not (folder / JOURNAL).exists():
        assert killed_at(step, lambda: EDITOR.write(folder, edits)) == -signal.SIGKILL
        step += 1
    more = EDITOR.edit(folder, {MAIN: row("main", "更新")})
    EDITOR.write(folder, more)
    assert said_in(folder)[MAIN] == row("main", "更新")
    assert said_in(folder)[NEW] == row("new", "新")
    assert not (folder / JOURNAL).exists()


def test_a_file_edited_by_hand_after_a_stop_stays_as_it_was_left(folder: Path) -> None:
    edits = EDITOR.edit(folder, all_of_them())
    step = 1
    while not (folder / JOURNAL).exists():
        killed_at(step, lambda: EDITOR.write(folder, edits))
        step += 1
    mine = folder / "stores/main.yaml"
    mine.write_text(mine.read_text("utf-8").replace("旧", "手写"), "utf-8")
    EDITOR.settle(folder)
    assert said_in(folder)[MAIN] == row("main", "手写")
    assert said_in(folder)[NEW] == row("new", "新")


def test_whoever_reads_meanwhile_reads_the_old_or_the_new_and_never_some_of_each(
    folder: Path,
) -> None:
    """As a reload by SIGHUP does, or another service on the same folder."""
    changes = ({MAIN: row("main", one), OTHER: row("other", one)} for one in "甲乙" * 60)

    def written() -> None:
        for one in changes:
            EDITOR.write(folder, EDITOR.edit(folder, one))

    child = os.fork()
    if child == 0:
        written()
        os._exit(0)
    seen: set[str] = set()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        said = said_in(folder)
        names = {str(said[one]["name"]) for one in (MAIN, OTHER)}  # type: ignore[call-overload,index]  # as row() made it
        assert len(names) == 1, names
        seen |= names
    assert seen >= {"甲", "乙"}


def test_one_who_writes_and_has_stopped_keeps_nobody_from_reading(folder: Path) -> None:
    with held(folder):
        started = time.monotonic()
        assert said_in(folder)[MAIN] == row("main", "旧")
    assert time.monotonic() - started < LONGEST_WAIT


def test_one_who_reads_and_has_stopped_keeps_nobody_waiting_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_putting, "WRITES_AFTER_S", 0.5)
    edits = EDITOR.edit(folder, {MAIN: row("main", "新")})
    started = time.monotonic()
    with still(folder):
        EDITOR.settle(folder)
        with pytest.raises(RegisterNotWrittenError):
            EDITOR.write(folder, edits)
    assert time.monotonic() - started < 2 * LONGEST_WAIT
    assert said_in(folder)[MAIN] == row("main", "旧")
    EDITOR.write(folder, edits)
    assert said_in(folder)[MAIN] == row("main", "新")


def test_files_that_others_put_in_place_without_a_lock_are_not_mixed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `git pull` does: the last file is changed after the first was read."""
    parse, changed = register_folder.parse_yaml, list[str]()

    def parsed(text: str, shown: str) -> object:
        if not changed:
            for store in ("main", "other"):
                beside = folder / "stores" / f".{store}"
                beside.write_text(WRITTEN.format(store=store).replace("旧", "新"), "utf-8")
                beside.replace(folder / "stores" / f"{store}.yaml")
            changed.append(shown)
        return parse(text, shown)

    monkeypatch.setattr(register_folder, "parse_yaml", parsed)
    said = said_in(folder)
    assert {said[one]["name"] for one in (MAIN, OTHER)} == {"新"}  # type: ignore[call-overload,index]  # as row() made it
    assert changed


@pytest.mark.parametrize("rows", [(MAIN,), (MAIN, OTHER)])
def test_of_two_services_on_one_folder_one_writes_and_the_other_is_told(
    folder: Path, rows: tuple[RowRef, ...]
) -> None:
    for number in range(10):
        edits = [
            EDITOR.edit(folder, {one: row(one.id, f"{who}{number}") for one in rows})
            for who in ("甲", "乙")
        ]
        children = []
        for mine in edits:
            child = os.fork()
            if child == 0:
                try:
                    EDITOR.write(folder, mine)
                except RegisterMovedError:
                    os._exit(3)
                os._exit(0)
            children.append(child)
        ended = [os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in children]
        assert sorted(ended) == [0, 3]
        winner = "甲" if ended[0] == 0 else "乙"
        said = said_in(folder)
        for one in rows:
            assert said[one] == row(one.id, f"{winner}{number}")


def test_a_full_disk_leaves_everything_as_it_was(folder: Path) -> None:
    before = files_in(folder)
    long = {**all_of_them(), OTHER: row("renamed", "长" * 20_000)}
    edits = EDITOR.edit(folder, long)

    def written() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        EDITOR.write(folder, edits)

    assert in_child(written) == 4
    assert files_in(folder) == before


def test_there_may_be_no_room_for_the_journal_either(folder: Path) -> None:
    before = files_in(folder)
    many = {RowRef("store", f"n{one}"): row(f"n{one}", "新") for one in range(40)}
    edits = EDITOR.edit(folder, many)

    def written() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
        EDITOR.write(folder, edits)

    assert max(len(one.after or b"") for one in edits) < 1_000
    assert in_child(written) == 4
    assert files_in(folder) == before


@pytest.fixture
def open_folder(folder: Path) -> Iterator[Path]:
    """A folder that everybody may get to."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        made = Path(place) / "register"
        folder.rename(made) if folder.stat().st_dev == Path(place).stat().st_dev else _copy(
            folder, made
        )
        yield made
        for one in (made, made / "stores"):
            one.chmod(0o755)


def _copy(folder: Path, made: Path) -> None:
    for name, content in files_in(folder).items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)


def test_a_read_only_folder_is_known_for_one_and_stays_as_it_is(open_folder: Path) -> None:
    before = files_in(open_folder)
    edits = EDITOR.edit(open_folder, all_of_them())
    for one in (open_folder / "stores", open_folder):
        one.chmod(0o555)

    def tried() -> None:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        if EDITOR.is_writable(open_folder) or len(said_in(open_folder)) != 2:
            os._exit(6)
        EDITOR.settle(open_folder)
        EDITOR.write(open_folder, edits)

    assert in_child(tried) == 4
    assert files_in(open_folder) == before


def test_a_link_out_of_the_folder_is_never_written_through(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    (folder / "stores/main.yaml").rename(outside)
    (folder / "stores/main.yaml").symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(RegisterNotWrittenError):
        EDITOR.edit(folder, all_of_them())
    (folder / "stores").rename(tmp_path / "elsewhere")
    (folder / "stores").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RegisterNotWrittenError):
        EDITOR.edit(folder, {NEW: row("new", "新")})
    assert outside.read_bytes() == before
    assert sorted(one.name for one in (tmp_path / "elsewhere").iterdir()) == [
        "main.yaml",
        "other.yaml",
    ]


def test_a_link_within_the_folder_stays_a_link(folder: Path) -> None:
    """As a mounted configuration has them."""
    (folder / "..data").mkdir()
    link = folder / "stores/main.yaml"
    link.rename(folder / "..data/main.yaml")
    link.symlink_to("../..data/main.yaml")
    EDITOR.write(folder, EDITOR.edit(folder, all_of_them()))
    assert link.is_symlink()
    assert said_in(folder)[MAIN] == row("main", "新")


@pytest.mark.parametrize(
    "name", ["../outside.yaml", "/etc/hostname", "stores/../../outside.yaml", "link.yaml"]
)
def test_a_journal_that_somebody_planted_leads_nowhere(
    folder: Path, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("store: mine\n", "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    (folder / ".chengnuo-x.part").write_text("store: theirs\n", "utf-8")
    digest = sha256_hex(outside.read_bytes())
    steps = [
        {"name": name, "beside": beside, "before": digest}
        for beside in ("", ".chengnuo-x.part", "../outside.yaml")
    ]
    (folder / JOURNAL).write_text(json.dumps(steps), "utf-8")
    EDITOR.settle(folder)
    assert outside.read_text("utf-8") == "store: mine\n"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"name": 1}]', "\x00", "[" * 5_000])
def test_a_journal_that_is_none_is_none(folder: Path, text: str) -> None:
    before = said_in(folder)
    (folder / JOURNAL).write_text(text, "utf-8")
    assert said_in(folder) == before
    EDITOR.write(folder, EDITOR.edit(folder, all_of_them()))
    assert said_in(folder)[MAIN] == row("main", "新")
    assert not (folder / JOURNAL).exists()
