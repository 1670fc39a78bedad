"""Archives are read as Android reads them; what misleads other readers is said, what cannot is."""

import io
import struct
import zipfile

import pytest
from tests.engines.archive.zips import (
    COMPRESSED,
    FLAGS,
    METHOD,
    OFFSET,
    SIZE,
    central_at,
    with_central,
    zipped,
)

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Reason, Refused
from chengnuo.engines.archive.hidden import Hidden, hidden_in
from chengnuo.engines.archive.limits import Limits, NotAPackageError, PackageLimitError

TEXT = b"one line of many, " * 100


def read(data: bytes, name: str, limits: Limits | None = None) -> bytes | Reason:
    archive = Archive(data, limits or Limits())
    found = archive.read(archive.entries[name])
    return found.reason if isinstance(found, Refused) else bytes(found)


def said(data: bytes) -> list[str]:
    return [f"{one.where}: {one.why}" for one in Archive(data).damages()]


@pytest.mark.parametrize("stored", [False, True], ids=["deflated", "stored"])
def test_what_was_written_is_read(stored: bool) -> None:
    data = zipped({"a": TEXT, "b/c": b"", "承诺": b"x"}, stored=stored, comment=b"PK\x05\x06 not")
    assert [read(data, name) for name in ("a", "b/c", "承诺")] == [TEXT, b"", b"x"]
    assert said(data) == []


def test_an_archive_in_the_comment_does_not_stand_for_the_whole() -> None:
    data = zipped({"a": TEXT}, comment=zipped({"b": b"x"}) + b"!")
    assert list(Archive(data).entries) == ["a"]


def test_a_stored_entry_is_a_view_of_the_buffer() -> None:
    data = bytearray(zipped({"a": TEXT}, stored=True))
    archive = Archive(memoryview(data))
    found = archive.read(archive.entries["a"])
    data[data.index(TEXT)] = ord("X")
    assert not isinstance(found, Refused)
    assert bytes(found[:3]) == b"Xne"


def test_sizes_behind_the_data_and_zip64_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with archive.open("a", "w", force_zip64=True) as entry:
            entry.write(TEXT)
        # Written without seeking back: bit 3, sizes in a descriptor.
        out.seekable = lambda: False  # type: ignore[method-assign]
        archive.writestr("b", TEXT)
    data = out.getvalue()
    assert (read(data, "a"), read(data, "b")) == (TEXT, TEXT)


def test_an_end_record_of_zip64_tells_the_directory() -> None:
    data = zipped({"a": TEXT})
    end = data.rindex(b"PK\x05\x06")
    count, _, size, offset = struct.unpack_from("<2H2I", data, end + 8)
    wide = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    assert read(data[:end] + wide + locator + last, "a") == TEXT


def test_bytes_before_and_behind_are_said_and_shift_nothing() -> None:
    data = b"#!" + bytes(40) + zipped({"a": TEXT}) + b"tail"
    assert read(data, "a") == TEXT
    assert said(data) == [
        "end of archive: 4 bytes stand behind it",
        "start of archive: 42 bytes stand before it",
    ]


def test_a_flag_of_encryption_on_plain_data_is_ignored_and_said() -> None:
    data = with_central(zipped({"a": TEXT}), "a", FLAGS, "<H", 1)
    assert read(data, "a") == TEXT
    assert said(data) == ["entry a: it says that it is encrypted"]


@pytest.mark.parametrize("stored", [False, True], ids=["deflated", "stored"])
def test_encrypted_data_is_refused_as_that(stored: bool) -> None:
    data = bytearray(with_central(zipped({"a": TEXT}, stored=stored), "a", FLAGS, "<H", 1))
    data[31:60] = bytes(value ^ 0x5A for value in data[31:60])
    assert read(bytes(data), "a") is Reason.ENCRYPTED


def test_a_method_that_is_none_counts_as_stored_or_as_what_it_is() -> None:
    stored = with_central(zipped({"a": TEXT}, stored=True), "a", METHOD, "<H", 0x3A2B)
    deflated = with_central(zipped({"a": TEXT}), "a", METHOD, "<H", 0x3A2B)
    assert (read(stored, "a"), read(deflated, "a")) == (TEXT, TEXT)
    assert "entry a: its compression method 14891 is none" in said(stored)
    broken = bytearray(deflated)
    broken[31] = 0xFF
    assert read(bytes(broken), "a") is Reason.METHOD


def test_the_central_directory_is_believed_not_the_local_header() -> None:
    data = bytearray(zipped({"a": TEXT}))
    data[30:31] = b"z"
    data[18:26] = bytes(8)
    assert read(bytes(data), "a") == TEXT
    assert said(bytes(data)) == [
        "entry a: its local header tells otherwise than the directory",
    ]


def test_of_a_doubled_name_the_first_counts() -> None:
    data = zipped({"name-1": b"first", "name-2": b"second"}).replace(b"name-2", b"name-1")
    assert read(data, "name-1") == b"first"
    assert said(data) == ["entry name-1: a second entry of this name"]


@pytest.mark.parametrize("name", ["../../etc/x", "a/../../x", "/x", "C:x", "a\\..\\x"])
def test_names_that_lead_out_are_said(name: str) -> None:
    assert said(zipped({name: b"x"})) == [f"entry {name}: its name leads out of the folder"]


def test_entries_over_the_same_bytes_are_said() -> None:
    data = zipped({"a": TEXT, "b": TEXT[:-1]})
    data = with_central(data, "b", OFFSET, "<I", 0)
    assert any("its bytes are also those of a" in one for one in said(data))


@pytest.mark.parametrize(
    ("field", "form", "value", "reason"),
    [
        pytest.param(SIZE, "<I", len(TEXT) - 1, Reason.SIZE, id="larger than told"),
        pytest.param(SIZE, "<I", len(TEXT) + 1, Reason.SIZE, id="smaller than told"),
        pytest.param(COMPRESSED, "<I", 10**8, Reason.OUTSIDE, id="data beyond the end"),
        pytest.param(OFFSET, "<I", 10**8, Reason.OUTSIDE, id="header beyond the end"),
        pytest.param(OFFSET, "<I", 1, Reason.OUTSIDE, id="no header there"),
    ],
)
def test_an_entry_that_lies_is_refused(field: int, form: str, value: int, reason: Reason) -> None:
    assert read(with_central(zipped({"a": TEXT}), "a", field, form, value), "a") is reason


def test_limits_refuse_bombs() -> None:
    data = zipped({"a": bytes(400_000), "b": bytes(400_000)})
    assert read(data, "a", Limits(entry_bytes=1000)) is Reason.TOO_LARGE
    assert read(data, "a", Limits(ratio_from_bytes=1000)) is Reason.RATIO
    archive = Archive(data, Limits(total_bytes=500_000))
    first, second = (archive.read(entry) for entry in archive.directory.entries)
    assert not isinstance(first, Refused)
    assert second == Refused("b", Reason.BUDGET)


def test_limits_hold_for_the_whole() -> None:
    data = zipped({str(number): b"" for number in range(20)})
    with pytest.raises(PackageLimitError, match="number of entries of the package is 20"):
        Archive(data, Limits(entries=19))
    with pytest.raises(PackageLimitError, match="size in bytes"):
        Archive(data, Limits(package_bytes=100))
    # Once more with an end record that tells fewer.
    end = data.rindex(b"PK\x05\x06")
    lying = data[: end + 8] + struct.pack("<2H", 1, 1) + data[end + 12 :]
    with pytest.raises(PackageLimitError):
        Archive(lying, Limits(entries=19))


def test_what_is_no_archive_is_refused() -> None:
    for data in (b"", b"PK\x05\x06", b"dex\n035\0" + bytes(500)):
        with pytest.raises(NotAPackageError):
            Archive(data)


def test_code_behind_the_directory_s_back_is_found() -> None:
    dex = b"dex\n035\0" + bytes(100)
    plain = zipped({"a": TEXT})
    assert hidden_in(Archive(plain)) == ()
    before = hidden_in(Archive(dex + plain))
    assert before == (Hidden(where="before the archive", what="dex", offset=0),)
    behind = hidden_in(Archive(plain + dex))
    assert behind == (Hidden(where="behind the archive", what="dex", offset=len(plain)),)
    comment = hidden_in(Archive(zipped({"a": TEXT}, comment=b"##" + dex)))
    assert [(one.where, one.what) for one in comment] == [("in the comment", "dex")]
    start = central_at(plain, "a")
    moved = bytearray(plain[:start] + dex + plain[start:])
    struct.pack_into("<I", moved, moved.rindex(b"PK\x05\x06") + 16, start + len(dex))
    assert [one.where for one in hidden_in(Archive(bytes(moved)))] == ["between entries"]
