"""Archives written front to end are opened by programs that are not ours."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
import pyzipper  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.adapters.exports.zip_stream import Member, ZipStream

CODE = "ABCDE-23456"
AT = datetime(2026, 11, 28, 9, 30, 4, tzinfo=UTC)
FILES = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}/[a-z0-9._-]{1,12}", fullmatch=True),
    st.lists(st.binary(max_size=400), max_size=5),
    max_size=5,
)


def archive(files: dict[str, list[bytes]], *, pass_code: str = "", stored: bool = False) -> bytes:
    out = bytearray()
    stream = ZipStream(out.extend, at=AT, pass_code=pass_code)
    for name, chunks in files.items():
        stream.put(Member(name=name, chunks=chunks, stored=stored))
    stream.close()
    return bytes(out)


@given(files=FILES, stored=st.booleans())
def test_the_standard_library_reads_it(files: dict[str, list[bytes]], stored: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(files, stored=stored))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            name: b"".join(chunks) for name, chunks in files.items()
        }
        assert all(one.date_time == (2026, 11, 28, 9, 30, 4) for one in opened.infolist())


@settings(max_examples=30)
@given(files=FILES, stored=st.booleans())
def test_an_independent_program_opens_it_with_the_code(
    files: dict[str, list[bytes]], stored: bool
) -> None:
    written = archive(files, pass_code=CODE, stored=stored)
    with pyzipper.AESZipFile(io.BytesIO(written)) as opened:
        opened.setpassword(CODE.encode())
        for name, chunks in files.items():
            assert opened.read(name) == b"".join(chunks)


def test_a_large_member_is_encrypted_over_all_its_blocks() -> None:
    data = bytes(range(256)) * 1_001
    written = archive(
        {"a/large": [data[:17], data[17:70_000], data[70_000:]]}, pass_code=CODE, stored=True
    )
    assert data[:64] not in written
    with pyzipper.AESZipFile(io.BytesIO(written)) as opened:
        opened.setpassword(CODE.encode())
        assert opened.read("a/large") == data


def test_another_code_does_not_open_it() -> None:
    written = archive({"a/b": [b"something"]}, pass_code=CODE)
    with pyzipper.AESZipFile(io.BytesIO(written)) as opened:
        opened.setpassword(b"WRONG")
        with pytest.raises(RuntimeError, match=r"[Bb]ad password"):
            opened.read("a/b")


def test_a_changed_byte_of_an_encrypted_member_is_noticed() -> None:
    written = bytearray(archive({"a/b": [bytes(1_000)]}, pass_code=CODE, stored=True))
    written[200] ^= 1
    with pyzipper.AESZipFile(io.BytesIO(bytes(written))) as opened:
        opened.setpassword(CODE.encode())
        with pytest.raises(pyzipper.BadZipFile):
            opened.read("a/b")


def test_the_same_files_make_the_same_bytes() -> None:
    files = {"a/b": [b"one"], "a/c": [b"two"]}
    assert archive(files) == archive(files)
