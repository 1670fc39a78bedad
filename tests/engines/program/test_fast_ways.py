"""The quick ways of the engine give what the plain ones give."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.program.asking import (
    GET_BOOLEAN,
    STORES,
    answers_of,
    guards_of,
    is_consent,
    program_of,
)
from tests.engines.program.units import (
    Class,
    Method,
    Op,
    back,
    call,
    get,
    label,
    move,
    number,
    put,
    string,
    when,
)

from chengnuo.engines.program.body import Comparison, Do, Instruction
from chengnuo.engines.program.guards import Guards
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.hints import hints_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.program import in_parts, ordered
from chengnuo.engines.program.sources import sources_of
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.values import Kind, Values, values_at

REGISTERS = st.integers(0, 3)
OPS = st.one_of(
    st.builds(number, REGISTERS, st.integers(0, 1)),
    st.builds(string, REGISTERS, st.sampled_from(["agreed", "dark", "a"])),
    st.builds(move, REGISTERS, REGISTERS),
    st.builds(
        lambda to, of, key: call(Call.INTERFACE, GET_BOOLEAN, of, key, 0, to=to),
        REGISTERS,
        REGISTERS,
        REGISTERS,
    ),
    st.builds(
        lambda name, to, given: call(Call.STATIC, f"La/A;->{name}(I)Z", given, to=to),
        st.sampled_from("mno"),
        REGISTERS,
        REGISTERS,
    ),
    st.builds(get, REGISTERS, st.sampled_from(["La/A;->agree:Z", "La/A;->f:Z"])),
    st.builds(put, REGISTERS, st.sampled_from(["La/A;->agree:Z", "La/A;->f:Z"])),
    st.builds(
        when,
        st.sampled_from([Comparison.EQUAL, Comparison.NOT_EQUAL]),
        REGISTERS,
        st.sampled_from(["middle", "end"]),
    ),
)


def code_of_parts(parts: tuple[Sequence[Op], Sequence[Op], Sequence[Op], int]) -> list[Op]:
    first, second, third, answer = parts
    return [*first, label("middle"), *second, label("end"), *third, back(answer)]


SOME = st.lists(OPS, max_size=5)
CODES = st.tuples(SOME, SOME, SOME, REGISTERS).map(code_of_parts)


def made(*codes: Sequence[Op]) -> Class:
    named = zip("mno", codes, strict=True)
    return Class("La/A;", [Method(f"{name}(I)Z", code, 9, (3,)) for name, code in named])


@settings(max_examples=60)
@given(CODES, CODES, CODES)
def test_tests_that_are_not_judged_are_none_of_consent(
    first: list[Op], second: list[Op], third: list[Op]
) -> None:
    program = program_of(made(first, second, third))
    answers = answers_of(program)
    hints = hints_of(answers.hierarchy, (b"agree", b"consent"))
    for one in range(3):
        quick = Guards(answers, STORES, is_consent, hints).ways(one)
        plain = guards_of(program).ways(one)
        assert quick.segments == plain.segments
        assert quick.alive == plain.alive
        assert [t.is_consent for t in quick.tests] == [t.is_consent for t in plain.tests]


def calls_in(values: Values) -> set[int]:
    """Return the places of the calls that values come from."""
    found = {one.pc for one in values if one.kind is Kind.ANSWER}
    return found.union(*(calls_in(each) for one in values for each in one.arguments))


@settings(max_examples=40)
@given(CODES, REGISTERS)
def test_registers_followed_backwards_miss_no_source(code: list[Op], register: int) -> None:
    program = program_of(made(code, [back(0)], [back(0)]))
    looked_into = answers_of(program).codes.of(0)
    assert looked_into is not None
    last = len(looked_into.body.instructions) - 1
    place = looked_into.body.instructions[last].pc
    for call_place in calls_in(values_at(looked_into, register, place)):
        assert sources_of(looked_into, [call_place]).lead_to(register, last)
    assert not sources_of(looked_into, []).lead_to(register, last)


@given(st.lists(st.integers(-1, 2**31 - 1) | st.integers(-1, 3), max_size=30))
def test_ids_are_ordered_as_by_a_stable_sort(ids: list[int]) -> None:
    given_ids = np.asarray(ids, np.int32)
    assert ordered(given_ids).tolist() == np.argsort(given_ids, kind="stable").tolist()


@given(st.lists(st.integers(0, 2_000_000), max_size=12))
def test_parts_are_all_of_it_in_order(sizes: list[int]) -> None:
    ids = np.arange(len(sizes))
    parts = list(in_parts(ids, np.asarray(sizes, np.int64)))
    assert np.concatenate([ids[:0], *parts]).tolist() == ids.tolist()
    assert all(
        len(one) == 1 or sum(sizes[i] for i in one) <= 4_000_000 for one in parts if len(one)
    )


@settings(max_examples=20)
@given(CODES, st.sets(st.integers(-1, 4)), st.booleans())
def test_calls_of_methods_are_those_among_all_calls(
    code: list[Op],
    wanted: set[int],
    in_order: bool,
) -> None:
    program = program_of(made(code, code, [back(0)]))
    methods = sorted(one for one in wanted if one < len(program.method_type))
    called = program.invocations.method.tolist()
    if in_order:
        program.callers_of(0)
    rows = program.calls_of(methods).tolist()
    assert rows == [row for row, one in enumerate(called) if one in methods]


def test_calls_of_many_methods_are_those_of_each() -> None:
    code = [call(Call.STATIC, f"La/A;->{name}()V") for name in "abcdefghijabc"]
    program = program_of(Class("La/B;", [Method("m()V", [*code, back()])]))
    methods = range(len(program.method_type))
    assert program.calls_of(methods).tolist() == list(range(len(code)))
    assert program.calls_of([*methods][:9]).tolist() == [
        row for row in range(len(code)) if program.invocations.method[row] < 9
    ]


TYPES = ["La/I;", "La/J;", "La/K;", "La/A;", "La/B;"]


@settings(max_examples=30)
@given(st.data())
def test_defaults_of_interfaces_are_found_together_as_one_by_one(data: st.DataObject) -> None:
    classes = []
    for place, name in enumerate(TYPES):
        is_interface = place < 3
        interfaces = (
            data.draw(st.lists(st.sampled_from(TYPES[:place]), unique=True, max_size=2))
            if place
            else []
        )
        interfaces = [one for one in interfaces if one in TYPES[:3]]
        access = data.draw(st.sampled_from([None, 0x401, 1]))
        methods = (
            [] if access is None else [Method("m()V", None if access & 0x400 else [back()], access)]
        )
        above = "La/A;" if name == "La/B;" else None
        classes.append(
            Class(name, methods, above, interfaces=interfaces, access=0x200 if is_interface else 1)
        )
    caller = Class(
        "La/X;", [Method("x()V", [call(Call.VIRTUAL, f"{t}->m()V", 0) for t in TYPES] + [back()])]
    )
    program = link([program_of(*classes, caller).units[0]])
    found = hierarchy_of(program)
    named = program.methods_named(b"m")
    types, signatures = program.method_type[named], program.method_signature[named]
    together = found._defaults_of(types, signatures).tolist()  # noqa: SLF001 - the quick way alone
    assert together == [
        found._default(int(t), int(s))  # noqa: SLF001 - the plain way
        for t, s in zip(types, signatures, strict=True)
    ]


def test_the_text_of_an_instruction_is_written_once() -> None:
    written: list[int] = []

    def write() -> str:
        written.append(1)
        return "nop"

    one = Instruction(0, Do.OTHER, text=write)
    assert not written
    assert (one.text, one.text, len(written)) == ("nop", "nop", 1)
    assert one == Instruction(0, Do.OTHER, text="nop")
    assert hash(one) == hash(Instruction(0, Do.OTHER, text="nop"))
    assert one != Instruction(0, Do.OTHER, text="other")
    assert repr(one).startswith("Instruction(")
