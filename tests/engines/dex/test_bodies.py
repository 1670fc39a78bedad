"""Methods decoded on demand, in the words of the program."""

import struct
from collections.abc import Sequence

import pytest
from tests.engines.dex.dex_builder import (
    PRIVATE,
    PUBLIC,
    STATIC,
    Assembly,
    CallSite,
    Class,
    Code,
    Ids,
    Method,
    code,
    dex,
)

from chengnuo.engines.dex.opcodes import FORMATS, NAMES, WIDTHS
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.body import Body, Caught, Comparison, Do, Instruction
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.unit import Unit


def unit_of(assembly: Assembly, *, proto: str = "()V", access: int = PUBLIC, ins: int = 1) -> Unit:
    method = Method("run", proto, access, code(20, assembly, ins=ins))
    (unit,) = read_dex(dex([Class("La/A;", [method])]), "classes.dex")
    assert unit.damages == ()
    return unit


def body_of(unit: Unit, method: int = 0) -> Body:
    body = unit.bodies.body(method)
    assert body is not None
    return body


def instructions(*units: int) -> tuple[Instruction, ...]:
    return body_of(unit_of(lambda _: units)).instructions


def test_opcodes_are_as_wide_as_their_formats() -> None:
    assert len(FORMATS) == 224
    assert NAMES[0x6E] == "invoke-virtual"
    assert NAMES[0xE2] == "ushr-int/lit8"
    assert NAMES[0xCF] == "rem-double/2addr"
    assert WIDTHS[[0x00, 0x14, 0x18, 0x6E, 0xFA, 0x3E, 0xE3]].tolist() == [1, 3, 5, 3, 4, 0, 0]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([0x2101], Instruction(0, Do.MOVE, (1,), (2,), text="move v1, v2")),
        ([0x0108, 0x0012], Instruction(0, Do.MOVE, (1,), (18,), text="move-object/from16 v1, v18")),
        ([0xF112], Instruction(0, Do.NUMBER, (1,), literal=-1, text="const/4 v1, #-1")),
        (
            [0x0113, 0x8000],
            Instruction(0, Do.NUMBER, (1,), literal=-32768, text="const/16 v1, #-32768"),
        ),
        (
            [0x0115, 0x7F0A],
            Instruction(
                0, Do.NUMBER, (1,), literal=0x7F0A0000, text="const/high16 v1, #2131361792"
            ),
        ),
        (
            [0x0119, 0x8000],
            Instruction(
                0,
                Do.NUMBER,
                (1,),
                literal=-(1 << 63),
                text="const-wide/high16 v1, #-9223372036854775808",
            ),
        ),
        (
            [0x0118, 1, 0, 0, 0x8000],
            Instruction(
                0,
                Do.NUMBER,
                (1,),
                literal=1 - (1 << 63),
                text="const-wide v1, #-9223372036854775807",
            ),
        ),
        ([0x01DF, 0x0103], Instruction(0, Do.NOT, (1,), (3,), text="xor-int/lit8 v1, v3, #1")),
        ([0x31D7, 0x0001], Instruction(0, Do.NOT, (1,), (3,), text="xor-int/lit16 v1, v3, #1")),
        ([0x21B0], Instruction(0, Do.OTHER, (1,), (1, 2), text="add-int/2addr v1, v2")),
        ([0x0190, 0x0302], Instruction(0, Do.OTHER, (1,), (2, 3), text="add-int v1, v2, v3")),
        ([0x014B, 0x0302], Instruction(0, Do.OTHER, (), (1, 2, 3), text="aput v1, v2, v3")),
        ([0x0144, 0x0302], Instruction(0, Do.OTHER, (1,), (2, 3), text="aget v1, v2, v3")),
        ([0x011D], Instruction(0, Do.OTHER, (), (1,), text="monitor-enter v1")),
        ([0x010D], Instruction(0, Do.OTHER, (1,), (), text="move-exception v1")),
        ([0x0127], Instruction(0, Do.THROW, (), (1,), text="throw v1")),
        ([0x010F], Instruction(0, Do.RETURN, (), (1,), text="return v1")),
        ([0x0028], Instruction(0, Do.GOTO, targets=(0,), text="goto 0000")),
        (
            [0x2133, 0x0000],
            Instruction(
                0,
                Do.IF,
                (),
                (1, 2),
                targets=(0,),
                test=Comparison.NOT_EQUAL,
                text="if-ne v1, v2, 0000",
            ),
        ),
        (
            [0x013B, 0x0002],
            Instruction(
                0, Do.IF, (), (1,), targets=(2,), test=Comparison.AT_LEAST, text="if-gez v1, 0002"
            ),
        ),
    ],
)
def test_an_instruction_in_the_words_of_the_program(
    units: Sequence[int], expected: Instruction
) -> None:
    assert instructions(*units, 0x0E)[0] == expected


def test_what_is_named_is_named_by_the_tables() -> None:
    def units(ids: Ids) -> list[int]:
        field = ids.field("La/A;", "f", "I")
        return [
            *(0x011A, ids.string('a\n"b"')),
            *(0x021F, ids.type("La/B;")),
            *(0x2152, field),
            *(0x2159, field),
            *(0x0360, field),
            *(0x0467, field),
            0x0E,
        ]

    unit = unit_of(units)
    string, cast, get, put, static_get, static_put, _ = body_of(unit).instructions
    assert unit.strings[string.index] == b'a\n"b"'
    assert string.text == 'const-string v1, "a\\n"b""'
    assert (cast.do, cast.defs, cast.uses, cast.text) == (
        Do.CAST,
        (2,),
        (2,),
        "check-cast v2, La/B;",
    )
    assert (get.do, get.defs, get.uses) == (Do.GET, (1,), (2,))
    assert (put.do, put.defs, put.uses) == (Do.PUT, (), (1, 2))
    assert (static_get.do, static_get.defs, static_get.uses) == (Do.GET, (3,), ())
    assert (static_put.do, static_put.defs, static_put.uses) == (Do.PUT, (), (4,))
    assert get.text == "iget v1, v2, La/A;->f:I"
    assert unit.fields_touched.what.tolist() == [get.index] * 4


def test_the_answer_belongs_to_the_call() -> None:
    def units(ids: Ids) -> list[int]:
        wide = ids.method("La/A;", "wide", "(JI)J")
        return [*(0x406E, wide, 0x3210), 0x040B, *(0x406E, wide, 0x3210), 0x0E]

    call, move, ignored, _ = body_of(unit_of(units)).instructions
    assert (call.do, call.defs, call.uses) == (Do.CALL, (4,), (0, 1, 3)), "a wide one counts once"
    assert call.text == "invoke-virtual {v0, v1, v2, v3}, La/A;->wide(JI)J"
    assert (move.do, move.defs, move.uses) == (Do.OTHER, (), ())
    assert ignored.defs == ()


def test_a_filled_array_is_new_where_its_answer_goes() -> None:
    def units(ids: Ids) -> list[int]:
        return [*(0x2024, ids.type("[I"), 0x21), 0x050C, 0x0E]

    array = body_of(unit_of(units)).instructions[0]
    assert (array.do, array.defs, array.uses) == (Do.NEW, (5,), (1, 2))


def test_a_lambda_is_named_by_its_method() -> None:
    made = Method("lambda", "(J)V", PRIVATE | STATIC, code(2, lambda _: [0x0E], ins=2))
    run = Method("run", "()V", PUBLIC, code(4, lambda _: [*(0x20FC, 0, 0x21), 0x0E]))
    site = CallSite(4, ("La/A;", "lambda", "(J)V"), "(J)Ljava/lang/Runnable;")
    (unit,) = read_dex(dex([Class("La/A;", [run, made])], sites=[site], version=b"038"), "c")
    call = body_of(unit, 1).instructions[0]
    assert call.uses == (1,)
    assert call.index == unit.invocations.method[0]
    assert call.text == "invoke-custom {v1, v2}, call-site 0 (La/A;->lambda(J)V)"


def test_switches_have_keys_and_targets() -> None:
    packed = [0x002B, 7, 0, 0x0E, 0x0E, 0x0E, 0, 0x0100, 2, 0xFFFF, 0xFFFF, 3, 0, 4, 0]
    switch = instructions(*packed)[0]
    assert (switch.do, switch.uses) == (Do.SWITCH, (0,))
    assert (switch.keys, switch.targets) == ((-1, 0), (3, 4))
    assert switch.text == "packed-switch v0, {-1: 0003, 0: 0004}"
    sparse = [0x002C, 7, 0, 0x0E, 0x0E, 0x0E, 0, 0x0200, 2, 5, 0, 9, 0, 3, 0, 5, 0]
    switch = instructions(*sparse)[0]
    assert (switch.keys, switch.targets) == ((5, 9), (3, 5))
    assert [each.pc for each in instructions(*sparse)] == [0, 3, 4, 5, 6], "the payload is no code"


def test_a_filled_array_of_data_has_no_target() -> None:
    fill = instructions(0x0126, 4, 0, 0x0E, 0x0300, 1, 2, 0, 0xABCD)[0]
    assert (fill.do, fill.uses, fill.targets) == (Do.OTHER, (1,), ())
    assert fill.text == "fill-array-data v1, 0004"


def test_parameters_are_in_the_last_registers() -> None:
    unit = unit_of(lambda _: [0x0E], proto="(IJ[DLjava/lang/String;)V", ins=6)
    assert body_of(unit).parameters == (14, 15, 16, 18, 19)
    unit = unit_of(lambda _: [0x0E], proto="(IJ)V", access=PUBLIC | STATIC, ins=3)
    assert body_of(unit).parameters == (17, 18)


def test_widths_of_parameters_survive_any_descriptor() -> None:
    assert parameter_widths(b"(JD[J[[DLa/B;Z)V") == (2, 2, 1, 1, 1, 1)
    for broken in (b"", b"(", b"()V", b"(La/B", b"([)V", b")", b"(L)V"):
        assert sum(parameter_widths(broken)) < 3


def with_tries(tries: bytes, count: int) -> Body | None:
    method = Method("run", "()V", PUBLIC, Code(2, lambda _: [0x0E] * 5, 1, 0, tries, count))
    (unit,) = read_dex(dex([Class("La/A;", [method])]), "classes.dex")
    return unit.bodies.body(0)


def test_handlers_tell_what_is_caught_where() -> None:
    handlers = bytes([2, 1, 0, 3, 0x7F, 0, 2, 4])  # a typed one at 3; then a typed one and all
    body = with_tries(struct.pack("<IHHIHH", 0, 2, 1, 2, 1, 4) + handlers, 2)
    assert body is not None
    assert body.caught == (Caught(0, 2, 3), Caught(2, 3, 2), Caught(2, 3, 4))


@pytest.mark.parametrize(
    "tries",
    [
        pytest.param(struct.pack("<IHH", 0, 9, 1) + bytes([1, 1, 0, 3]), id="past the end"),
        pytest.param(struct.pack("<IHH", 0, 1, 1) + bytes([1, 1, 0, 9]), id="target outside"),
        pytest.param(struct.pack("<IHH", 0, 1, 0xFFF0) + bytes([1, 1, 0, 3]), id="no handler"),
        pytest.param(
            struct.pack("<IHH", 0, 1, 1) + bytes([1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7]), id="huge"
        ),
    ],
)
def test_damaged_handlers_give_no_body(tries: bytes) -> None:
    assert with_tries(tries, 1) is None


@pytest.mark.parametrize(
    "units",
    [
        pytest.param([0x0528, 0x0E], id="outside"),
        pytest.param([0x0228, 0x1A, 0, 0x0E], id="inside an instruction"),
        pytest.param([0x002B, 9, 0, 0x0E], id="no payload"),
        pytest.param([0x002B, 4, 0, 0x0E, 0x0200, 0, 0x0E], id="another payload"),
        pytest.param([0x002B, 4, 0, 0x0E, 0x0100, 1, 0, 0, 9, 0], id="case outside"),
    ],
)
def test_ways_of_control_that_lead_nowhere_give_no_body(units: list[int]) -> None:
    unit = unit_of(lambda _: units)
    assert unit.defined_has_code.all()
    assert unit.bodies.body(0) is None
