"""The reader of class files on classes compiled from `samples/`: what is there, what is damaged."""

from pathlib import Path

import pytest
from tests.engines.classfile.surviving import survive

from chengnuo.engines.classfile.constant_pool import ConstantPool, Tag
from chengnuo.engines.classfile.limits import Limits
from chengnuo.engines.classfile.reading import read_class_files
from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Comparison, Do, Instruction
from chengnuo.engines.program.code import Codes
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.unit import ARGUMENTS, Call, Naming, Touch, Unit
from chengnuo.engines.program.values import Kind, texts_of, values_at

SAMPLES = Path(__file__).parent / "samples"
CLASSES = ("Base", "Greets", "Sample")
FILES = [(f"sample/{name}.class", (SAMPLES / f"{name}.class").read_bytes()) for name in CLASSES]


def read(files: list[tuple[str, bytes]] = FILES) -> Unit:
    return read_class_files(files, "classes.jar")


def type_text(unit: Unit, index: int) -> str:
    return unit.strings[unit.types[index]].decode()


def method_text(unit: Unit, reference: int) -> str:
    if reference < 0:
        return "-"
    owner = type_text(unit, int(unit.method_type[reference]))
    name = unit.strings[unit.method_name[reference]].decode()
    return f"{owner}->{name}{unit.protos[unit.method_proto[reference]].decode()}"


def defined(unit: Unit, name: str) -> int:
    """Return the one defined method of a name."""
    (found,) = (
        number
        for number, reference in enumerate(unit.defined_method.tolist())
        if name
        in {unit.strings[unit.method_name[reference]].decode(), method_text(unit, reference)}
    )
    return found


def calls(unit: Unit, name: str) -> list[tuple[Call, str]]:
    rows = (unit.invocations.caller == defined(unit, name)).nonzero()[0].tolist()
    return [
        (Call(unit.invocations.call[row]), method_text(unit, int(unit.invocations.method[row])))
        for row in rows
    ]


def instructions(unit: Unit, name: str) -> tuple[Instruction, ...]:
    body = unit.bodies.body(defined(unit, name))
    assert body is not None
    return body.instructions


UNIT = read()
GREET = "Lsample/Sample;->greet(Ljava/lang/String;)Ljava/lang/String;"
RUN = "Lsample/Sample;->run(IJD)V"


def test_classes_and_members_are_those_of_the_sources() -> None:
    assert UNIT.damages == ()
    names = [type_text(UNIT, each) for each in UNIT.class_type]
    assert names == ["Lsample/Base;", "Lsample/Greets;", "Lsample/Sample;"]
    assert type_text(UNIT, UNIT.class_super[2]) == "Lsample/Base;"
    assert [type_text(UNIT, each) for each in UNIT.class_interfaces] == ["Lsample/Greets;"]
    assert UNIT.class_interface_starts.tolist() == [0, 0, 0, 1]
    assert UNIT.defined_has_code.all()


def test_files_may_be_views_of_the_archive() -> None:
    unit = read_class_files(((name, memoryview(content)) for name, content in FILES), "a.jar")
    assert unit.name == "a.jar"
    assert unit.strings == UNIT.strings
    assert unit.invocations.pc.tolist() == UNIT.invocations.pc.tolist()


def test_every_kind_of_call_is_told() -> None:
    assert calls(UNIT, RUN) == [
        (Call.SUPER, "Lsample/Base;->run(IJD)V"),
        (Call.VIRTUAL, "Lsample/Sample;->own()V"),
        (Call.STATIC, "Ljava/lang/String;->valueOf(D)Ljava/lang/String;"),
    ]
    assert calls(UNIT, "Lsample/Sample;-><init>(J)V") == [
        (Call.DIRECT, "Lsample/Base;-><init>(Ljava/lang/String;)V")
    ]
    superior = "Lsample/Greets;->greet(Ljava/lang/String;)Ljava/lang/String;"
    assert calls(UNIT, GREET) == [(Call.SUPER, superior), (Call.CUSTOM, "-")]


def test_a_lambda_and_a_method_reference_run_what_they_consist_of() -> None:
    inner = "Lsample/Sample;->lambda$later$0(Ljava/lang/String;)Ljava/lang/String;"
    assert calls(UNIT, "later") == [(Call.CUSTOM, inner)]
    assert calls(UNIT, "maker") == [(Call.CUSTOM, "Ljava/lang/Object;-><init>()V")]


def test_strings_are_told_with_the_parts_of_joined_ones_and_those_of_static_fields() -> None:
    rows = (UNIT.strings_used.caller == defined(UNIT, GREET)).nonzero()[0].tolist()
    used = [UNIT.strings[UNIT.strings_used.what[row]] for row in rows]
    assert used == [b", ", b" times"]
    assert [UNIT.strings[each] for each in UNIT.field_strings.what] == [b"http://example.com/"]
    assert UNIT.field_strings.caller.tolist() == [2]
    field = int(UNIT.field_strings.pc[0])
    assert UNIT.strings[UNIT.field_name[field]] == b"URL"


def test_types_and_fields_and_ids_of_resources_are_told() -> None:
    named = UNIT.types_named
    rows = (named.caller == defined(UNIT, "kinds")).nonzero()[0].tolist()
    assert [(Naming(named.how[row]), type_text(UNIT, named.what[row])) for row in rows] == [
        (Naming.ARRAY, "[Lsample/Sample;"),
        (Naming.ARRAY, "[[I"),
        (Naming.ARRAY, "[B"),
        (Naming.INSTANCE_OF, "Ljava/lang/String;"),
        (Naming.CAST, "Ljava/lang/String;"),
        (Naming.CLASS, "Lsample/Sample;"),
    ]
    touched = UNIT.fields_touched
    rows = (touched.caller == defined(UNIT, RUN)).nonzero()[0].tolist()
    told = [
        (Touch(touched.how[row]), UNIT.strings[UNIT.field_name[touched.what[row]]]) for row in rows
    ]
    assert told == [(Touch.GET, b"total"), (Touch.PUT, b"total"), (Touch.STATIC_PUT, b"last")]
    assert UNIT.constants.value.tolist() == [0x7F030001]
    assert UNIT.constants.caller.tolist() == [defined(UNIT, "chosen")]


def test_registers_are_local_variables_and_then_stack_places() -> None:
    row = int((UNIT.invocations.caller == defined(UNIT, RUN)).nonzero()[0][0])
    # this, int, long and double take six places; so they do on the stack.
    assert int(UNIT.invocations.count[row]) == 6
    assert UNIT.invocations.arguments[row].tolist() == list(range(6, 6 + ARGUMENTS))
    body = UNIT.bodies.body(defined(UNIT, RUN))
    assert body is not None
    assert body.parameters == (0, 1, 2, 4)
    first = body.instructions[:5]
    assert [(each.do, each.defs, each.uses) for each in first[:4]] == [
        (Do.MOVE, (6,), (0,)),
        (Do.MOVE, (7,), (1,)),
        (Do.MOVE, (8,), (2,)),
        (Do.MOVE, (10,), (4,)),
    ]
    assert first[4].uses == (6, 7, 8, 10)


def test_copies_on_the_stack_are_moves_at_once() -> None:
    copies = [each for each in instructions(UNIT, "chained") if "dup" in each.text]
    # this, this, long: the long is put under the object that it is stored into.
    assert copies[1].text.startswith("dup2_x1")
    lowest = copies[1].defs[0]
    assert copies[1].defs == tuple(lowest + n for n in range(5))
    assert copies[1].uses == tuple(lowest + n for n in (1, 2, 0, 1, 2))


def test_a_switch_has_its_cases_and_a_jump_to_its_default() -> None:
    written = instructions(UNIT, "chosen")
    first, second = (at for at, each in enumerate(written) if each.do is Do.SWITCH)
    assert written[first].keys == (1, 2, 3)
    assert written[second].keys == (-5, 1000)
    for at in (first, second):
        assert len(written[at].targets) == len(written[at].keys)
        assert written[at + 1].do is Do.GOTO
        assert written[at + 1].pc == written[at].pc + 1
    places = {each.pc for each in written}
    assert all(places.issuperset(each.targets) for each in written)


def test_tests_of_truth_values_read_as_in_dex() -> None:
    (test,) = (each for each in instructions(UNIT, "pick") if each.do is Do.IF)
    assert test.test is Comparison.EQUAL
    assert test.uses == (2,)


def looked(name: str, argument: int, callee: bytes) -> set[tuple[Kind, str]]:
    """Return what an argument of the one call of a method is."""
    program = link([UNIT])
    code = Codes(program).of(defined(UNIT, name))
    assert code is not None
    (call,) = (
        each
        for each in code.body.instructions
        if each.do is Do.CALL and UNIT.strings[UNIT.method_name[each.index]] == callee
    )
    return {(each.kind, each.text) for each in values_at(code, call.uses[argument], call.pc)}


def test_values_are_followed_through_the_stack() -> None:
    assert looked("caught", 0, b"pick") == {(Kind.TEXT, "inside")}
    assert looked("Lsample/Sample;-><init>(J)V", 1, b"<init>") == {(Kind.TEXT, "base")}
    assert looked(RUN, 3, b"run") == {(Kind.PARAMETER, "")}


def test_what_is_caught_is_never_taken_for_what_lay_on_the_stack() -> None:
    assert looked("caught", 0, b"described") == {(Kind.UNKNOWN, "")}


def test_what_a_method_returns_is_found_on_both_sides_of_a_choice() -> None:
    program = link([UNIT])
    answers = Answers(Codes(program), hierarchy_of(program))
    assert texts_of(answers.returned(defined(UNIT, "pick"))) == ("other",)


def test_later_versions_modules_and_other_files_are_left_out_and_said() -> None:
    module = b"\xca\xfe\xba\xbe\0\0\0\x35\0\1\x80\0\0\0\0\0"
    unit = read(
        [
            ("META-INF/versions/9/sample/Base.class", FILES[0][1]),
            ("META-INF/MANIFEST.MF", b"x"),
            ("module-info.class", module),
            FILES[0],
        ]
    )
    assert len(unit.class_type) == 1
    assert [each.where for each in unit.damages] == ["META-INF/versions/"]


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        pytest.param(Limits(classes=2), 2, id="classes"),
        pytest.param(Limits(class_bytes=600), 2, id="bytes of a class"),
        pytest.param(Limits(all_bytes=1000), 2, id="bytes of all"),
        pytest.param(Limits(pool_entries=60), 2, id="entries of constant pools"),
    ],
)
def test_what_is_over_a_limit_is_left_out_and_said(limits: Limits, left: int) -> None:
    unit = read_class_files(FILES, "classes.jar", limits)
    assert len(unit.class_type) == left
    assert [each.where for each in unit.damages] == ["class file sample/Sample.class"]


def damaged(find: bytes, put: bytes) -> Unit:
    content = FILES[2][1]
    assert content.count(find) == 1
    return read([*FILES[:2], ("sample/Sample.class", content.replace(find, put))])


@pytest.mark.parametrize(
    ("find", "put"),
    [
        pytest.param(b"\x1b\x99", b"\xcb\x99", id="no opcode"),
        pytest.param(b"\x1b\x99", b"\x57\x99", id="nothing on the stack to pop"),
        pytest.param(b"\x1b\x99\x00\x07", b"\x1b\x99\x7f\x07", id="a branch out of the method"),
        pytest.param(b"\x1b\x99\x00\x07", b"\x1b\x99\x00\x02", id="a branch into an instruction"),
    ],
)
def test_a_damaged_method_loses_only_itself(find: bytes, put: bytes) -> None:
    unit = damaged(find, put)
    (damage,) = unit.damages
    assert damage.where.startswith("code of Lsample/Sample;->pick(")
    lost = defined(unit, "pick")
    assert not unit.defined_has_code[lost]
    assert unit.bodies.body(lost) is None
    assert int(unit.defined_has_code.sum()) == int(UNIT.defined_has_code.sum()) - 1
    assert len(unit.invocations.pc) == len(UNIT.invocations.pc)


def test_a_damaged_class_loses_only_itself() -> None:
    unit = read([(FILES[0][0], FILES[0][1][:100]), FILES[1], ("a.class", b"PK"), FILES[2]])
    assert [type_text(unit, each) for each in unit.class_type] == [
        "Lsample/Greets;",
        "Lsample/Sample;",
    ]
    assert [each.where for each in unit.damages] == [
        "class file sample/Base.class",
        "class file a.class",
    ]


@pytest.mark.parametrize(
    ("content", "tags"),
    [
        pytest.param(FILES[1][1], set(Tag) - {Tag.NOTHING, Tag.UTF8}, id="all of an interface"),
        pytest.param(FILES[2][1], {Tag.STRING, Tag.INVOKE_DYNAMIC}, id="call sites of a class"),
    ],
)
def test_a_damaged_entry_of_the_constant_pool_loses_only_what_names_it(
    content: bytes, tags: set[Tag]
) -> None:
    pool = ConstantPool(content)
    for tag, place in zip(pool.tags, pool.places, strict=True):
        if tag in tags:
            survive(content[:place] + b"\xff\xff" + content[place + 2 :])
