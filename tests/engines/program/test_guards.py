"""Which places a test of consent protects at the first start."""

from collections.abc import Sequence

import pytest
from tests.engines.program.asking import (
    GET_BOOLEAN,
    GET_INT,
    GET_STRING,
    defined,
    guards_of,
    program_of,
)
from tests.engines.program.units import (
    Class,
    Method,
    Op,
    back,
    call,
    get,
    goto,
    label,
    move,
    number,
    put,
    string,
    when,
)

from chengnuo.engines.program.body import Comparison, Do
from chengnuo.engines.program.guards import Guards
from chengnuo.engines.program.unit import Call

EQ, NE = Comparison.EQUAL, Comparison.NOT_EQUAL
HERE = call(Call.STATIC, "Lx/X;->here()V")
END = [back()]


def stored(key: str = "agreed", *, default: int = 0, to: int = 0) -> list[Op]:
    return [string(1, key), number(2, default), call(Call.INTERFACE, GET_BOOLEAN, 3, 1, 2, to=to)]


def judged(code: Sequence[Op], *more: Method) -> tuple[Guards, int, int]:
    """Return guards, the method and the place of the call that is asked about."""
    program = program_of(Class("La/A;", [Method("m()V", code, 9), *more]))
    guards, method = guards_of(program), defined(program, "La/A;->m()V")
    pc = [one for one in code if not one.label].index(HERE)
    return guards, method, pc


def sure(code: Sequence[Op], *more: Method) -> str:
    guards, method, pc = judged(code, *more)
    return guards.ways(method).at(pc).name


TESTS = [
    pytest.param([HERE, *END], "UNCONDITIONAL", id="no test"),
    pytest.param(
        [*stored(), when(EQ, 0, "end"), HERE, label("end"), *END],
        "GUARDED",
        id="if (agreed) here()",
    ),
    pytest.param(
        [*stored(), when(NE, 0, "go"), back(), label("go"), HERE, *END],
        "GUARDED",
        id="if (!agreed) return; here()",
    ),
    pytest.param(
        [*stored(), when(NE, 0, "end"), HERE, label("end"), *END],
        "UNCONDITIONAL",
        id="if (!agreed) here()",
    ),
    pytest.param(
        [*stored(default=1), when(EQ, 0, "end"), HERE, label("end"), *END],
        "UNCONDITIONAL",
        id="the default says that everybody agreed",
    ),
    pytest.param(
        [*stored("dark"), when(EQ, 0, "end"), HERE, label("end"), *END],
        "CONDITIONAL",
        id="a test of something else",
    ),
    pytest.param(
        [*stored(), when(EQ, 0, "end"), number(4, 0), label("end"), HERE, *END],
        "UNCONDITIONAL",
        id="after the test",
    ),
    pytest.param(
        [*stored(), Op(Do.NOT, (0,), (0,)), when(NE, 0, "end"), HERE, label("end"), *END],
        "GUARDED",
        id="the opposite of what is stored",
    ),
    pytest.param(
        [*stored("dark"), when(NE, 0, "go"), *stored(), when(EQ, 0, "end"), label("go"), HERE,
         label("end"), *END],
        "CONDITIONAL",
        id="dark || agreed",
    ),
    pytest.param(
        [*stored("dark"), when(EQ, 0, "end"), *stored(), when(EQ, 0, "end"), HERE, label("end"),
         *END],
        "GUARDED",
        id="dark && agreed",
    ),
    pytest.param(
        [label("again"), *stored(), when(EQ, 0, "end"), HERE, goto("again"), label("end"), *END],
        "GUARDED",
        id="while (agreed) here()",
    ),
    pytest.param(
        [number(4, 0), *stored(), when(EQ, 0, "set"), number(4, 1), label("set"),
         when(EQ, 4, "end"), HERE, label("end"), *END],
        "GUARDED",
        id="a variable that consent sets",
    ),
    pytest.param(
        [string(1, "agreed"), string(2, ""), call(Call.INTERFACE, GET_STRING, 3, 1, 2, to=0),
         string(2, "yes"), call(Call.VIRTUAL, "Ljava/lang/String;->equals(Ljava/lang/Object;)Z",
                                2, 0, to=0),
         when(EQ, 0, "end"), HERE, label("end"), *END],
        "GUARDED",
        id="yes.equals(stored text)",
    ),
    pytest.param(
        [string(1, "agreed"), string(2, ""), call(Call.INTERFACE, GET_STRING, 3, 1, 2, to=0),
         call(Call.VIRTUAL, "Ljava/lang/String;->isEmpty()Z", 0, to=0), when(NE, 0, "end"), HERE,
         label("end"), *END],
        "GUARDED",
        id="!stored text.isEmpty()",
    ),
    pytest.param(
        [string(1, "consent"), number(2, 0), call(Call.INTERFACE, GET_INT, 3, 1, 2, to=0),
         number(4, 2), when(Comparison.LESS, 0, "end", 4), HERE, label("end"), *END],
        "GUARDED",
        id="stored version >= 2",
    ),
    pytest.param(
        [back(), HERE, *END], "DEAD", id="after the return"
    ),
    pytest.param(
        [*stored(), when(EQ, 0, "end"), label("end"), HERE, *END],
        "UNCONDITIONAL",
        id="a test whose sides are one",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), TESTS)
def test_a_place_is(code: Sequence[Op], expected: str) -> None:
    assert sure(code) == expected


def test_what_is_tried_is_unconditional_and_what_catches_is_not() -> None:
    tried = [label("try"), HERE, label("tried"), back(), label("catch"), number(0, 1), back()]
    caught = (("try", "tried", "catch"),)
    program = program_of(Class("La/A;", [Method("m()V", tried, 9, (), caught)]))
    ways = guards_of(program).ways(0)
    assert [ways.at(pc).name for pc in (0, 2)] == ["UNCONDITIONAL", "CONDITIONAL"]


ASKS = [call(Call.STATIC, "La/A;->ok()Z", to=0), when(EQ, 0, "end"), HERE, label("end"), *END]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param([*stored(), back(0)], "GUARDED", id="it returns what is stored"),
        pytest.param(
            [*stored(), when(EQ, 0, "no"), number(4, 1), back(4), label("no"), number(4, 0),
             back(4)],
            "GUARDED",
            id="it returns true when agreed, else false",
        ),
        pytest.param(
            [*stored(), when(EQ, 0, "no"), number(4, 0), back(4), label("no"), number(4, 1),
             back(4)],
            "UNCONDITIONAL",
            id="it returns true until somebody agreed",
        ),
        pytest.param([*stored("dark"), back(0)], "CONDITIONAL", id="it tests something else"),
        pytest.param(
            [call(Call.STATIC, "La/A;->ok()Z", to=0), back(0)], "CONDITIONAL", id="it calls itself"
        ),
    ],
)  # fmt: skip
def test_a_method_that_is_asked_is_looked_into(inside: Sequence[Op], expected: str) -> None:
    assert sure(ASKS, Method("ok()Z", inside, 9)) == expected


def test_the_key_may_come_with_the_call() -> None:
    asks = [string(5, "agreed"), call(Call.STATIC, "La/A;->is(Ljava/lang/String;)Z", 5, to=0),
            when(EQ, 0, "end"), HERE, label("end"), *END]  # fmt: skip
    inside = [number(2, 0), call(Call.INTERFACE, GET_BOOLEAN, 3, 9, 2, to=0), back(0)]
    assert sure(asks, Method("is(Ljava/lang/String;)Z", inside, 9, (9,))) == "GUARDED"


FIELD = "La/A;->agreed:Z"
READS = [get(0, FIELD), when(EQ, 0, "end"), HERE, label("end"), *END]


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        pytest.param("n()V", [number(0, 1), put(0, FIELD)], "GUARDED", id="set by an action"),
        pytest.param(
            "<clinit>()V", [number(0, 1), put(0, FIELD)], "UNCONDITIONAL", id="true from the start"
        ),
        pytest.param("n()V", [*stored(), put(0, FIELD)], "GUARDED", id="loaded"),
        pytest.param("n()V", [], "CONDITIONAL", id="never set, so that nothing tells its start"),
    ],
)
def test_a_static_field_is(name: str, code: Sequence[Op], expected: str) -> None:
    assert sure(READS, Method(name, [*code, back()], 9)) == expected


def test_a_field_of_another_name_that_is_loaded_from_a_key_of_consent_guards() -> None:
    reads = [get(0, "La/A;->a:Z"), when(EQ, 0, "end"), HERE, label("end"), *END]
    loads = Method("n()V", [*stored(), put(0, "La/A;->a:Z"), back()], 9)
    assert sure(reads, loads) == "GUARDED"


def puts(key: str) -> list[Op]:
    put_boolean = "Landroid/content/SharedPreferences$Editor;->putBoolean(Ljava/lang/String;Z)V"
    return [string(5, key), number(6, 1), call(Call.INTERFACE, put_boolean, 4, 5, 6)]


@pytest.mark.parametrize(("key", "expected"), [("agreed", "CONDITIONAL"), ("other", "GUARDED")])
def test_a_key_that_the_same_run_sets_unasked_is_no_guard(key: str, expected: str) -> None:
    code = [*stored(), when(NE, 0, "go"), *puts(key), back(), label("go"), HERE, *END]
    assert sure(code) == expected


def test_a_key_that_is_set_behind_the_guard_leaves_it_one() -> None:
    code = [*stored(), when(NE, 0, "go"), back(), label("go"), *puts("agreed"), HERE, *END]
    assert sure(code) == "GUARDED"


def test_the_tests_before_a_place_are_told_in_the_order_of_the_way() -> None:
    code = [
        *stored("dark"), when(EQ, 0, "end"), *stored(), when(NE, 0, "go"), back(), label("go"),
        HERE, label("end"), *END,
    ]  # fmt: skip
    guards, method, pc = judged(code)
    assert [(one.text, one.taken, one.is_consent) for one in guards.before(method, pc)] == [
        ('SharedPreferences.getBoolean("dark", false)', True, False),
        ('SharedPreferences.getBoolean("agreed", false)', True, True),
    ]
    assert guards.before(method, 0) == ()


def test_a_comparison_is_told_as_it_stands() -> None:
    code = [
        string(1, "consent"), number(2, 0), call(Call.INTERFACE, GET_INT, 3, 1, 2, to=0),
        number(4, 2), when(Comparison.LESS, 0, "end", 4), HERE, label("end"), *END,
    ]  # fmt: skip
    guards, method, pc = judged(code)
    (seen,) = guards.before(method, pc)
    assert (seen.text, seen.taken) == ('SharedPreferences.getInt("consent", 0) < 2', False)


def test_methods_that_ask_each_other_deeply_end() -> None:
    deep = [
        Method(f"f{n}()Z", [call(Call.STATIC, f"La/A;->f{n + 1}()Z", to=0), move(1, 0),
                            when(EQ, 1, "no"), number(1, 1), label("no"), back(1)], 9)
        for n in range(400)
    ]  # fmt: skip
    asks = [call(Call.STATIC, "La/A;->f0()Z", to=0), *ASKS[1:]]
    assert sure(asks, *deep) == "CONDITIONAL"
