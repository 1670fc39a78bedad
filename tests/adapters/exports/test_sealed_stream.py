"""A sealed stream gives back what was written, in any range, and nothing once a byte is changed."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.adapters.exports.sealed_stream import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    SealedReader,
    SealedWriter,
)
from chengnuo.ports.rights_exports import ExportBrokenError

KEY = bytes(range(32))
SIZES = st.one_of(
    st.integers(0, 300),
    st.sampled_from(
        [CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]
    ),
)


def sealed(path: Path, data: bytes, *, key: bytes = KEY, name: str = "one") -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, key, name)
        for start in range(0, len(data), 1_000):
            writer.write(data[start : start + 1_000])
        writer.close()
    return path


def whole(path: Path) -> bytes:
    reader = SealedReader(path, KEY, "one")
    return b"".join(reader.read(0, reader.size))


@given(size=SIZES, start=st.integers(0, 3 * CHUNK_BYTES), length=st.integers(0, 2 * CHUNK_BYTES))
def test_a_range_is_the_slice_of_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, size: int, start: int, length: int
) -> None:
    data = os.urandom(size)
    path = sealed(tmp_path_factory.mktemp("sealed") / "one", data)
    reader = SealedReader(path, KEY, "one")
    assert reader.size == size
    assert b"".join(reader.read(start, start + length)) == data[start : start + length]
    assert b"".join(reader.read(0, size)) == data


@settings(max_examples=60)
@given(size=SIZES, place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, size: int, place: float, bit: int
) -> None:
    path = sealed(tmp_path_factory.mktemp("sealed") / "one", bytes(size))
    written = bytearray(path.read_bytes())
    written[int(place * len(written))] ^= 1 << bit
    path.write_bytes(written)
    with pytest.raises(ExportBrokenError):
        whole(path)


@pytest.mark.parametrize(
    "left", [0, 5, HEADER_BYTES, HEADER_BYTES + 3, -1, -(CHUNK_BYTES + TAG_BYTES)]
)
def test_a_stream_cut_off_does_not_open(tmp_path: Path, left: int) -> None:
    path = sealed(tmp_path / "one", bytes(2 * CHUNK_BYTES))
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ExportBrokenError):
        whole(path)


def test_chunks_that_changed_places_do_not_open(tmp_path: Path) -> None:
    path = sealed(tmp_path / "one", os.urandom(3 * CHUNK_BYTES))
    written, chunk = path.read_bytes(), CHUNK_BYTES + TAG_BYTES
    head, first, second, rest = (
        written[:HEADER_BYTES],
        written[HEADER_BYTES : HEADER_BYTES + chunk],
        written[HEADER_BYTES + chunk : HEADER_BYTES + 2 * chunk],
        written[HEADER_BYTES + 2 * chunk :],
    )
    path.write_bytes(head + second + first + rest)
    with pytest.raises(ExportBrokenError):
        whole(path)


def test_another_key_or_name_opens_nothing(tmp_path: Path) -> None:
    other_key = sealed(tmp_path / "key", b"x", key=bytes(32))
    other_name = sealed(tmp_path / "name", b"x", name="two")
    for path in (other_key, other_name):
        with pytest.raises(ExportBrokenError):
            whole(path)


def test_a_stream_never_closed_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with path.open("wb") as file:
        SealedWriter(file, KEY, "one").write(bytes(3 * CHUNK_BYTES))
    with pytest.raises(ExportBrokenError):
        whole(path)
