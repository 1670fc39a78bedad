"""On which objects a call is made: what a variable holds, a listener that is set, the unknown."""

import pytest
from tests.engines.program.asking import MODEL, answers_of, defined, looking_of, marks, program_of
from tests.engines.program.units import Class, Method, Op, back, call, get, new, put

from chengnuo.engines.program.links import links_of
from chengnuo.engines.program.marks import Root
from chengnuo.engines.program.objects import ObjectsOfCalls
from chengnuo.engines.program.origins import Origins
from chengnuo.engines.program.program import ABSTRACT, INTERFACE
from chengnuo.engines.program.reach import reach
from chengnuo.engines.program.unit import Call

TELL = "La/Listener;->tell()V"
LISTENER = Class(
    "La/Listener;", [Method("tell()V", None, ABSTRACT | 1)], access=ABSTRACT | INTERFACE
)
ONE = Class("La/One;", [Method("tell()V", [back()])], interfaces=["La/Listener;"])
OTHER = Class("La/Other;", [Method("tell()V", [back()])], interfaces=["La/Listener;"])
PANEL = Class(
    "La/Panel;",
    [
        Method(
            "set(La/Listener;)V", [put(1, "La/Panel;->listener:La/Listener;", 0), back()], 1, (0, 1)
        ),
        Method(
            "tell()V",
            [get(1, "La/Panel;->listener:La/Listener;", 0), call(Call.INTERFACE, TELL, 1), back()],
            1,
            (0,),
        ),
    ],
)
SET, TOLD = "La/Panel;->set(La/Listener;)V", "La/Panel;->tell()V"


def told(*code: Op, told_apart: bool = True, left: int = 1_000) -> tuple[str, str]:
    """Return when the two listeners are told, of code that runs at the start."""
    app = Class("La/App;", [Method("onCreate()V", [*code, back()], 1, (0,))])
    program = program_of(app, LISTENER, ONE, OTHER, PANEL)
    answers = answers_of(program)
    start = defined(program, "La/App;->onCreate()V")
    found = reach(
        links_of(answers.hierarchy),
        MODEL,
        [Root(defined=start, type_id=program.type_of(start))],
        looking_of(program),
        ObjectsOfCalls(Origins(answers), left) if told_apart else None,
    )
    known = marks(program, found)
    return known["La/One;->tell()V"], known["La/Other;->tell()V"]


BOTH = [new(1, "La/One;"), new(2, "La/Other;")]
TWO_PANELS = [
    *BOTH,
    new(3, "La/Panel;"),
    new(4, "La/Panel;"),
    call(Call.VIRTUAL, SET, 3, 1),
    call(Call.VIRTUAL, SET, 4, 2),
    call(Call.VIRTUAL, TOLD, 3),
]


def test_a_call_runs_what_its_object_is() -> None:
    assert told(*BOTH, call(Call.INTERFACE, TELL, 1)) == ("CERTAIN", "UNREACHABLE")


def test_without_it_a_call_runs_whatever_was_made() -> None:
    found = told(*BOTH, call(Call.INTERFACE, TELL, 1), told_apart=False)
    assert found == ("CERTAIN", "CERTAIN")


def test_of_two_panels_each_has_its_own_listener() -> None:
    assert told(*TWO_PANELS) == ("CERTAIN", "UNREACHABLE")


def test_a_panel_that_is_told_second_has_its_listener_too() -> None:
    assert told(*TWO_PANELS, call(Call.VIRTUAL, TOLD, 4)) == ("CERTAIN", "CERTAIN")


def test_both_listeners_of_one_panel_count() -> None:
    code = [new(3, "La/Panel;"), call(Call.VIRTUAL, SET, 3, 1), call(Call.VIRTUAL, SET, 3, 2)]
    assert told(*BOTH, *code, call(Call.VIRTUAL, TOLD, 3)) == ("CERTAIN", "CERTAIN")


def test_a_listener_that_is_set_after_the_call_in_the_code_counts() -> None:
    code = [new(3, "La/Panel;"), call(Call.VIRTUAL, TOLD, 3), call(Call.VIRTUAL, SET, 3, 1)]
    assert told(*BOTH, *code) == ("CERTAIN", "UNREACHABLE")


@pytest.mark.parametrize("left", [0, 1, 2, 5])
def test_what_is_too_much_to_follow_may_be_anything(left: int) -> None:
    assert told(*TWO_PANELS, left=left) == ("CERTAIN", "CERTAIN")


def test_what_the_system_returns_may_be_anything() -> None:
    code = [call(Call.STATIC, "Lx/System;->any()La/Listener;", to=3), call(Call.INTERFACE, TELL, 3)]
    assert told(*BOTH, *code) == ("CERTAIN", "CERTAIN")


def test_a_field_that_no_code_writes_may_be_anything() -> None:
    code = [get(3, "La/App;->read:La/Listener;", 0), call(Call.INTERFACE, TELL, 3)]
    assert told(*BOTH, *code) == ("CERTAIN", "CERTAIN")
