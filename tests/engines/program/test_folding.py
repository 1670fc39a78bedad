"""Strings that code puts together, and strings that it hides."""

from collections.abc import Sequence

import pytest
from tests.engines.program.asking import answers_of, code_of, program_of
from tests.engines.program.units import Class, Method, Op, back, call, label, new, number, string

from chengnuo.engines.program.body import Body, Do, Instruction
from chengnuo.engines.program.folding import Folding
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.values import values_at

STRING, BUILDER = "Ljava/lang/String;", "Ljava/lang/StringBuilder;"
DECODE = f"La/D;->d({STRING}){STRING}"


def append(to: int, of: int, *, answer: int | None = None) -> Op:
    return call(Call.VIRTUAL, f"{BUILDER}->append({STRING}){BUILDER}", to, of, to=answer)


def to_string(of: int) -> Op:
    return call(Call.VIRTUAL, f"{BUILDER}->toString(){STRING}", of, to=0)


BUILT = [
    new(1, BUILDER), call(Call.DIRECT, f"{BUILDER}-><init>()V", 1), string(2, "android"),
    append(1, 2), string(2, "_id"), append(1, 2, answer=1), to_string(1),
]  # fmt: skip


def text(*code: Op, more: Sequence[Class] = ()) -> str | None:
    program = program_of(Class("La/A;", [Method("m()V", [*code, back()], 9)]), *more)
    made = code_of(program, "La/A;->m()V")
    last = made.body.instructions[-1].pc
    return Folding(answers_of(program)).text(made, values_at(made, 0, last))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param([string(0, "a")], "a", id="a constant"),
        pytest.param(BUILT, "android_id", id="a builder"),
        pytest.param([*BUILT[:5], append(1, 8), to_string(1)], None, id="a part is not known"),
        pytest.param([string(0, "k"), *BUILT[2:]], None, id="begun elsewhere"),
        pytest.param(
            [string(1, "a"), string(2, "b"),
             call(Call.VIRTUAL, f"{STRING}->concat({STRING}){STRING}", 1, 2, to=0)],
            "ab",
            id="concat",
        ),
        pytest.param([number(0, 5)], None, id="a number alone"),
    ],
)  # fmt: skip
def test_constants_are_put_together(code: Sequence[Op], expected: str | None) -> None:
    assert text(*code) == expected


BASE64 = Class(
    "La/D;",
    [
        Method(
            f"d({STRING}){STRING}",
            [call(Call.STATIC, f"Landroid/util/Base64;->decode({STRING}I)[B", 0, 1, to=0), back(0)],
            9,
            (0,),
        )
    ],
)


def test_base64_of_a_constant_is_undone() -> None:
    code = [string(1, "YW5kcm9pZF9pZA=="), call(Call.STATIC, DECODE, 1, to=0)]
    assert text(*code, more=[BASE64]) == "android_id"
    assert text(string(1, "\u00ff"), code[1], more=[BASE64]) in {None, ""}


def with_xor(key: str) -> Program:
    """Return a program whose decoder combines everything with a number."""
    decoder = Method(f"d({STRING}){STRING}", [Op(Do.OTHER, (1,), (1,)), back(0)], 9, (0,))
    caller = Method("m()V", [string(1, "bmg"), call(Call.STATIC, DECODE, 1, to=0), back()], 9)
    program = program_of(Class("La/A;", [caller]), Class("La/D;", [decoder]))
    bodies = program.units[0].bodies
    body = bodies.body(1)
    assert body is not None
    plain = body.instructions[0]
    first = Instruction(
        plain.pc, plain.do, plain.defs, plain.uses, text=f"xor-int/lit8 v1, v1, {key}"
    )
    bodies.bodies[1] = Body((first, *body.instructions[1:]), body.parameters)  # type: ignore[attr-defined]
    return program


def test_an_exclusive_or_with_one_number_is_undone() -> None:
    program = with_xor("#3")
    folding, code = Folding(answers_of(program)), code_of(program, "La/A;->m()V")
    assert folding.text(code, values_at(code, 0, 2)) == "and"
    assert folding.decoders() == [1]
    assert folding.hidden() == []


def test_what_cannot_be_undone_is_counted() -> None:
    folding = Folding(answers_of(with_xor("v2")))
    assert folding.hidden() == [(0, 1)]


def test_a_label_ends_what_is_put_together() -> None:
    assert text(*BUILT[:4], label("here"), Op(Do.GOTO, name="on"), label("on"), *BUILT[4:]) is None
