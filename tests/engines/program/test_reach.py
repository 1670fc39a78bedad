"""What runs from given starts, and when: by calls, objects, the system, reflection and intents."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.program.asking import (
    GET_BOOLEAN,
    MODEL,
    defined,
    marks,
    program_of,
    reached,
)
from tests.engines.program.plain_reach import plain_marks
from tests.engines.program.units import (
    Class,
    Method,
    Op,
    back,
    call,
    class_of,
    get,
    label,
    new,
    number,
    put,
    string,
    unit,
    when,
)

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.code import Codes
from chengnuo.engines.program.framework import FrameworkModel
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.links import links_of
from chengnuo.engines.program.marks import Jump, Mark, Root, Why
from chengnuo.engines.program.objects import ObjectsOfCalls
from chengnuo.engines.program.origins import Origins
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.reach import reach
from chengnuo.engines.program.unit import Call

EQ = Comparison.EQUAL
START = "La/App;->onCreate()V"
RUNNABLE, THREAD, ACTIVITY = "Ljava/lang/Runnable;", "Ljava/lang/Thread;", "Landroid/app/Activity;"
LISTENER = "Landroid/view/View$OnClickListener;"
INIT = "-><init>()V"
POST = f"Landroid/os/Handler;->post({RUNNABLE})Z"
LISTEN = f"Landroid/view/View;->setOnClickListener({LISTENER})V"


def app(*code: Op, more: Sequence[Method] = ()) -> Class:
    return Class("La/App;", [Method("onCreate()V", [*code, back()]), *more])


def doer(name: str, interface: str, method: str = "run()V") -> Class:
    """Return a class that implements an interface of the system by calling `La/Work;->done()V`."""
    work = [call(Call.STATIC, "La/Work;->done()V"), back()]
    return Class(name, [Method(method, work)], interfaces=[interface])


WORK = Class("La/Work;", [Method("done()V", [back()], 9)])


def done(*classes: Class, later: Sequence[str] = ()) -> str:
    program = program_of(*classes, WORK)
    return marks(program, reached(program, [START], later))["La/Work;->done()V"]


def way(
    program: Program, text: str, starts: Sequence[str] = (START,)
) -> list[tuple[str, int, str]]:
    found = reached(program, starts)
    return [
        (program.defined_text(one).partition(";->")[2], pc, why.name)
        for one, pc, why in found.way(defined(program, text))
    ]


def test_a_call_on_an_object_runs_only_what_was_made() -> None:
    program = program_of(
        app(new(0, "La/B;"), call(Call.VIRTUAL, "La/A;->m()V", 0)),
        Class("La/A;", [Method("m()V", [back()])]),
        Class("La/B;", [Method("m()V", [back()])], above="La/A;"),
        Class("La/C;", [Method("m()V", [back()])], above="La/A;"),
    )
    found = marks(program, reached(program, [START]))
    assert [found[f"La/{one};->m()V"] for one in "ABC"] == ["UNREACHABLE", "CERTAIN", "UNREACHABLE"]
    assert way(program, "La/B;->m()V") == [("onCreate()V", 1, "START"), ("m()V", -1, "OVERRIDE")]


def test_what_is_made_after_the_call_was_seen_runs_too() -> None:
    assert (
        done(
            app(
                call(Call.INTERFACE, "La/I;->run()V", 5),
                call(Call.STATIC, "La/Late;->make()V"),
            ),
            Class("La/I;", [Method("run()V", None, 0x401)], access=0x200),
            Class("La/Late;", [Method("make()V", [new(0, "La/B;"), back()], 9)]),
            doer("La/B;", "La/I;"),
        )
        == "CERTAIN"
    )


def test_super_runs_the_method_above_the_caller() -> None:
    program = program_of(
        Class("La/App;", [Method("onCreate()V", [call(Call.SUPER, START, 0), back()])], "La/Base;"),
        Class("La/Base;", [Method("onCreate()V", [back()])]),
    )
    assert marks(program, reached(program, [START]))["La/Base;->onCreate()V"] == "CERTAIN"


INITIALISED = Class(
    "La/S;",
    [
        Method("<clinit>()V", [call(Call.STATIC, "La/Work;->done()V"), back()], 8),
        Method("n()V", [back()], 9),
    ],
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param([new(0, "La/S;")], "CERTAIN", id="an object is made"),
        pytest.param([new(0, "La/T;")], "CERTAIN", id="one of a subclass is made"),
        pytest.param([call(Call.STATIC, "La/S;->n()V")], "CERTAIN", id="a static method"),
        pytest.param([call(Call.STATIC, "La/T;->n()V")], "CERTAIN", id="an inherited one"),
        pytest.param([get(0, "La/S;->f:I")], "CERTAIN", id="a static field"),
        pytest.param([class_of(0, "La/S;")], "UNREACHABLE", id="the class object alone"),
    ],
)
def test_a_static_initialiser_runs_by(code: Sequence[Op], expected: str) -> None:
    assert done(app(*code), INITIALISED, Class("La/T;", above="La/S;")) == expected


@pytest.mark.parametrize(
    "cause",
    [
        pytest.param(call(Call.STATIC, "La/S;->absent()V"), id="a static method"),
        pytest.param(get(0, "La/S;->f:I"), id="a static field"),
        pytest.param(new(0, "La/S;"), id="an object"),
    ],
)
def test_a_static_initialiser_behind_a_test_is_conditional(cause: Op) -> None:
    assert done(app(when(EQ, 5, "end"), cause, label("end")), INITIALISED) == "CONDITIONAL"


HANDED = [new(0, "La/R;"), call(Call.VIRTUAL, POST, 9, 0)]


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        pytest.param([app(*HANDED), doer("La/R;", RUNNABLE)], "CERTAIN", id="posted"),
        pytest.param([app(new(0, "La/R;")), doer("La/R;", RUNNABLE)], "UNREACHABLE", id="kept"),
        pytest.param(
            [app(new(0, "La/R;"), new(1, "La/Q;"), call(Call.VIRTUAL, POST, 9, 1)),
             doer("La/R;", RUNNABLE), Class("La/Q;", [Method("run()V", [back()])],
                                            interfaces=[RUNNABLE])],
            "UNREACHABLE",
            id="kept while another one is posted",
        ),
        pytest.param(
            [app(new(0, "La/R;"), call(Call.STATIC, f"La/U;->post({RUNNABLE})V", 0)),
             Class("La/U;", [Method(f"post({RUNNABLE})V", [call(Call.VIRTUAL, POST, 9, 0), back()],
                                    9, (0,))]),
             doer("La/R;", RUNNABLE)],
            "CERTAIN",
            id="posted by a helper",
        ),
        pytest.param(
            [app(new(0, "La/R;"), put(0, f"La/App;->r:{RUNNABLE}", 8),
                 get(1, f"La/App;->r:{RUNNABLE}", 8), call(Call.VIRTUAL, POST, 9, 1)),
             doer("La/R;", RUNNABLE)],
            "CERTAIN",
            id="posted from a field",
        ),
        pytest.param(
            [app(new(0, "La/R;"), put(0, f"Lx/X;->r:{RUNNABLE}", 8)), doer("La/R;", RUNNABLE)],
            "CERTAIN",
            id="given to a field of the system",
        ),
        pytest.param(
            [app(new(0, "La/T;"), call(Call.VIRTUAL, "La/T;->start()V", 0)),
             Class("La/T;", [Method("run()V", [call(Call.STATIC, "La/Work;->done()V"), back()])],
                   THREAD)],
            "CERTAIN",
            id="a thread that is started",
        ),
        pytest.param(
            [app(new(0, "La/T;"), call(Call.DIRECT, f"{THREAD}{INIT}", 0)),
             Class("La/T;", [Method("run()V", [call(Call.STATIC, "La/Work;->done()V"), back()])],
                   THREAD)],
            "UNREACHABLE",
            id="a thread that is not",
        ),
        pytest.param(
            [app(new(0, "La/L;"), call(Call.VIRTUAL, LISTEN, 9, 0)),
             doer("La/L;", LISTENER, "onClick(Landroid/view/View;)V")],
            "AFTER_ACTION",
            id="a listener of clicks",
        ),
        pytest.param(
            [app(new(0, "La/L;"), call(Call.VIRTUAL, "Lx/X;->add(Lx/Listener;)V", 9, 0)),
             doer("La/L;", "Lx/Listener;", "onNews()V")],
            "CONDITIONAL",
            id="a listener of something",
        ),
        pytest.param(
            [app(new(0, "La/L;"), call(Call.VIRTUAL, "Lx/X;->add(Lx/Listener;)V", 9, 0)),
             doer("La/L;", "Lx/Listener;", "helper()V")],
            "UNREACHABLE",
            id="a method of a listener that nothing calls",
        ),
        pytest.param(
            [app(new(0, "La/M;"), call(Call.VIRTUAL, "Lx/X;->in(Landroid/app/Activity;)V", 9, 0)),
             Class("La/M;", [Method("onDestroy()V", [call(Call.STATIC, "La/Work;->done()V"),
                                                     back()])], ACTIVITY)],
            "UNREACHABLE",
            id="the life of an activity",
        ),
        pytest.param(
            [app(call(Call.CUSTOM, "La/R;->run()V")), doer("La/R;", RUNNABLE)],
            "CERTAIN",
            id="a lambda",
        ),
    ],
)  # fmt: skip
def test_the_system_calls_back(classes: Sequence[Class], expected: str) -> None:
    assert done(*classes) == expected


STORED = [string(1, "agreed"), number(2, 0), call(Call.INTERFACE, GET_BOOLEAN, 3, 1, 2, to=0)]
ASKED = [*STORED, when(EQ, 0, "end")]


def test_layers_follow_one_another() -> None:
    go = call(Call.STATIC, "La/Work;->done()V")
    assert done(app(go)) == "CERTAIN"
    assert done(app(when(EQ, 5, "end"), go, label("end"))) == "CONDITIONAL"
    assert done(app(*ASKED, go, label("end"))) == "GUARDED"
    later = Class("La/Other;", [Method("onCreate()V", [go, back()])])
    assert done(app(), later, later=["La/Other;->onCreate()V"]) == "LATER"
    assert done(app(), later) == "UNREACHABLE"
    assert done(app(*ASKED, label("end"), go), later, later=["La/Other;->onCreate()V"]) == "CERTAIN"


def test_an_object_made_behind_consent_runs_only_then() -> None:
    code = [*ASKED, new(6, "La/B;"), label("end"), call(Call.INTERFACE, "La/I;->run()V", 6)]
    interface = Class("La/I;", [Method("run()V", None, 0x401)], access=0x200)
    assert done(app(*code), interface, doer("La/B;", "La/I;")) == "GUARDED"


def test_an_object_handed_over_behind_a_test_may_be_called_back() -> None:
    code = [new(0, "La/R;"), when(EQ, 5, "end"), call(Call.VIRTUAL, POST, 9, 0), label("end")]
    assert done(app(*code), doer("La/R;", RUNNABLE)) == "CONDITIONAL"


FOR_NAME = "Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;"
GET_METHOD = (
    "Ljava/lang/Class;->getMethod(Ljava/lang/String;[Ljava/lang/Class;)Ljava/lang/reflect/Method;"
)
INVOKE = (
    "Ljava/lang/reflect/Method;->invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;"
)
NEW_INSTANCE = "Ljava/lang/Class;->newInstance()Ljava/lang/Object;"
BY_NAME = [string(0, "a.S"), call(Call.STATIC, FOR_NAME, 0, to=0)]


def test_reflection_with_constants_is_followed() -> None:
    assert done(app(*BY_NAME), INITIALISED) == "CERTAIN"
    made = Class("La/S;", [Method("<init>()V", [call(Call.STATIC, "La/Work;->done()V"), back()])])
    assert done(app(*BY_NAME, call(Call.VIRTUAL, NEW_INSTANCE, 0, to=1)), made) == "CERTAIN"
    finds = [string(1, "go"), call(Call.VIRTUAL, GET_METHOD, 0, 1, 2, to=3)]
    runs = call(Call.VIRTUAL, INVOKE, 3, 4, 5)
    asked = Class("La/S;", [Method("go()V", [call(Call.STATIC, "La/Work;->done()V"), back()], 9)])
    assert done(app(*BY_NAME, *finds, runs), asked) == "CERTAIN"
    assert done(app(*BY_NAME, *finds), asked) == "UNREACHABLE"
    assert done(app(*BY_NAME, *finds, when(EQ, 7, "end"), runs, label("end")), asked) == (
        "CONDITIONAL"
    )


INTENT = "Landroid/content/Intent;"
OPENED = Class(
    "La/Next;",
    [Method("onCreate()V", [call(Call.STATIC, "La/Work;->done()V"), back()])],
    ACTIVITY,
)
START_ACTIVITY = f"Landroid/content/Context;->startActivity({INTENT})V"
INTO = f"{INTENT}-><init>(Landroid/content/Context;Ljava/lang/Class;)V"
NAMED = f"{INTENT}->setClassName(Landroid/content/Context;Ljava/lang/String;){INTENT}"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param([class_of(1, "La/Next;"), call(Call.DIRECT, INTO, 0, 9, 1)], id="by class"),
        pytest.param([string(1, "a.Next"), call(Call.VIRTUAL, NAMED, 0, 9, 1)], id="by name"),
        pytest.param(
            [string(1, "a.Next"), call(Call.VIRTUAL, NAMED, 0, 9, 1, to=0)], id="by an answer"
        ),
    ],
)
def test_an_intent_starts_another_part_of_the_app(code: Sequence[Op]) -> None:
    opens = [new(0, INTENT), *code, call(Call.VIRTUAL, START_ACTIVITY, 9, 0)]
    assert done(app(*opens), OPENED) == "CERTAIN"
    program = program_of(app(*opens), OPENED, WORK)
    assert [why for _, _, why in way(program, "La/Next;->onCreate()V")] == ["START", "INTENT"]
    assert done(app(*opens[:-1]), OPENED) == "UNREACHABLE"


def test_every_step_of_a_way_tells_where_it_is_left() -> None:
    program = program_of(app(number(5, 0), *HANDED), doer("La/R;", RUNNABLE), WORK)
    assert way(program, "La/Work;->done()V") == [
        ("onCreate()V", 2, "START"),
        ("run()V", 0, "CALLBACK"),
        ("done()V", -1, "CALL"),
    ]
    found = reached(program, [START])
    assert found.finished
    assert found.way(defined(program, START)) == [(defined(program, START), -1, Why.START)]


TYPES = [f"La/{letter};" for letter in "ABCDE"]
METHODS = ["m()V", "n()V"]
REFERENCES = st.builds(
    lambda owner, name: f"{owner}->{name}", st.sampled_from(TYPES), st.sampled_from(METHODS)
)
OPS = st.one_of(
    st.builds(
        call, st.sampled_from([Call.VIRTUAL, Call.STATIC, Call.DIRECT]), REFERENCES, st.just(0)
    ),
    st.builds(new, st.just(0), st.sampled_from(TYPES)),
    st.builds(get, st.just(0), st.sampled_from([f"{one}->f:I" for one in TYPES])),
)
BODIES = st.lists(OPS, max_size=5)


@st.composite
def classes(draw: st.DrawFn) -> list[Class]:
    """Return classes, each below at most one that comes before it."""
    made = []
    for place, name in enumerate(TYPES):
        above = draw(st.sampled_from([None, *TYPES[:place]]))
        names = draw(st.lists(st.sampled_from([*METHODS, "<clinit>()V"]), unique=True))
        made.append(Class(name, [Method(one, draw(BODIES)) for one in names], above))
    return made


@dataclass(frozen=True)
class Given:
    """Looks at methods whose places are as sure as it is given."""

    sures: tuple[Sure, ...]

    def at(self, defined: int, pc: int) -> Sure:
        return self.sures[(7 * defined + pc) % len(self.sures)]

    def segments(self, defined: int) -> list[tuple[int, Sure]]:
        return [(pc, self.at(defined, pc)) for pc in range(6)]

    def may_guard(self, defined: int) -> bool:
        return any(sure >= Sure.GUARDED for _, sure in self.segments(defined))

    def handed(self, defined: int, pc: int, argument: int) -> tuple[int, ...] | None:
        return () if defined + pc + argument < 0 else None

    def jumps(self, defined: int, pcs: Sequence[int]) -> list[Jump]:
        return [
            Jump(pc=pc, why=Why.INTENT, type_id=-1, makes=False, methods=(defined,)) for pc in pcs
        ]

    def jumps_by(self, name: bytes) -> bool:
        return name == b""

    def shows_by(self, name: bytes) -> bool:
        return name == b""


@settings(max_examples=30)
@given(
    classes(),
    st.lists(st.sampled_from(list(Sure)), min_size=1, max_size=6).map(tuple),
    st.sets(st.integers(0, 14), max_size=3),
    st.integers(0, 14),
)
def test_rounds_over_arrays_find_what_a_plain_search_finds(
    parts: list[Class], sures: tuple[Sure, ...], first: set[int], later: int
) -> None:
    program = link([unit(*parts)])
    count = len(program.defined_method)
    roots = [
        Root(defined=one, type_id=program.type_of(one), at_start=one in first)
        for one in sorted({*first, later})
        if one < count
    ]
    hierarchy = hierarchy_of(program)
    looks = Given(sures)
    found = reach(links_of(hierarchy), FrameworkModel(), roots, looks)
    # Where nothing new can follow, a place need not be judged: dead ones too change no mark.
    assert [Mark(one) for one in found.marks.tolist()] == plain_marks(hierarchy, roots, looks.at)
    objects = ObjectsOfCalls(Origins(Answers(Codes(program), hierarchy)))
    narrow = reach(links_of(hierarchy), FrameworkModel(), roots, looks, objects)
    # To know more of the objects never makes anything run earlier.
    assert np.all(narrow.marks >= found.marks)
    again = reach(links_of(hierarchy), FrameworkModel(), roots[::-1], looks)
    assert np.array_equal(again.order, found.order)
    assert np.array_equal(again.before, found.before)
    for one in range(count):
        for method, pc, _ in found.way(one)[:-1]:
            assert found.marks[method] <= found.marks[one]
            assert pc < 6
    assert MODEL.is_general(b"onNews")
