"""Golden files: an answer is compared with the file that a person has read and kept.

`golden("lists/list-1.html", text)` compares with `tests/golden/lists/list-1.html`. With
`--golden` (`make golden`) the file is written instead, and its diff is reviewed like code.
"""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SHOWN_LINES = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--golden`."""
    parser.addoption(
        "--golden", action="store_true", help="write the golden files instead of comparing"
    )


def difference(name: str, kept: bytes, answer: bytes) -> str:
    """Return what differs, in words or as the first lines of a unified diff."""
    try:
        lines = list(
            difflib.unified_diff(
                kept.decode().splitlines(),
                answer.decode().splitlines(),
                f"{name} (kept)",
                f"{name} (now)",
                lineterm="",
            )
        )
    except UnicodeDecodeError:
        at = next(
            (i for i, (a, b) in enumerate(zip(kept, answer, strict=False)) if a != b),
            min(len(kept), len(answer)),
        )
        return f"{name}: {len(kept)} bytes kept, {len(answer)} now; first difference at byte {at}"
    if not lines:
        return f"{name}: only the ends of lines differ"
    more = [f"… and {len(lines) - SHOWN_LINES} lines more"] if len(lines) > SHOWN_LINES else []
    return "\n".join(lines[:SHOWN_LINES] + more)


def compare(path: Path, name: str, answer: str | bytes, *, write: bool) -> None:
    """Compare an answer with a kept file, or keep it.

    Args:
        path: The kept file.
        name: What the file is called in the message.
        answer: The answer; text is kept as UTF-8 with its own ends of lines.
        write: Keep the answer instead of comparing.

    Raises:
        pytest.fail.Exception: The file is missing, or not the answer byte by byte.

    """
    found = answer.encode() if isinstance(answer, str) else answer
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
        return
    if not path.exists():
        pytest.fail(f"no golden file {name} yet; `make golden` writes it", pytrace=False)
    kept = path.read_bytes()
    if kept != found:
        message = f"{difference(name, kept, found)}\n`make golden` writes it anew"
        pytest.fail(message, pytrace=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Return the function that compares an answer with `tests/golden/NAME`."""
    write = bool(request.config.getoption("--golden"))

    def check(name: str, answer: str | bytes) -> None:
        compare(GOLDEN / name, f"tests/golden/{name}", answer, write=write)

    return check


@pytest.fixture
def golden_page(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Return the function that compares an answer with a page kept elsewhere in the project."""
    write = bool(request.config.getoption("--golden"))

    def check(name: str, answer: str | bytes) -> None:
        compare(ROOT / name, name, answer, write=write)

    return check
