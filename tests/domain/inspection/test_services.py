"""Which classes files of a package name as providers of services."""

import pytest

from chengnuo.domain.inspection.services import providers_of
from chengnuo.engines.archive.package import File
from chengnuo.engines.archive.role import Role

_OTHER_FILES = "root"
"""Folder of a module of an AAB for files that go to the top of an APK."""


def _file(name: str, size: int = 10) -> File:
    return File(name=name, role=next(iter(Role)), size=size, crc=0, part=0, entry=None)


def _provided(name: str, content: bytes | None, size: int = 10) -> dict[bytes, tuple[bytes, ...]]:
    return providers_of([_file(name, size)], lambda _: content)


@pytest.mark.parametrize(
    "name",
    [
        "META-INF/services/a.Plugin",
        "base.apk!META-INF/services/a.Plugin",
        f"base/{_OTHER_FILES}/META-INF/services/a.Plugin",
    ],
)
def test_each_line_names_a_provider_but_for_comments(name: str) -> None:
    content = b"# ours\n\na.One # first\r\n  a.b.Two$Inner  \na.One\n"
    assert _provided(name, content) == {b"La/Plugin;": (b"La/One;", b"La/b/Two$Inner;")}


@pytest.mark.parametrize(
    "name", ["META-INF/services/", "assets/META-INF/services/a.P", "META-INF/services/x/a.P"]
)
def test_other_files_name_none(name: str) -> None:
    assert _provided(name, b"a.One") == {}


@pytest.mark.parametrize(("content", "size"), [(None, 10), (b"a.One", 1 << 20), (b"#\n", 2)])
def test_what_cannot_be_read_or_is_too_large_names_none(content: bytes | None, size: int) -> None:
    assert _provided("META-INF/services/a.P", content, size) == {}


def test_any_bytes_are_taken() -> None:
    assert list(_provided("META-INF/services/a.P", b"\xff\xfe\x00\n\xed\xa0\x80")) == [b"La/P;"]
