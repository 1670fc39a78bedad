"""The reader of DEX files on files built by hand: what is there, and what is damaged."""

import struct

import pytest
from tests.engines.dex.dex_builder import (
    CONSTRUCTOR,
    OBJECT,
    PRIVATE,
    PUBLIC,
    STATIC,
    CallSite,
    Class,
    Field,
    Ids,
    Method,
    code,
    dex,
    summed,
)

from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.unit import Call, Naming, Touch, Unit

TEXT = "Ljava/lang/String;"
RUNNABLE = "Ljava/lang/Runnable;"


def constructor() -> Method:
    return Method(
        "<init>",
        "()V",
        PUBLIC | CONSTRUCTOR,
        code(1, lambda ids: [0x1070, ids.method(OBJECT, "<init>", "()V"), 0, 0x0E]),
    )


def of_code(*units: int, registers: int = 8) -> Class:
    return Class("La/A;", [Method("run", "()V", PUBLIC, code(registers, lambda _: units))])


def read(content: bytes) -> Unit:
    (unit,) = read_dex(content, "classes.dex")
    return unit


def method_text(unit: Unit, reference: int) -> str:
    owner = unit.strings[unit.types[unit.method_type[reference]]]
    name = unit.strings[unit.method_name[reference]]
    return (owner + b"->" + name + unit.protos[unit.method_proto[reference]]).decode()


def type_text(unit: Unit, index: int) -> str:
    return unit.strings[unit.types[index]].decode()


def test_classes_and_members_are_those_of_the_file() -> None:
    unit = read(
        dex(
            [
                Class("La/Base;", super=None, access=PUBLIC | 0x400),
                Class(
                    "La/A;",
                    [
                        constructor(),
                        Method("zeta", "(JI[Ljava/lang/String;)La/A;", PUBLIC | 0x100),
                        Method("alpha", "()V", PRIVATE, code(1, lambda _: [0x0E])),
                        Method("beta", "()V", PUBLIC, code(1, lambda _: [0x0E])),
                    ],
                    [Field("count", "I", PUBLIC), Field("name", TEXT)],
                    super="La/Base;",
                    interfaces=[RUNNABLE, "Ljava/io/Closeable;"],
                ),
            ]
        )
    )
    assert unit.damages == ()
    assert [type_text(unit, each) for each in unit.class_type] == ["La/Base;", "La/A;"]
    assert [each if each < 0 else type_text(unit, each) for each in unit.class_super] == [
        -1,
        "La/Base;",
    ]
    assert unit.class_access.tolist() == [0x401, 1]
    assert unit.class_interface_starts.tolist() == [0, 0, 2]
    assert [type_text(unit, each) for each in unit.class_interfaces] == [
        RUNNABLE,
        "Ljava/io/Closeable;",
    ]
    assert [method_text(unit, each) for each in unit.defined_method] == [
        "La/A;-><init>()V",
        "La/A;->alpha()V",
        "La/A;->beta()V",
        "La/A;->zeta(JI[Ljava/lang/String;)La/A;",
    ]
    assert unit.defined_class.tolist() == [1, 1, 1, 1]
    assert unit.defined_has_code.tolist() == [True, True, True, False]
    assert unit.defined_size.tolist() == [4, 1, 1, 0]
    assert unit.defined_access.tolist() == [0x10001, 2, 1, 0x101]


def test_every_kind_of_call_is_recorded_with_its_arguments() -> None:
    def calls(ids: Ids) -> list[int]:
        target = ids.method("La/B;", "go", "(IIII)V")
        return [
            *(0x506E | 4 << 8, target, 0x3210),
            *(0x106F, target, 0x0002),
            *(0x0070, target, 0),
            *(0x2071, target, 0x0076),
            *(0x1072, target, 0x0001),
            *(0x0774, target, 0x0100),
            *(0x10FA, target, 0x0003, ids.proto("(IIII)V")),
            *(0x0178, target, 0x0009),
            *(0x02FB, target, 0x0004, ids.proto("(IIII)V")),
            0x0E,
        ]

    unit = read(dex([Class("La/A;", [Method("run", "()V", PUBLIC, code(300, calls))])]))
    calls_read = unit.invocations
    assert [Call(each) for each in calls_read.call] == [
        Call.VIRTUAL,
        Call.SUPER,
        Call.DIRECT,
        Call.STATIC,
        Call.INTERFACE,
        Call.VIRTUAL,
        Call.POLYMORPHIC,
        Call.INTERFACE,
        Call.POLYMORPHIC,
    ]
    assert calls_read.pc.tolist() == [0, 3, 6, 9, 12, 15, 18, 22, 25]
    assert calls_read.count.tolist() == [5, 1, 0, 2, 1, 7, 1, 1, 2]
    assert calls_read.arguments.tolist() == [
        [0, 1, 2, 3, 4],
        [2, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [6, 7, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [256, 257, 258, 259, 260],
        [3, 0, 0, 0, 0],
        [9, 0, 0, 0, 0],
        [4, 5, 0, 0, 0],
    ]
    assert {method_text(unit, each) for each in calls_read.method} == {"La/B;->go(IIII)V"}
    assert unit.damages == ()


def test_a_lambda_is_called_by_its_call_site() -> None:
    body = code(2, lambda _: [*(0x00FC, 0, 0), *(0x00FD, 1, 0), 0x0E])
    made = Method("lambda$run$0", "()V", PRIVATE | STATIC, code(1, lambda _: [0x0E], ins=0))
    sites = [CallSite(4, ("La/A;", "lambda$run$0", "()V")), CallSite(0, ("La/A;", "run", "()V"))]
    unit = read(
        dex(
            [Class("La/A;", [Method("run", "()V", PUBLIC, body), made])],
            sites=sites,
            version=b"038",
        )
    )
    first, second = unit.invocations.method.tolist()
    assert method_text(unit, first) == "La/A;->lambda$run$0()V"
    assert second == -1, "a handle of a field is no method"
    assert unit.invocations.call.tolist() == [Call.CUSTOM, Call.CUSTOM]


def test_strings_types_fields_and_constants_are_recorded() -> None:
    def units(ids: Ids) -> list[int]:
        field, text, type_ = ids.field("La/A;", "f", "I"), ids.string("你好\0😀"), ids.type("La/B;")
        return [
            *(0x011A, text),
            *(0x021B, text, 0),
            *(0x031C, type_),
            *(0x041F, type_),
            *(0x2520, type_),
            *(0x0622, type_),
            *(0x2723, type_),
            *(0x0024, type_, 0),
            0x090C,
            *(0x2152, field),
            *(0x2559, field),
            *(0x0360, field),
            *(0x0467, field),
            *(0x0114, 0x0001, 0x7F0A),
            *(0x0215, 0x7F0B),
            *(0x0314, 0xFFFF, 0x00FF),
            0x0E,
        ]

    unit = read(dex([Class("La/A;", [Method("run", "()V", PUBLIC, code(10, units))])]))
    assert unit.damages == ()
    assert unit.strings_used.register.tolist() == [1, 2]
    assert {unit.strings[each] for each in unit.strings_used.what} == {
        "你好".encode() + b"\xc0\x80\xed\xa0\xbd\xed\xb8\x80"
    }
    assert [Naming(each) for each in unit.types_named.how] == [
        Naming.CLASS,
        Naming.CAST,
        Naming.INSTANCE_OF,
        Naming.NEW,
        Naming.ARRAY,
        Naming.ARRAY,
    ]
    assert unit.types_named.register.tolist() == [3, 4, 5, 6, 7, 9]
    assert [Touch(each) for each in unit.fields_touched.how] == list(Touch)
    assert unit.fields_touched.register.tolist() == [1, 5, 3, 4]
    assert unit.constants.value.tolist() == [0x7F0A0001, 0x7F0B0000]
    assert unit.constants.register.tolist() == [1, 2]
    assert unit.constants.pc.tolist() == [27, 30]


def test_strings_that_static_fields_start_with_are_kept() -> None:
    fields = [
        Field("a", "I", value=7),
        Field("b", TEXT, value="https://a.example"),
        Field("c", TEXT),
        Field("d", TEXT, value=""),
        Field("e", "I", value=1),
    ]
    many = [Class(f"La/C{n};", fields=[Field("u", TEXT, value=f"text {n}")]) for n in range(100)]
    unit = read(dex([Class("La/A;", fields=fields), *many, Class("La/Z;", fields=fields)]))
    found = unit.field_strings
    assert unit.damages == ()
    assert [unit.strings[each].decode() for each in found.what] == [
        "https://a.example",
        "",
        *(f"text {n}" for n in range(100)),
        "https://a.example",
        "",
    ]
    assert [unit.strings[unit.field_name[each]] for each in found.pc[:2]] == [b"b", b"d"]
    assert found.caller.tolist() == [0, 0, *range(1, 101), 101, 101]


def test_payloads_are_stepped_over() -> None:
    switch = [0x002B, 5, 0, 0x0E, 0, 0x0100, 1, 0, 0, 3, 0]
    fill = [0x0126, 4, 0, 0x0E, 0x0300, 1, 3, 0, 0x1AFF, 0x1A]
    sparse = [0x002C, 4, 0, 0x0E, 0x0200, 1, 7, 0, 3, 0]
    for units in (switch, fill, sparse):
        unit = read(dex([of_code(*units, 0x0114, 0, 0x7F00)]))
        assert unit.damages == ()
        assert unit.constants.pc.tolist() == [len(units)], "the code goes on after the payload"


BROKEN = {
    "an unused opcode": [0x0E, 0x3E],
    "an instruction that does not fit": [0x0E, 0x14, 0],
    "a payload that does not fit": [0x0E, 0x0100, 9],
    "a payload without a size": [0x0E, 0x0300],
    "a string that is not there": [0x1A, 0xFFF0, 0x0E],
    "a jumbo string that is not there": [0x1B, 0, 0xFFFF, 0x0E],
    "a type that is not there": [0x1C, 0xFFF0, 0x0E],
    "a field that is not there": [0x60, 0xFFF0, 0x0E],
    "a method that is not there": [0x6E, 0xFFF0, 0, 0x0E],
    "a call site that is not there": [0xFC, 0, 0, 0x0E],
    "six registers": [0x606E, 0, 0, 0x0E],
    "registers past the last": [0x0274, 0, 0xFFFF, 0x0E],
}


@pytest.mark.parametrize("units", BROKEN.values(), ids=BROKEN)
def test_a_damaged_method_loses_only_itself(units: list[int]) -> None:
    good = code(2, lambda ids: [0x1A, ids.string("kept"), 0x0E])
    bad = code(2, lambda ids: [0x1A, ids.string("lost"), *units])
    methods = [Method("a", "()V", PUBLIC, bad), Method("b", "()V", PUBLIC, good)]
    unit = read(dex([Class("La/A;", methods)]))
    assert unit.defined_has_code.tolist() == [False, True]
    assert [unit.strings[each] for each in unit.strings_used.what] == [b"kept"]
    assert [each.where for each in unit.damages] == ["code of La/A;->a()V"]
    assert unit.bodies.body(0) is None
    assert unit.bodies.body(1) is not None


def changed(content: bytes, at: int, word: int) -> bytes:
    return summed(content[:at] + struct.pack("<I", word) + content[at + 4 :])


SMALL = dex([of_code(0x0E), Class("La/B;", [constructor()])])
TABLES = {"string_ids": 0x38, "type_ids": 0x40, "proto_ids": 0x48, "field_ids": 0x50}
TABLES |= {"method_ids": 0x58, "class_defs": 0x60}


@pytest.mark.parametrize("label", TABLES)
@pytest.mark.parametrize("count", [0xFFFFFFFF, 1_000_000])
def test_a_table_larger_than_the_file_is_cut_and_said(label: str, count: int) -> None:
    unit = read(changed(SMALL, TABLES[label], count))
    assert any(each.where == label for each in unit.damages)
    assert len(unit.damages) <= Limits().damages + 1


@pytest.mark.parametrize("label", TABLES)
def test_a_table_outside_the_file_is_empty(label: str) -> None:
    unit = read(changed(SMALL, TABLES[label] + 4, 0xFFFFFFF0))
    said = {each.where for each in unit.damages}
    assert label in said or label == "field_ids", "there are no fields"


def test_a_class_that_says_a_million_methods_loses_only_itself() -> None:
    content = SMALL
    (classes,) = struct.unpack_from("<I", content, 0x64)
    (data,) = struct.unpack_from("<I", content, classes + 24)
    broken = content[: data + 3] + b"\xff\xff\xff\x7f" + content[data + 7 :]
    unit = read(summed(broken))
    assert [each.where for each in unit.damages] == ["class_data of La/A;"]
    assert [type_text(unit, each) for each in unit.class_type] == ["La/A;", "La/B;"]


def test_a_class_defined_twice_keeps_its_first_definition() -> None:
    (classes,) = struct.unpack_from("<I", SMALL, 0x64)
    again = SMALL[: classes + 32] + SMALL[classes : classes + 32] + SMALL[classes + 64 :]
    unit = read(summed(again))
    assert [type_text(unit, each) for each in unit.class_type] == ["La/A;"]
    assert [each.where for each in unit.damages] == ["class_def 1"]


def test_a_wrong_checksum_is_accepted_and_said() -> None:
    unit = read(SMALL[:8] + bytes(24) + SMALL[32:])
    assert [each.where for each in unit.damages] == ["header", "header"]
    assert len(unit.defined_method) == 2


REFUSED = {
    "cdex": (b"cdex001\0" + SMALL[8:], "compact DEX"),
    "odex": (b"dey\n036\0" + SMALL[8:], "optimised DEX"),
    "vdex": (b"vdex027\0" + SMALL[8:], "verified DEX"),
    "zip": (b"PK\x03\x04" + SMALL[4:], "ZIP"),
    "another version": (b"dex\n042\0" + SMALL[8:], "version"),
    "nothing": (b"", "magic"),
    "half a header": (SMALL[:0x6F], "within the header"),
    "swapped bytes": (changed(SMALL, 0x28, 0x78563412), "byte order"),
    "another header": (changed(SMALL, 0x24, 0x78), "header has 120 bytes"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_the_runtime_refuses_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableDexError, match=why) as refused:
        read_dex(content, "classes.dex")
    assert refused.value.code == "unreadable-dex"


@pytest.mark.parametrize("version", [b"035", b"037", b"038", b"039", b"040", b"041"])
def test_versions_that_the_runtime_takes_are_read(version: bytes) -> None:
    assert read(dex([of_code(0x0E)], version=version)).damages == ()


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(UnreadableDexError, match="the limit is 100"):
        read_dex(SMALL, "classes.dex", Limits(file_bytes=100))


def test_a_container_holds_several_units() -> None:
    one = dex([of_code(0x0E)], version=b"041")
    # All offsets count from the start of the container: the second file has its tables there.
    second = bytearray(one[:0x78])
    struct.pack_into("<II", second, 0x70, len(one) + 0x78, len(one))
    struct.pack_into("<I", second, 0x20, 0x78)
    units = read_dex(one + bytes(second), "classes.dex")
    assert [unit.name for unit in units] == ["classes.dex", "classes.dex#1"]
    assert [len(unit.defined_method) for unit in units] == [1, 1]
    with pytest.raises(UnreadableDexError, match="more than 1 DEX files"):
        read_dex(one + bytes(second), "classes.dex", Limits(dex_files=1))


def test_code_shared_by_many_methods_is_bounded() -> None:
    methods = [
        Method(f"m{n}", "()V", PUBLIC, code(1, lambda _: [0] * 999 + [0x0E])) for n in range(9)
    ]
    content = dex([Class("La/A;", methods)])
    (unit,) = read_dex(content, "classes.dex", Limits(code_units=4500))
    assert unit.defined_has_code.tolist() == [True] * 4 + [False] * 5
    assert len(unit.damages) == 5
