"""The way from the start to a place, with the tests on it."""

from tests.engines.program.asking import defined, guards_of, program_of, reached
from tests.engines.program.test_guards import TESTS, judged, stored
from tests.engines.program.units import Class, Method, back, call, label, when

from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.hints import hints_of
from chengnuo.engines.program.marks import Why
from chengnuo.engines.program.paths import mark_at, path_to
from chengnuo.engines.program.unit import Call

START = "La/App;->onCreate()V"
CODE = [
    *stored("dark"), when(Comparison.EQUAL, 0, "end"), call(Call.STATIC, "La/B;->init()V"),
    label("end"), back(),
]  # fmt: skip
INIT = [
    *stored("agreed"), when(Comparison.EQUAL, 0, "end"), call(Call.STATIC, "Lx/X;->read()V"),
    label("end"), back(),
]  # fmt: skip


def test_a_way_tells_the_tests_of_every_step() -> None:
    program = program_of(
        Class("La/App;", [Method("onCreate()V", CODE)]),
        Class("La/B;", [Method("init()V", INIT, 9)]),
    )
    found, guards = reached(program, [START]), guards_of(program)
    method = defined(program, "La/B;->init()V")
    steps = path_to(found, guards, method, 4)
    assert [(program.defined_text(one.defined), one.pc, one.why) for one in steps] == [
        (START, 4, Why.START),
        ("La/B;->init()V", 4, Why.CALL),
    ]
    assert [[(t.text, t.is_consent) for t in one.tests] for one in steps] == [
        [('SharedPreferences.getBoolean("dark", false)', False)],
        [('SharedPreferences.getBoolean("agreed", false)', True)],
    ]
    assert mark_at(found, guards, method, 4).name == "GUARDED"
    assert mark_at(found, guards, method, 0).name == "CONDITIONAL"


def test_no_way_leads_to_what_is_not_reached() -> None:
    program = program_of(
        Class("La/App;", [Method("onCreate()V", [back(), *INIT])]),
        Class("La/B;", [Method("init()V", INIT, 9)]),
    )
    found, guards = reached(program, [START]), guards_of(program)
    method = defined(program, "La/B;->init()V")
    assert path_to(found, guards, method, 4) == ()
    assert mark_at(found, guards, method, 4).name == "UNREACHABLE"
    assert mark_at(found, guards, defined(program, START), 3).name == "UNREACHABLE"


def test_every_method_with_a_guarded_place_is_hinted_at() -> None:
    for case in TESTS:
        code = case.values[0]
        assert isinstance(code, list)
        guards, method, _ = judged(code)
        hints = hints_of(hierarchy_of(guards.answers.codes.program), (b"agree", b"consent"))
        guarded = Sure.GUARDED in guards.ways(method).sure
        assert hints.may(method) or not guarded
        assert (
            guarded
            or not hints.may(method)
            or any(test.is_consent for test in guards.ways(method).tests)
        )


def test_a_method_is_hinted_at_through_the_calls_and_fields_it_asks() -> None:
    asks = [call(Call.STATIC, "La/A;->a()Z", to=0), back()]
    program = program_of(
        Class("La/A;", [
            Method("m()V", asks, 9),
            Method("a()Z", [call(Call.VIRTUAL, "La/I;->b()Z", 1, to=0), back(0)], 9),
            Method("x()V", [call(Call.STATIC, "La/A;->c()V"), back()], 9),
            Method("c()V", [*stored(), back()], 9),
        ]),
        Class("La/I;", [Method("b()Z", None, 0x401)], access=0x200),
        Class("La/J;", [Method("b()Z", [*stored(), back(0)])], interfaces=["La/I;"]),
    )  # fmt: skip
    hints = hints_of(hierarchy_of(program), (b"agree",))
    names = {program.defined_text(n) for n in range(6) if hints.may(n)}
    # `x` asks for nothing, but what it calls may throw as long as nobody has agreed.
    assert names == {"La/A;->m()V", "La/A;->a()Z", "La/A;->x()V", "La/A;->c()V", "La/J;->b()Z"}
