"""Strings that code says, how texts begin, and which packages use which."""

from tests.engines.program.asking import answers_of, defined, program_of
from tests.engines.program.units import Class, Method, Op, back, call, get, new, put, string

from chengnuo.engines.program.beginnings import Beginnings
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.said import said_in
from chengnuo.engines.program.sites import Site, given_at, makings
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.uses import MOST_GROUPS, uses_between
from chengnuo.engines.program.values import ANYTHING

URL = "Ljava/net/URL;"
OPEN = f"{URL}-><init>(Ljava/lang/String;)V"
BUILDER = "Ljava/lang/StringBuilder;"
APPEND = f"{BUILDER}->append(Ljava/lang/String;)Ljava/lang/StringBuilder;"
TEXT = f"{BUILDER}->toString()Ljava/lang/String;"


def _opening(*before: Op, register: int = 1) -> Program:
    """Return a program whose method `m` opens what a register holds."""
    code = [*before, new(0, URL), call(Call.DIRECT, OPEN, 0, register), back()]
    helper = [string(3, "http://answer.example.com"), back(3)]
    return program_of(
        Class(
            "La/A;",
            [
                Method("m(Ljava/lang/String;)V", code, 9, (5,)),
                Method("h()Ljava/lang/String;", helper, 9),
                Method(
                    "n()V",
                    [
                        string(4, "http://caller.example.com"),
                        call(Call.STATIC, "La/A;->m(Ljava/lang/String;)V", 4),
                        back(),
                    ],
                    9,
                ),
            ],
        )
    )


def _begins(program: Program) -> list[tuple[str, str, int]]:
    method = defined(program, "La/A;->m(Ljava/lang/String;)V")
    records = program.invocations
    rows = [
        row
        for row in range(len(records.pc))
        if program.method_text(int(records.method[row])) == OPEN
    ]
    site = Site(method, int(records.pc[rows[-1]]), int(records.method[rows[-1]]))
    found = Beginnings(answers_of(program)).of_argument(site, 0)
    return [(one.text, program.defined_text(one.site.defined), one.site.pc) for one in found]


def test_a_constant_begins_where_it_is_said() -> None:
    program = _opening(string(1, "http://a.example.com/x"))
    assert _begins(program) == [
        ("http://a.example.com/x", "La/A;->m(Ljava/lang/String;)V", 0),
    ]


def test_what_a_caller_gives_is_said_by_the_caller() -> None:
    program = _opening(register=5)
    assert _begins(program) == [("http://caller.example.com", "La/A;->n()V", 0)]


def test_a_builder_begins_with_what_is_appended_first() -> None:
    program = _opening(
        new(2, BUILDER),
        call(Call.DIRECT, f"{BUILDER}-><init>()V", 2),
        string(3, "http://b.example.com/"),
        call(Call.VIRTUAL, APPEND, 2, 3),
        call(Call.VIRTUAL, APPEND, 2, 5),
        call(Call.VIRTUAL, TEXT, 2, to=1),
    )
    assert [text for text, _, _ in _begins(program)] == ["http://b.example.com/"]


def test_a_field_and_an_own_method_are_followed() -> None:
    field = "La/A;->base:Ljava/lang/String;"
    program = _opening(string(3, "http://f.example.com"), put(3, field), get(1, field))
    assert [text for text, _, _ in _begins(program)] == ["http://f.example.com"]
    program = _opening(call(Call.STATIC, "La/A;->h()Ljava/lang/String;", to=1))
    assert [text for text, _, _ in _begins(program)] == ["http://answer.example.com"]


def test_of_a_call_that_makes_no_text_only_whole_addresses_count() -> None:
    asked = "Lb/Store;->get(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"
    program = _opening(
        string(2, "https.server"),
        string(3, "http://stored.example.com"),
        call(Call.STATIC, asked, 2, 3, to=1),
    )
    assert [text for text, _, _ in _begins(program)] == ["http://stored.example.com"]


def test_a_place_that_is_no_call_is_given_anything() -> None:
    program = _opening(string(1, "x"))
    method = defined(program, "La/A;->m(Ljava/lang/String;)V")
    assert given_at(answers_of(program), Site(method, 0, -1), 0) == ANYTHING


def test_strings_are_said_by_instructions_not_by_names() -> None:
    program = _opening(string(1, "hello"))
    said = said_in(program)
    texts = {text: string for string, text in said.texts()}
    assert b"hello" in texts
    assert b"La/A;" not in texts
    assert said.places(texts[b"hello"]) == [(defined(program, "La/A;->m(Ljava/lang/String;)V"), 0)]
    assert said.holders(texts[b"hello"]) == []


def test_makings_are_the_places_of_new() -> None:
    program = _opening(string(1, "x"))
    (made,) = makings(program, program.type_id(URL))
    assert program.defined_text(made.defined) == "La/A;->m(Ljava/lang/String;)V"
    assert tuple(makings(program, -1)) == ()


def test_groups_use_each_other_by_calls_types_fields_and_supers() -> None:
    program = program_of(
        Class("La/A;", [Method("m()V", [call(Call.STATIC, "Lb/B;->m()V"), back()], 9)]),
        Class("Lb/B;", [Method("m()V", [new(0, "Lc/C;"), back()], 9)]),
        Class("Lc/C;", [Method("m()V", [get(0, "Ld/D;->f:I"), back()], 9)]),
        Class("Ld/D;", []),
        Class("Le/E;", [], above="La/A;"),
    )
    names = [program.types[one] for one in program.class_type.tolist()]
    group = {name: number for number, name in enumerate(names)}
    used = uses_between(program, list(range(len(names))), len(names))
    assert used == {
        group[b"La/A;"]: {group[b"Lb/B;"]},
        group[b"Lb/B;"]: {group[b"Lc/C;"]},
        group[b"Lc/C;"]: {group[b"Ld/D;"]},
        group[b"Le/E;"]: {group[b"La/A;"]},
    }
    assert uses_between(program, [0] * len(names), 1) == {}
    assert uses_between(program, list(range(len(names))), MOST_GROUPS + 1) == {}
