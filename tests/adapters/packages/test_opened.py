"""A file is opened only if it is a file, not too large, and never to be written."""

import os
from pathlib import Path

import pytest

from chengnuo.adapters.packages.opened import opened
from chengnuo.engines.archive.limits import Limits, NotAPackageError, PackageLimitError


def test_the_bytes_can_be_read_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"bytes")
    with opened(path) as buffer:
        assert bytes(buffer) == b"bytes"
        assert buffer.readonly
        kept = memoryview(buffer)[1:]
    assert bytes(kept) == b"ytes"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for name in ("absent", "empty", "pipe", "."):
        with pytest.raises(NotAPackageError), opened(tmp_path / name):
            pass


def test_the_size_is_looked_at_first(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(11))
    small = Limits(package_bytes=10)
    with pytest.raises(PackageLimitError, match="is 11; at most 10"), opened(path, small):
        pass
