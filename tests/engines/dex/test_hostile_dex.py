"""Whatever the bytes, the reader raises its own error or gives a unit whose ids can be used."""

import struct
import time
import zipfile
from collections.abc import Iterable
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.engines.dex.dex_builder import (
    PUBLIC,
    CallSite,
    Class,
    Code,
    Field,
    Ids,
    Method,
    dex,
)
from tests.fuzz.mutating import changed_bytes
from tests.packages_cache import fetched

from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.limits import ORDINARY
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.body import Body
from chengnuo.engines.program.unit import Constants, Invocations, Mentions, Unit

BUILT = Path(__file__).parents[2] / "packages" / "built"
SLOWEST_S = 5.0
MOST_DAMAGES = 40


def rich() -> bytes:
    """Return a small file with something of every kind."""

    def units(ids: Ids) -> list[int]:
        call = ids.method("La/A;", "b", "(JI)J")
        return [
            *(0x001A, ids.string("text"), 0x022B, 12, 0),
            *(0x406E, call, 0x3210, 0x000B, 0x0022, ids.type("La/B;")),
            *(0x00FC, 0, 0, 0x0E, 0x0100, 1, 0, 0, 5, 0),
        ]

    code = Code(8, units, 1, 4, b"\0\0\0\0\x02\0\x01\0\1\1\0\5", 1)
    fields = [Field("a", "Ljava/lang/String;", value="first"), Field("b", "I", value=3)]
    one = Class("La/A;", [Method("run", "()V", PUBLIC, code)], fields, interfaces=["La/I;"])
    many = [Class(f"La/C{n};", fields=fields) for n in range(30)]
    return dex([one, *many], sites=[CallSite(4, ("La/A;", "run", "()V"))], version=b"038")


def built(name: str) -> bytes:
    with zipfile.ZipFile(BUILT / f"{name}.apk") as package:
        return package.read("classes.dex")


SEEDS = {
    "rich": rich(),
    "lambda": built("async-lambda-custom"),
    "threads": built("async-threads"),
}


def within(ids: NDArray[np.int32], count: int, least: int = 0) -> bool:
    return bool(((ids >= least) & (ids < count)).all())


def usable(unit: Unit) -> bool:
    """Tell whether every id of a unit is an index of its table."""
    strings, types, methods = len(unit.strings), len(unit.types), len(unit.method_type)
    defined, field_count = len(unit.defined_method), len(unit.field_type)
    recorded = (
        (unit.strings_used, strings),
        (unit.types_named, types),
        (unit.fields_touched, field_count),
    )
    calls = unit.invocations
    return all(
        (
            within(unit.types, strings),
            within(unit.method_type, types),
            within(unit.method_name, strings),
            within(unit.method_proto, len(unit.protos)),
            within(unit.field_type, types),
            within(unit.field_name, strings),
            within(unit.field_of, types),
            within(unit.class_type, types),
            within(unit.class_super, types, -1),
            within(unit.class_interfaces, types),
            len(unit.class_interface_starts) == len(unit.class_type) + 1,
            within(unit.defined_method, methods),
            within(unit.defined_class, len(unit.class_type)),
            bool((np.diff(unit.defined_class) >= 0).all()),
            within(unit.field_strings.caller, len(unit.class_type)),
            within(unit.field_strings.pc, field_count),
            within(unit.field_strings.what, strings),
            within(calls.method, methods, -1),
            within(calls.caller, defined),
            *(
                within(each.caller, defined) and within(each.what, count)
                for each, count in recorded
            ),
            bool(unit.defined_has_code[calls.caller].all()),
            bool((calls.pc < unit.defined_size[calls.caller]).all()),
        )
    )


def survives(content: bytes) -> bool:
    """Tell whether a file could be read at all; what it gives has been looked at."""
    began = time.process_time()
    limits = replace(ORDINARY, damages=MOST_DAMAGES)
    try:
        units = read_dex(content, "classes.dex", limits)
    except UnreadableDexError:
        return False
    for unit in units:
        assert usable(unit)
        assert len(unit.damages) <= MOST_DAMAGES + 1
        for method in range(min(24, len(unit.defined_method))):
            body = unit.bodies.body(method)
            assert body is None or unit.defined_has_code[method]
    assert time.process_time() - began < SLOWEST_S
    return True


def mutated(content: bytes, seed: int) -> bytes:
    return changed_bytes(content, [content], Random(seed))


def survivors(content: bytes, seeds: Iterable[int]) -> int:
    return sum(survives(mutated(content, seed)) for seed in seeds)


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files_give_a_usable_unit_or_our_error(name: str) -> None:
    assert 50 < survivors(SEEDS[name], range(100)) <= 100


@given(st.binary(max_size=600))
def test_any_bytes_after_a_header_give_a_usable_unit(rest: bytes) -> None:
    header = bytearray(SEEDS["rich"][:0x70])
    assert survives(bytes(header) + rest)


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_very_many_mutated_files_do(name: str) -> None:
    assert survivors(SEEDS[name], range(1000, 41_000)) > 20_000


@pytest.mark.real
@pytest.mark.slow
def test_mutated_real_files_do() -> None:
    with zipfile.ZipFile(fetched("settings")) as package:
        names = [each for each in package.namelist() if each.endswith(".dex")]
        files = [package.read(each) for each in names]
    small = [each for each in files if len(each) < 200_000]
    assert small
    for content in small:
        assert survivors(content, range(3000)) > 1000


Records = Invocations | Mentions | Constants


def equal(first: Records, second: Records) -> bool:
    return all(
        np.array_equal(
            cast("NDArray[np.int64]", getattr(first, each.name)),
            cast("NDArray[np.int64]", getattr(second, each.name)),
        )
        for each in fields(first)
    )


def test_the_same_bytes_give_the_same_unit() -> None:
    content = mutated(SEEDS["threads"], 5)
    (first,), (second,) = read_dex(content, "a"), read_dex(bytes(BytesIO(content).read()), "a")
    assert first.damages == second.damages
    assert first.strings == second.strings
    assert equal(first.invocations, second.invocations)
    assert equal(first.strings_used, second.strings_used)
    assert equal(first.field_strings, second.field_strings)
    assert equal(first.constants, second.constants)


def body_of(method: Method) -> Body | None:
    (unit,) = read_dex(dex([Class("La/A;", [method])]), "classes.dex")
    assert unit.defined_has_code.all()
    return unit.bodies.body(0)


def test_switches_that_share_one_large_payload_are_bounded() -> None:
    def units(_: Ids) -> list[int]:
        leading = [unit for n in range(9000) for unit in (0x002B, 27_000 - 3 * n, 0)]
        return [*leading, 0x0100, 9000, 0, 0, *[0] * 18_000]

    assert body_of(Method("run", "()V", PUBLIC, Code(1, units))) is None


def test_tries_that_share_many_handlers_are_bounded() -> None:
    tries = struct.pack("<IHH", 0, 1, 1) * 65_535 + b"\1\xff\x03" + bytes(1200)
    code = Code(1, lambda _: [0x0E, 0x0E], 1, 0, tries, 65_535)
    assert body_of(Method("run", "()V", PUBLIC, code)) is None


def test_strings_that_overlap_are_bounded() -> None:
    text = b"\5" + b"x" * 4000 + b"\0"
    content = bytearray(0x70 + 4 * 4000) + text
    content[:8] = b"dex\n035\0"
    first = len(content) - len(text)
    places = struct.pack("<4000I", *range(first, first + 4000))
    struct.pack_into("<III", content, 0x20, len(content), 0x70, 0x12345678)
    struct.pack_into("<II", content, 0x38, 4000, 0x70)
    content[0x70:first] = places
    (unit,) = read_dex(bytes(content), "classes.dex")
    assert len(unit.strings) == 4000
    assert sum(map(len, unit.strings)) <= 2 * len(content)
