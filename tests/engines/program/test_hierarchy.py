"""Types above and below, and the method that a reference means."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.program.units import Class, Method, back, call, unit

from chengnuo.engines.program.hierarchy import Hierarchy, hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.program import ABSTRACT, INTERFACE, Program
from chengnuo.engines.program.unit import Call, Ids

ACTIVITY = "Landroid/app/Activity;"


def method(name: str = "m()V", access: int = 1) -> Method:
    return Method(name, None if access & ABSTRACT else [back()], access)


def hierarchy(*classes: Class) -> Hierarchy:
    return hierarchy_of(link([unit(*classes)]))


def names(found: Hierarchy, types: Ids) -> list[str]:
    return [found.program.types[one].decode() for one in types.tolist()]


def meant(found: Hierarchy, owner: str, name: bytes = b"m") -> str:
    program = found.program
    signature = program.method_signature[program.methods_named(name)[:1]]
    types = program.class_of[:0] + program.type_id(owner)
    one = int(found.resolve(types.dtype.type([program.type_id(owner)]), signature)[0])
    return "" if one < 0 else program.defined_text(one)


def test_a_class_extends_the_system_through_own_classes() -> None:
    found = hierarchy(Class("La/Base;", above=ACTIVITY), Class("La/Main;", above="La/Base;"))
    below = found.types_below(found.program.type_id(ACTIVITY))
    assert set(names(found, below)) == {ACTIVITY, "La/Base;", "La/Main;"}
    above = found.types_above(found.program.type_id("La/Main;"))
    assert names(found, above) == ["La/Main;", "La/Base;", ACTIVITY]


def test_overrides_are_found_below_a_type_of_the_system() -> None:
    found = hierarchy(
        Class("La/Base;", [method()], above=ACTIVITY),
        Class("La/Main;", [method()], above="La/Base;"),
        Class("La/Other;", [method()]),
    )
    signature = int(found.program.method_signature[0])
    overrides = found.overrides(found.program.type_id(ACTIVITY), signature)
    assert [found.program.defined_text(int(one)) for one in overrides] == [
        "La/Base;->m()V",
        "La/Main;->m()V",
    ]


def test_a_circle_of_superclasses_is_cut_and_said() -> None:
    found = hierarchy(
        Class("La/A;", above="La/B;"),
        Class("La/B;", above="La/C;"),
        Class("La/C;", [method()], above="La/B;"),
    )
    assert [one.where for one in found.damages] == ["class La/B;", "class La/C;"]
    assert names(found, found.types_above(found.program.type_id("La/A;"))) == ["La/A;", "La/B;"]
    assert meant(found, "La/A;") == ""


def test_interfaces_in_a_circle_end() -> None:
    found = hierarchy(
        Class("La/I;", [method()], interfaces=["La/J;"], access=INTERFACE),
        Class("La/J;", interfaces=["La/I;"], access=INTERFACE),
        Class("La/A;", interfaces=["La/J;"]),
    )
    above = found.types_above(found.program.type_id("La/A;"))
    assert set(names(found, above)) == {"La/A;", "Ljava/lang/Object;", "La/I;", "La/J;"}
    assert meant(found, "La/A;") == "La/I;->m()V"


def test_a_superclass_is_looked_at_before_interfaces() -> None:
    found = hierarchy(
        Class("La/I;", [method()], access=INTERFACE),
        Class("La/Base;", [method()]),
        Class("La/A;", above="La/Base;", interfaces=["La/I;"]),
    )
    assert meant(found, "La/A;") == "La/Base;->m()V"


def test_the_default_of_the_most_special_interface_is_meant() -> None:
    found = hierarchy(
        Class("La/I;", [method()], access=INTERFACE),
        Class("La/J;", [method()], interfaces=["La/I;"], access=INTERFACE),
        Class("La/A;", interfaces=["La/I;", "La/J;"]),
    )
    assert meant(found, "La/A;") == "La/J;->m()V"


def test_an_abstract_method_of_an_interface_gives_way_to_one_with_code() -> None:
    found = hierarchy(
        Class("La/I;", [method(access=ABSTRACT)], access=INTERFACE),
        Class("La/J;", [method()], access=INTERFACE),
        Class("La/A;", interfaces=["La/I;", "La/J;"]),
    )
    assert meant(found, "La/A;") == "La/J;->m()V"


def test_a_type_that_no_unit_defines_means_nothing() -> None:
    caller = Class("La/A;", [Method("n()V", [call(Call.STATIC, "Lx/X;->m()V"), back()])])
    assert meant(hierarchy(caller), "Lx/X;") == ""


def test_too_many_pairs_are_cut_and_said() -> None:
    chain = [Class(f"La/{n};", above=f"La/{n + 1};") for n in range(40)]
    found = hierarchy_of(link([unit(*chain)]), most_pairs=200)
    assert [one.where for one in found.damages] == ["class hierarchy"]
    assert len(found.above) <= 200
    assert names(found, found.types_above(0))[:2] == ["La/0;", "La/1;"]


TYPES = [f"La/{letter};" for letter in "ABCDEF"]


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Return a program of classes without interfaces, circles allowed."""
    classes = [
        Class(name, [method()] if draw(st.booleans()) else [], above=draw(st.sampled_from(TYPES)))
        for name in draw(st.lists(st.sampled_from(TYPES), unique=True, min_size=1))
    ]
    caller = Class("La/Z;", [Method("n()V", [call(Call.STATIC, "La/A;->m()V"), back()])])
    return link([unit(*classes, caller)])


@settings(max_examples=50)
@given(programs())
def test_a_method_is_the_first_one_up_the_chain(program: Program) -> None:
    found = hierarchy_of(program)
    signature = program.method_signature[program.methods_named(b"m")[0]]
    types = found.superclass.copy()
    types[:] = range(len(types))
    meant_of = found.resolve(types, types * 0 + signature)
    for type_id in types.tolist():
        chain = found.chain(type_id)
        assert len(set(chain)) == len(chain)
        defined = [program.method_id(one, int(signature)) for one in chain]
        here = [int(program.definition[one]) for one in defined if one >= 0]
        assert meant_of[type_id] == next((one for one in here if one >= 0), -1)
        assert [*found.types_above(type_id)] == chain
        below = found.types_below(type_id).tolist()
        assert below == [one for one in types.tolist() if type_id in found.chain(one)]
