"""No regular expression of ours takes time without bound on what somebody else wrote (ReDoS).

Each pattern is attacked with texts made of itself: what it repeats, again and again, and then a
sign that spoils the match. The texts grow slowly: one that explodes is seen before it hangs.
"""

import importlib
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from random import Random
from typing import Any, TypeAlias

import pytest
from tests.house.sources import PACKAGE, modules

from chengnuo.adapters.policies.lines import markdown_blocks

MANY = 16
"""A repeat that may go on so often can be attacked."""
LONGEST = 400
TOO_LONG_S = 0.3
SPOILERS = ("\x00", "\n!")

Parsed: TypeAlias = Any
"""What the standard library makes of a pattern: pairs of an operation and its argument."""
parsing: Any = importlib.import_module("re._parser")
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    """Return every pattern that a module of ours holds, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for path in modules():
        if "re.compile(" in path.read_text(encoding="utf-8"):
            name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            for held, value in vars(importlib.import_module(name)).items():
                for pattern in inside(value):
                    found.setdefault(f"{name}.{held}: {pattern.pattern!r}", pattern)
    return found


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 3:
        return
    elif isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from inside(one, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from inside(one, depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from inside(getattr(value, field.name, None), depth + 1)


def sign(items: Parsed, random: Random) -> str:
    """Return a sign that a class of signs takes."""
    if str(items[0][0]) == "NEGATE":
        banned = re.compile(f"[{''.join(map(written, items[1:]))}]")
        return next(one for one in "a0 -.中_@x\t\n~" if not banned.fullmatch(one))
    kind, what = random.choice(items)
    if str(kind) == "LITERAL":
        return chr(what)
    if str(kind) == "RANGE":
        return chr(random.choice(what))
    return {"DIGIT": "7", "SPACE": " ", "WORD": "w"}.get(str(what).rpartition("_")[2], "-")


def written(item: Parsed) -> str:
    kind, what = item
    if str(kind) == "LITERAL":
        return re.escape(chr(what))
    if str(kind) == "RANGE":
        return f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
    short = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(what).rpartition("_")[2]]
    return "\\" + (short.upper() if "_NOT_" in str(what) else short)


def example(sequence: Parsed, random: Random) -> str:
    """Return a text that a part of a pattern takes; what only looks ahead or behind adds none."""
    out = []
    for kind, what in sequence:
        match str(kind):
            case "LITERAL":
                out.append(chr(what))
            case "NOT_LITERAL":
                out.append("b" if what == ord("a") else "a")
            case "ANY":
                out.append("x")
            case "IN":
                out.append(sign(what, random))
            case "SUBPATTERN":
                out.append(example(what[3], random))
            case "ATOMIC_GROUP":
                out.append(example(what, random))
            case "BRANCH":
                out.append(example(random.choice(what[1]), random))
            case name if name in REPEATS:
                least, most, body = what
                times = min(least + random.randrange(2), int(most))
                out.extend(example(body, random) for _ in range(times))
    return "".join(out)


def pumps(sequence: Parsed, before: str, random: Random) -> Iterator[tuple[str, str]]:
    """Yield what leads to a repeat, and what it repeats."""
    for at, (kind, what) in enumerate(sequence):
        led = before + example(sequence[:at], random)
        match str(kind):
            case "SUBPATTERN":
                yield from pumps(what[3], led, random)
            case "ATOMIC_GROUP":
                yield from pumps(what, led, random)
            case "BRANCH":
                for one in what[1]:
                    yield from pumps(one, led, random)
            case name if name in REPEATS:
                if int(what[1]) >= MANY:
                    yield led, example(what[2], random)
                yield from pumps(what[2], led, random)


def attacks(pattern: re.Pattern[Any]) -> set[tuple[str, str]]:
    parsed = parsing.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    return {pump for seed in range(2) for pump in pumps(parsed, "", Random(seed)) if pump[1]}


def explodes(pattern: re.Pattern[Any]) -> str:
    """Return a text on which a pattern takes too long; empty if there is none."""
    for led, pump in sorted(attacks(pattern)):
        for spoiler in SPOILERS:
            times = 4
            while times * len(pump) < LONGEST:
                text = led + pump * times + spoiler
                given = text if isinstance(pattern.pattern, str) else text.encode("latin-1")
                begun = time.thread_time()
                pattern.fullmatch(given)
                pattern.search(given)
                if time.thread_time() - begun > TOO_LONG_S:
                    return f"{led!r} + {pump!r} * {times} + {spoiler!r}"
                times += max(1, times // 8)
    return ""


def test_no_pattern_of_ours_explodes() -> None:
    assert len(patterns()) > 300
    slow = {name: text for name, pattern in patterns().items() if (text := explodes(pattern))}
    assert slow == {}


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?:a+)+b", id="a repeat within a repeat"),
        pytest.param(r"(?:a|aa)+b", id="two ways to the same"),
        pytest.param(
            r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|?)+[ \t]*", id="a rule between rows, once"
        ),
    ],
)
def test_a_pattern_that_explodes_is_seen(pattern: str) -> None:
    assert explodes(re.compile(pattern))


@pytest.mark.parametrize("piece", ["-", "---:", "---  ", ":---: ", "---|", "|---"])
def test_a_rule_between_rows_takes_time_in_proportion(piece: str) -> None:
    begun = time.thread_time()
    markdown_blocks(f"| a | b |\n|{piece * 2_000}!\n")
    assert time.thread_time() - begun < 1
