"""Units become one program: one id for what means the same, and the first definition wins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.program.units import Class, Method, back, call, new, string, unit

from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.mutf8 import bytes_of, text_of
from chengnuo.engines.program.program import Program, parameters_of, rows_of
from chengnuo.engines.program.unit import Call

FIRST = unit(
    Class(
        "La/A;",
        [
            Method("m()V", [string(0, "one"), call(Call.STATIC, "Lb/B;->n(I)V", 0), back()]),
            Method("k()V", [call(Call.STATIC, "La/A;->m()V"), back()]),
        ],
    ),
    name="classes.dex",
)
SECOND = unit(
    Class("La/A;", [Method("m()V", [string(0, "two"), back()])]),
    Class(
        "Lb/B;",
        [Method("n(I)V", [string(0, "three"), call(Call.STATIC, "La/A;->m()V"), back()])],
    ),
    name="classes2.dex",
)


def linked() -> Program:
    return link([FIRST, SECOND])


def used(program: Program, defined: int) -> list[str]:
    rows = rows_of(program.strings_used, defined)
    return [program.text(one) for one in program.strings_used.what[rows].tolist()]


def test_what_means_the_same_has_one_id() -> None:
    program = linked()
    assert len(set(program.types)) == len(program.types)
    (method,) = program.methods_named(b"m", type_id=program.type_id("La/A;"))
    callers = program.invocations.caller[program.callers_of(int(method))]
    assert [program.defined_text(int(one)) for one in callers] == ["La/A;->k()V", "Lb/B;->n(I)V"]


def test_the_first_definition_wins_and_the_later_one_is_said() -> None:
    program = linked()
    (method,) = program.methods_named(b"m", type_id=program.type_id(b"La/A;"))
    assert used(program, int(program.definition[method])) == ["one"]
    assert program.class_shadowed.tolist() == [False, True, False]
    assert [one.where for one in program.damages] == ["class La/A; in classes2.dex"]


def test_a_method_defined_only_in_a_class_that_never_runs_has_no_definition() -> None:
    more = unit(Class("La/A;", [Method("late()V", [back()])]))
    program = link([FIRST, more])
    (method,) = program.methods_named(b"late")
    assert program.definition[method] == -1


def test_records_name_what_their_own_unit_named() -> None:
    program = linked()
    for defined in range(len(program.defined_method)):
        body = program.body(defined)
        assert body is not None
        part = program.parts[program.unit_of(defined)]
        named = [part.methods[one.index] for one in body.instructions if one.do.value == "call"]
        rows = rows_of(program.invocations, defined)
        assert program.invocations.method[rows].tolist() == named
    assert [used(program, one) for one in range(4)] == [["one"], [], ["two"], ["three"]]


def test_look_ups_find_by_name_type_and_prototype() -> None:
    program = linked()
    owner = program.type_id("Lb/B;")
    (found,) = program.methods_named(b"n", type_id=owner, proto=b"(I)V").tolist()
    assert program.method_text(found) == "Lb/B;->n(I)V"
    assert program.methods_named(b"n", type_id=owner, proto=b"()V").tolist() == []
    assert program.methods_named(b"nobody").tolist() == []
    assert program.type_id("Lno/Such;") == -1
    signature = int(program.method_signature[found])
    assert program.method_id(owner, signature) == found
    assert program.method_id(program.type_id("La/A;"), signature) == -1


def test_nothing_links_to_nothing() -> None:
    program = link([])
    assert len(program.types) == len(program.defined_method) == 0
    assert len(hierarchy_of(program).above) == 0


NAMES = st.sampled_from(["La/A;", "La/B;", "La/C;", "La/D;"])
CLASSES = st.builds(
    Class,
    NAMES,
    st.lists(
        st.builds(
            Method,
            st.sampled_from(["m()V", "n()V", "n(I)V"]),
            st.lists(
                st.one_of(
                    st.builds(lambda n: call(Call.STATIC, f"{n}->m()V"), NAMES),
                    st.builds(lambda n: new(0, n), NAMES),
                ),
                max_size=3,
            ),
        ),
        max_size=3,
        unique_by=lambda one: one.name,
    ),
)


@settings(max_examples=30)
@given(st.lists(st.lists(CLASSES, max_size=3, unique_by=lambda one: one.name), max_size=4))
def test_a_linked_program_says_what_its_units_say(files: list[list[Class]]) -> None:
    units = [unit(*classes) for classes in files]
    program = link(units)
    said = [
        f"{one.name}->{method.name}"
        for classes in files
        for one in classes
        for method in one.methods
    ]
    assert [program.defined_text(n) for n in range(len(said))] == said
    for reference, defined in enumerate(program.definition.tolist()):
        text = program.method_text(reference)
        owner = text.split("->")[0]
        first = next((c for part in files for c in part if c.name == owner), None)
        names = [] if first is None else [f"{owner}->{m.name}" for m in first.methods]
        assert (defined >= 0) == (text in names)
        assert defined < 0 or said.index(text) == defined
    calls = [op.name for part in files for c in part for m in c.methods for op in m.code or ()]
    made = {op for op in calls if "->" not in op}
    assert {program.types[t].decode() for t in program.types_named.what.tolist()} == made


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"plain", "plain", id="ASCII"),
        pytest.param("承诺".encode(), "承诺", id="three bytes a character"),
        pytest.param(b"a\xc0\x80b", "a\0b", id="NUL in two bytes"),
        pytest.param(b"\xed\xa0\xbd\xed\xb8\x80", "\U0001f600", id="a pair of surrogates"),
        pytest.param(b"a\xff", "a\\xff", id="a byte that starts nothing stays readable"),
        pytest.param(b"\xed\xa0\xbd", "\\x3d\\xd8", id="half a pair stays readable"),
    ],
)
def test_modified_utf8_is_read(data: bytes, text: str) -> None:
    assert text_of(data) == text


@given(st.text())
def test_text_comes_back_from_modified_utf8(text: str) -> None:
    assert text_of(bytes_of(text)) == text


@given(st.binary(max_size=12))
def test_no_bytes_stop_the_reading_of_text(data: bytes) -> None:
    assert text_of(data).isprintable() in {True, False}


@given(st.binary(max_size=12))
def test_the_parameters_of_any_prototype_add_up_to_it(data: bytes) -> None:
    inner = data.replace(b")", b"")
    assert b"".join(parameters_of(b"(" + inner + b")V")) == inner
