"""What a register holds: constants, fields, answers and parameters, joined where ways meet."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.program.asking import answers_of, code_of, defined, guards_of, program_of
from tests.engines.program.units import (
    Class,
    Method,
    Op,
    back,
    call,
    class_of,
    get,
    goto,
    label,
    move,
    new,
    number,
    put,
    string,
    unit,
    when,
)

from chengnuo.engines.program.answers import with_arguments
from chengnuo.engines.program.body import Body, Comparison, Do, Instruction
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.shown_values import shown_values
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.values import (
    ANYTHING,
    MOST_VALUES,
    Kind,
    Value,
    Values,
    joined,
    values_at,
)

EQ = Comparison.EQUAL
USE = "Lx/X;->use(I)V"


def one_method(*code: Op, parameters: tuple[int, ...] = (5,)) -> Program:
    return program_of(Class("La/A;", [Method("m(I)V", [*code, back()], 9, parameters)]))


def held(program: Program, register: int = 0, text: str = "La/A;->m(I)V") -> str:
    """Return what a register holds at the last instruction, as it is shown."""
    code = code_of(program, text)
    last = code.body.instructions[-1].pc
    return shown_values(program, values_at(code, register, last))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param([string(0, "id")], '"id"', id="a string"),
        pytest.param([number(1, 7), move(0, 1)], "7", id="a number that was moved"),
        pytest.param([class_of(0, "La/B$C;")], "B.C.class", id="a class"),
        pytest.param([new(0, "La/B;")], "new B()", id="a new object"),
        pytest.param([get(0, "La/B;->f:Z")], "B.f", id="a field"),
        pytest.param([move(0, 5)], "…", id="a parameter"),
        pytest.param(
            [string(1, "k"), call(Call.STATIC, "La/B;->g(Ljava/lang/String;)Z", 1, to=0)],
            'B.g("k")',
            id="an answer with its argument",
        ),
        pytest.param([Op(Do.OTHER, (0,))], "…", id="something else"),
        pytest.param([], "…", id="nothing"),
        pytest.param([number(0, 1), number(0, 2)], "2", id="the last write counts"),
        pytest.param(
            [get(1, "La/B;->f:Z"), Op(Do.NOT, (0,), (1,))], "!B.f", id="the opposite"
        ),
        pytest.param(
            [get(1, "La/B;->f:Z"), number(2, 1), Op(Do.XOR, (0,), (1, 2))],
            "!B.f",
            id="the opposite as an exclusive or",
        ),
        pytest.param(
            [when(EQ, 5, "else"), string(0, "a"), goto("end"), label("else"), string(0, "b"),
             label("end"), number(1, 1)],
            '"a" | "b"',
            id="ways that meet",
        ),
        pytest.param(
            [string(0, "a"), label("again"), move(0, 0), when(EQ, 5, "again")],
            '"a"',
            id="a loop brings nothing new",
        ),
    ],
)  # fmt: skip
def test_a_register_holds(code: Sequence[Op], expected: str) -> None:
    assert held(one_method(*code)) == expected


def test_what_is_caught_may_come_from_any_write_that_was_tried() -> None:
    code = [
        string(0, "before"), label("try"), string(0, "first"), string(0, "second"), label("tried"),
        back(), label("catch"), number(1, 0), back(),
    ]  # fmt: skip
    caught = (("try", "tried", "catch"),)
    program = program_of(Class("La/A;", [Method("m(I)V", code, 9, (5,), caught)]))
    assert held(program) == '"before" | "first" | "second"'


def test_blocks_that_never_run_say_nothing() -> None:
    program = one_method(number(0, 0), when(EQ, 5, "end"), number(0, 1), label("end"), number(1, 0))
    code = code_of(program, "La/A;->m(I)V")
    assert shown_values(program, values_at(code, 0, 4)) == "0 | 1"
    assert shown_values(program, values_at(code, 0, 4, alive={0, 2})) == "0"


def test_a_long_chain_of_moves_is_unknown_and_no_error() -> None:
    moves = [move(n + 1, n) for n in range(3_000)]
    program = one_method(number(0, 1), *moves)
    assert held(program, 3_000) == "…"
    assert held(program, 10) == "…" or held(program, 10) == "1"


VALUES = st.frozensets(st.integers(0, 12), max_size=MOST_VALUES).map(
    lambda numbers: frozenset(Value(Kind.NUMBER, one) for one in numbers)
)


@settings(max_examples=30)
@given(st.lists(VALUES, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_a_join_never_matters(parts: list[Values], random: object) -> None:
    again = sorted(parts, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert joined(again) == joined(parts)
    assert joined([*parts, *again]) == joined(parts)
    assert joined(parts) == ANYTHING or all(part <= joined(parts) for part in parts)


def answer(text: str) -> Op:
    return call(Call.STATIC, text, to=0)


def test_what_a_method_returns_is_told_with_the_arguments_of_the_call() -> None:
    program = program_of(
        Class(
            "La/A;",
            [
                Method(
                    "same(Ljava/lang/String;)Ljava/lang/String;", [move(1, 0), back(1)], 9, (0,)
                ),
                Method(
                    "m()V",
                    [
                        string(0, "k"),
                        call(
                            Call.STATIC,
                            "La/A;->same(Ljava/lang/String;)Ljava/lang/String;",
                            0,
                            to=1,
                        ),
                        back(),
                    ],
                    9,
                ),
            ],
        )
    )
    answers = answers_of(program)
    code = code_of(program, "La/A;->m()V")
    found = values_at(code, 1, 2)
    assert shown_values(program, answers.settled(code.defined, found)) == '"k"'


def test_a_parameter_is_what_all_callers_give() -> None:
    program = program_of(
        Class("La/A;", [Method("m(I)V", [back()], 9, (0,))]),
        Class("La/B;", [Method("x()V", [number(3, 1), call(Call.STATIC, "La/A;->m(I)V", 3)])]),
        Class("La/C;", [Method("y()V", [number(3, 2), call(Call.STATIC, "La/A;->m(I)V", 3)])]),
    )
    answers = answers_of(program)
    callee = defined(program, "La/A;->m(I)V")
    assert shown_values(program, answers.given(callee, 0)) == "1 | 2"
    assert answers.given(callee, 3) == ANYTHING
    assert answers.given(defined(program, "La/B;->x()V"), 0) == ANYTHING


def test_a_field_is_what_it_is_set_to() -> None:
    program = program_of(
        Class("La/A;", [Method("m()V", [number(0, 1), put(0, "La/A;->f:I"), back()])])
    )
    (given_there,) = answers_of(program).puts(0)
    assert shown_values(program, given_there.values) == "1"


def test_an_argument_that_is_not_given_is_unknown() -> None:
    parameter = frozenset({Value(Kind.PARAMETER, 4)})
    assert with_arguments(parameter, ()) == ANYTHING


REGISTERS = st.integers(0, 3)
DAMAGED = st.builds(
    Instruction,
    st.integers(0, 12),
    st.sampled_from(list(Do)),
    st.lists(REGISTERS, max_size=2).map(tuple),
    st.lists(REGISTERS, max_size=3).map(tuple),
    targets=st.lists(st.integers(-1, 14), max_size=2).map(tuple),
)


@settings(max_examples=25)
@given(st.lists(DAMAGED, min_size=1, max_size=12))
def test_no_body_stops_the_search(lines: list[Instruction]) -> None:
    made = unit(Class("La/A;", [Method("m()V", [back()])]))
    bodies = made.bodies
    bodies.bodies = [Body(tuple(lines), (0,))]  # type: ignore[attr-defined]
    program = link([made])
    code = code_of(program, "La/A;->m()V")
    guards = guards_of(program)
    assert len(guards.ways(0).sure) == len(code.flow.after)
    assert all(isinstance(guards.before(0, line.pc), tuple) for line in lines)
    for line in lines:
        for register in range(4):
            assert isinstance(values_at(code, register, line.pc), frozenset)
