"""The segments on their own: batches in, batches out, whatever the disk does meanwhile."""

from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.evidence.batches import packed, some_rows
from tests.adapters.evidence.simulated_files import SimulatedFile, SimulatedFiles

from chengnuo.adapters.evidence import one_segment
from chengnuo.adapters.evidence.batch import (
    MAGIC,
    Head,
    Row,
    is_whole,
    read_head,
    rows_of,
)
from chengnuo.adapters.evidence.one_segment import Segment, refuse_whole_behind
from chengnuo.adapters.evidence.segment_check import check_segments, check_set_aside
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.ports.evidence_log import LogDamagedError

_FOLDER = Path("/wal")
_ORIGIN = "log.example/kit"
_SEGMENT_BYTES = 2048
_WAIT_S = 20.0
_A_WHILE_S = 0.3


def _opened(files: SimulatedFiles) -> Segments:
    segments = Segments(_FOLDER, _ORIGIN, files, segment_bytes=_SEGMENT_BYTES)
    segments.recover()
    return segments


def _append(segments: Segments, count: int, size: int = 40) -> None:
    segments.append(packed(segments.size, some_rows(segments.size, count, size)), count)


def _wrong(files: SimulatedFiles) -> list[tuple[str, str]]:
    return list(check_segments(files, _FOLDER, _ORIGIN))


def _all(segments: Segments) -> list[bytes]:
    return [row.entry for _, rows in segments.batches(0) for row in rows]


rows = st.lists(
    st.builds(
        Row,
        st.binary(max_size=80),
        st.binary(max_size=80),
        st.integers(0, 2**64 - 1),
        st.integers(0, 2**64 - 1),
        st.integers(0, 2**64 - 1),
    ),
    min_size=1,
    max_size=6,
)


@given(rows, st.integers(0, 2**64 - 1))
def test_a_batch_is_read_as_it_was_written(written: list[Row], first: int) -> None:
    data = packed(first, written) + bytes(9)
    head = read_head(data)
    assert head is not None
    assert (head.first, head.records, is_whole(data, head)) == (first, len(written), True)
    assert rows_of(data, head) == written


@given(rows, st.data())
def test_a_batch_changed_in_one_bit_is_never_whole(written: list[Row], draw: st.DataObject) -> None:
    data = bytearray(packed(7, written))
    data[draw.draw(st.integers(0, len(data) - 1))] ^= 1 << draw.draw(st.integers(0, 7))
    head = read_head(bytes(data))
    assert head is None or not is_whole(bytes(data), head)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_batch_or_not(data: bytes) -> None:
    for one in (data, MAGIC + data):
        head = read_head(one)
        assert head is None or not is_whole(one, head) or rows_of(one, head)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([1, 40, 3000])), max_size=25))
def test_every_record_is_read_at_its_position_now_and_later(sizes: list[tuple[int, int]]) -> None:
    files = SimulatedFiles()
    segments = _opened(files)
    for count, size in sizes:
        _append(segments, count, size)
        segments.prepare()
    total = sum(count for count, _ in sizes)
    expected = [b"leaf %d" % at for at in range(total)]
    for one in (segments, _opened(files)):
        assert one.size == total
        assert _all(one) == expected
        assert [one.row(at).entry for at in range(total)] == expected
        assert _wrong(files) == []


def test_a_reader_finds_what_was_written_since(tmp_path: Path) -> None:
    del tmp_path
    files = SimulatedFiles()
    writer = _opened(files)
    _append(writer, 2)
    reader = Segments(_FOLDER, _ORIGIN, files)
    reader.look()
    for _ in range(30):
        _append(writer, 3)
    assert reader.size == 2
    reader.refresh()
    assert _all(reader) == _all(writer)


def test_a_reader_that_looks_again_reads_on_from_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files, read = SimulatedFiles(), list[int]()
    whole = one_segment._is_whole  # noqa: SLF001  what is counted

    def counted(file: SimulatedFile, offset: int, head: Head) -> bool:
        read.append(offset)
        return whole(file, offset, head)

    monkeypatch.setattr(one_segment, "_is_whole", counted)
    writer = _opened(files)
    reader = Segments(_FOLDER, _ORIGIN, files)
    for number in range(60):  # over several segments
        _append(writer, 1 + number % 3)
        reader.refresh()
        assert _all(reader) == _all(writer)
    read.clear()
    for _ in range(10):
        reader.refresh()
    assert len(read) == 10, "only the last batch is looked at again"


class _LookedAtFiles(SimulatedFiles):
    """A disk on which a reader looks as soon as a segment has its name, before its first batch."""

    reader: Segments | None = None

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        if self.reader is not None:
            self.reader.refresh()


def test_a_reader_that_saw_a_segment_while_it_was_empty_reads_what_came_into_it() -> None:
    files = _LookedAtFiles()
    segments = _opened(files)
    _append(segments, 15)
    files.reader = Segments(_FOLDER, _ORIGIN, files)
    _append(segments, 15)  # the reader looks at the empty second segment
    reader, files.reader = files.reader, None
    _append(segments, 15)  # and only now again, when there is a third
    reader.refresh()
    assert _all(reader) == _all(segments)


@pytest.mark.parametrize("after", [1, 12, 30])
def test_a_reader_does_not_keep_a_batch_that_was_written_over(after: int) -> None:
    files = _FailingFiles()
    writer = _opened(files)
    _append(writer, 3)
    files.fails = "sync"
    with pytest.raises(OSError, match="input/output"):
        _append(writer, 5)
    reader = Segments(_FOLDER, _ORIGIN, files)
    reader.refresh()  # it may see what was written and never synced
    files.fails = ""
    again = _opened(files)
    _append(again, after)
    reader.refresh()
    assert _all(reader) == _all(again)


class _FailingFiles(SimulatedFiles):
    """A disk whose writes or syncs fail while `fails` names them, leaving half of a write."""

    fails = ""

    def open(self, path: Path, *, write: bool) -> SimulatedFile:
        found = super().open(path, write=write)
        return _FailingFile(self, found)

    def create(self, path: Path, size: int) -> SimulatedFile:
        if self.fails == "create":
            raise OSError(28, "no space left")
        return _FailingFile(self, super().create(path, size))


class _FailingFile(SimulatedFile):
    def __init__(self, files: _FailingFiles, file: SimulatedFile) -> None:
        super().__init__(files, file.node)
        self._failing = files

    def write(self, offset: int, data: bytes) -> None:
        if self._failing.fails == "write":
            super().write(offset, data[: len(data) // 2])
            raise OSError(28, "no space left")
        super().write(offset, data)

    def sync(self) -> None:
        if self._failing.fails == "sync":
            raise OSError(5, "input/output error")
        super().sync()


@pytest.mark.parametrize("after", [1, 30], ids=["fits the same segment", "needs the next one"])
def test_half_a_batch_that_could_not_be_written_is_overwritten(after: int) -> None:
    files = _FailingFiles()
    segments = _opened(files)
    _append(segments, 3)
    files.fails = "write"
    with pytest.raises(OSError, match="no space"):
        _append(segments, 12)
    files.fails = ""
    assert (segments.size, segments.unsure) == (3, False)
    _append(segments, after)
    again = _opened(files)
    assert again.size == 3 + after
    assert _wrong(files) == []


def test_a_segment_that_cannot_be_made_is_made_later() -> None:
    files = _FailingFiles()
    segments = _opened(files)
    files.fails = "create"
    with pytest.raises(OSError, match="no space"):
        _append(segments, 3)
    files.fails = ""
    _append(segments, 3)
    assert _all(_opened(files)) == _all(segments)


def test_after_a_sync_that_failed_it_is_unsure_what_is_durable() -> None:
    files = _FailingFiles()
    segments = _opened(files)
    _append(segments, 3)
    files.fails = "sync"
    with pytest.raises(OSError, match="input/output"):
        _append(segments, 3)
    assert segments.unsure
    assert segments.size == 3


class _SlowFiles(SimulatedFiles):
    """A disk on which both threads are making a segment at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.preparer: Thread | None = None
        self.part_made, self.writer_began = Event(), Event()

    def create(self, path: Path, size: int) -> SimulatedFile:
        made = super().create(path, size)
        if path.name.endswith(".part"):
            self.part_made.set()
            assert self.writer_began.wait(_WAIT_S)
        elif self.preparer is not None:
            self.writer_began.set()
            self.preparer.join(_A_WHILE_S)  # it must wait for the writer, not come between
        return made


def test_a_segment_prepared_while_the_writer_makes_one_does_not_take_its_place() -> None:
    files = _SlowFiles()
    segments = _opened(files)
    _append(segments, 15)
    files.preparer = Thread(target=segments.prepare)
    files.preparer.start()
    assert files.part_made.wait(_WAIT_S)
    _append(segments, 15)
    files.preparer.join()
    assert _all(_opened(files)) == _all(segments)
    assert segments.size == 30


def test_a_prepared_segment_that_was_cut_short_is_not_used() -> None:
    files = SimulatedFiles()
    files.create(_FOLDER / "next.prepared", 100)
    segments = _opened(files)
    _append(segments, 3)
    sizes = [len(data) for path, data in files.all().items() if path.suffix == ".seg"]
    assert sizes == [_SEGMENT_BYTES]


def test_a_prepared_segment_that_is_not_empty_is_named() -> None:
    files = SimulatedFiles()
    segments = _opened(files)
    _append(segments, 3)
    files.create(_FOLDER / "next.prepared", _SEGMENT_BYTES).write(900, b"\x01")
    assert [file for file, _ in _wrong(files)] == ["wal/next.prepared"]


def test_what_stands_behind_the_end_is_set_aside_with_all_its_bytes() -> None:
    files = SimulatedFiles()
    segments = _opened(files)
    _append(segments, 3)
    path = next(path for path in files.all() if path.suffix == ".seg")
    torn = packed(3, some_rows(3, 4))[:-30]
    end = len(files.all()[path].rstrip(b"\0"))
    files.open(path, write=True).write(end, torn)
    again = Segments(_FOLDER, _ORIGIN, files, segment_bytes=_SEGMENT_BYTES)
    recovered = again.recover()
    assert (recovered.position, recovered.bytes) == (3, len(torn))
    assert files.all()[_FOLDER / recovered.set_aside] == torn
    assert _wrong(files) == []
    assert _opened(files).recover().set_aside == ""
    assert list(check_set_aside(files, _FOLDER)) == []
    files.open(_FOLDER / recovered.set_aside, write=True).write(9, b"\xff")
    assert [file for file, _ in check_set_aside(files, _FOLDER)] == [f"wal/{recovered.set_aside}"]


def test_something_among_what_was_set_aside_that_no_opening_put_there_is_named() -> None:
    files = SimulatedFiles()
    _append(_opened(files), 3)
    files.replace(_FOLDER / f"torn-{3:020d}", b"x")
    assert len(list(check_set_aside(files, _FOLDER))) == 1


def test_a_payload_that_repeats_the_mark_of_a_batch_does_not_slow_the_next_opening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[int] = []
    monkeypatch.setattr(one_segment, "is_whole", lambda *_: bool(held.append(1)))
    refuse_whole_behind(MAGIC * 200_000, 0, Segment(0))
    assert held == []


def test_a_segment_of_another_log_is_refused() -> None:
    files = SimulatedFiles()
    _append(_opened(files), 3)
    other = Segments(_FOLDER, "log.example/other", files, segment_bytes=_SEGMENT_BYTES)
    with pytest.raises(LogDamagedError, match="header"):
        other.recover()


def test_the_memory_of_where_batches_are_stays_bounded() -> None:
    files = SimulatedFiles()
    segments = _opened(files)
    for _ in range(200):
        _append(segments, 15)
    assert len(files.all()) > 100
    assert len(segments._maps) <= 64  # noqa: SLF001  the bound itself
    assert segments.row(0).entry == b"leaf 0"
