"""The tests' own plugins do what they say: golden files fail readably, absent tools skip aloud."""

from pathlib import Path

import pytest
from tests.plugins import order, tools
from tests.plugins.golden import compare


def test_a_golden_file_is_written_then_kept(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "one.txt"
    compare(path, "one", "清单\n", write=True)
    compare(path, "one", "清单\n", write=False)
    assert path.read_bytes() == "清单\n".encode()


@pytest.mark.parametrize(
    ("kept", "now", "said"),
    [
        (b"a\nb\n", b"a\nc\n", "-b\n+c"),
        (b"a\n", b"a\r\n", "only the ends of lines differ"),
        (b"\xff\x00\x01", b"\xff\x00\x02", "first difference at byte 2"),
    ],
    ids=["text", "ends of lines", "bytes"],
)
def test_a_difference_is_shown_readably(tmp_path: Path, kept: bytes, now: bytes, said: str) -> None:
    path = tmp_path / "kept"
    path.write_bytes(kept)
    with pytest.raises(pytest.fail.Exception, match="make golden") as failure:
        compare(path, "kept", now, write=False)
    assert said in str(failure.value)


def test_a_missing_golden_file_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="no golden file"):
        compare(tmp_path / "none", "none", "", write=False)


@pytest.mark.needs("chromium")
def test_a_test_that_needs_a_tool_finds_it(chromium: Path) -> None:
    assert chromium.is_file()
    assert chromium == tools.found("chromium")


def test_a_tool_that_is_absent_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert tools.found("chromium") is None


@pytest.mark.parametrize("tool", [one for one in tools.TOOLS if one not in tools.OFF_PATH])
def test_what_requires_a_tool_that_is_absent_is_skipped_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match=tools.TOOLS[tool][1]):
        tools.required(tool)


def test_postgresql_is_looked_for_where_debian_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "postgres"
    program.touch(mode=0o755)
    monkeypatch.setitem(tools.OFF_PATH, "postgresql", lambda: tmp_path)
    assert tools.required("postgresql") == program


def test_what_takes_long_is_begun_first_and_files_stay_whole(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    def items(name: str, marks: list[str]) -> list[pytest.Item]:
        lines = [
            f"@pytest.mark.{mark}\ndef test_{at}(): pass" if mark else f"def test_{at}(): pass"
            for at, mark in enumerate(marks)
        ]
        file = tmp_path / f"test_{name}.py"
        file.write_text("\n".join(["import pytest", *lines]))
        module = pytest.Module.from_parent(request.session, path=file)
        return [one for one in module.collect() if isinstance(one, pytest.Item)]

    plain, service = items("plain", ["", ""]), items("service", ["service"])
    few, many = items("few", ["", "real"]), items("many", ["real", "", "service"])
    found = [*plain, few[0], *service, *many, few[1]]
    order.pytest_collection_modifyitems(found)
    assert found == [*many, *few, *service, *plain]
