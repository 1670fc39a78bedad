"""Every parser of hostile bytes on changed inputs, and on all that was ever mended.

The short form is a few inputs of each parser, in one child each; the long one is
`python -m tests.fuzz`, a million in all.
"""

from pathlib import Path

import pytest
from tests.fuzz import running
from tests.fuzz.parser import Parser
from tests.fuzz.running import (
    CORPUS,
    PARSERS,
    Fault,
    bounded,
    fault_of,
    input_of,
    minimised,
    run,
)

KEPT = sorted(path for name in PARSERS for path in (CORPUS / name).glob("*"))
WHOLE = frozenset({"package"})
"""Has a short form of its own, `tests/domain/inspection/test_hostile_packages.py`."""
TAKES_LONG = frozenset({"dex", "dex-method", "class", "register-yaml", "old-report"})
QUICK = sorted(PARSERS.keys() - WHOLE)


def faults(name: str, count: int, seed: int) -> list[str]:
    return [f"{one.what}: {one.content[:200]!r}" for one in run(name, range(count), seed).faults]


@pytest.mark.parametrize("name", QUICK)
def test_changed_inputs_are_read_or_refused(name: str) -> None:
    found = run(name, range(4 if name in TAKES_LONG else 20), seed=3)
    assert found.faults == []
    assert found.inputs > 0


@pytest.mark.parametrize("name", QUICK)
def test_what_inputs_are_changed_from_is_taken(name: str) -> None:
    parser = PARSERS[name]
    whole = [seed for seed in parser.seeds() if parser.read(seed)]
    assert whole or name == "dex-method"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_was_once_a_fault_is_none(path: Path) -> None:
    assert PARSERS[path.parent.name].read(path.read_bytes()) in {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PARSERS))
def test_very_many_changed_inputs_are_read_or_refused(name: str) -> None:
    assert faults(name, PARSERS[name].weight * 50, seed=11) == []


def test_the_same_numbers_give_the_same_input() -> None:
    seeds = list(PARSERS["note"].seeds())
    one, again, other = (input_of("note", seeds, 5, number) for number in (8, 8, 9))
    assert one == again != other


def careless(content: bytes) -> bool:
    if b"kill" in content:
        raise SystemExit(9)
    if b"loop" in content:
        while True:
            pass
    if b"many" in content:
        return bool(bytearray(1 << 40))
    return bool(content[1])


def test_every_kind_of_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {0: b"ab", 1: b"a", 2: b"loop", 3: b"many", 4: b"kill", 5: b"ab"}
    careless_parser = Parser(
        seeds=lambda: [b"ab"],
        change=lambda _content, _others, chance: made[chance.randrange(6)],
        read=careless,
        weight=1,
    )
    monkeypatch.setitem(PARSERS, "careless", careless_parser)
    monkeypatch.setattr(running, "SLOWEST_S", 0.1)
    outcome = run("careless", range(24), seed=1)
    kinds = {one.what.partition("-")[0] for one in outcome.faults}
    assert kinds == {"IndexError", "over", "MemoryError", "death"}
    assert 0 < outcome.taken < 24


def test_an_input_is_made_as_short_as_its_fault_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(content: bytes) -> bool:
        return bool({b"x": 1}[content[:0] if b"\xff" in content and b"\x00" in content else b"x"])

    parser = Parser(seeds=lambda: [b""], change=lambda content, *_: content, read=read, weight=1)
    monkeypatch.setitem(PARSERS, "careless", parser)
    long = b"a" * 90 + b"\xff" + b"b" * 50 + b"\x00" + b"c" * 40
    with bounded():
        what, _ = fault_of(parser, long)
    assert minimised(Fault("careless", what, long)).content == b"\xff\x00"
