"""Units made by hand: classes and methods written as short lists of instructions.

The place of an instruction is its position in the list; labels take no place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from chengnuo.engines.program.body import Body, Caught, Comparison, Do, Instruction
from chengnuo.engines.program.unit import (
    ARGUMENTS,
    Call,
    Constants,
    Invocations,
    Mentions,
    Naming,
    Touch,
    Unit,
)

OBJECT = "Ljava/lang/Object;"


@dataclass(frozen=True)
class Op:
    """One line: what it does, registers, and what it names."""

    do: Do
    defs: tuple[int, ...] = ()
    uses: tuple[int, ...] = ()
    name: str = ""
    literal: int = 0
    label: str = ""
    how: int = 0
    test: Comparison | None = None


def label(name: str) -> Op:
    return Op(Do.OTHER, label=name)


def number(to: int, value: int) -> Op:
    return Op(Do.NUMBER, (to,), literal=value)


def string(to: int, text: str) -> Op:
    return Op(Do.STRING, (to,), name=text)


def class_of(to: int, descriptor: str) -> Op:
    return Op(Do.CLASS, (to,), name=descriptor, how=Naming.CLASS)


def new(to: int, descriptor: str) -> Op:
    return Op(Do.NEW, (to,), name=descriptor, how=Naming.NEW)


def move(to: int, of: int) -> Op:
    return Op(Do.MOVE, (to,), (of,))


def call(how: Call, method: str, *uses: int, to: int | None = None) -> Op:
    return Op(Do.CALL, () if to is None else (to,), uses, method, how=how)


def get(to: int, name: str, of: int | None = None) -> Op:
    how = Touch.STATIC_GET if of is None else Touch.GET
    return Op(Do.GET, (to,), () if of is None else (of,), name, how=how)


def put(value: int, name: str, of: int | None = None) -> Op:
    how = Touch.STATIC_PUT if of is None else Touch.PUT
    return Op(Do.PUT, (), (value,) if of is None else (value, of), name, how=how)


def when(test: Comparison, left: int, to: str, right: int | None = None) -> Op:
    uses = (left,) if right is None else (left, right)
    return Op(Do.IF, (), uses, to, test=test)


def goto(to: str) -> Op:
    return Op(Do.GOTO, name=to)


def back(of: int | None = None) -> Op:
    return Op(Do.RETURN, (), () if of is None else (of,))


@dataclass
class Method:
    """A method of a class: `name(proto)`, its code or none, and `from label, to label, catch`."""

    name: str
    code: Sequence[Op] | None = ()
    access: int = 1
    parameters: tuple[int, ...] = ()
    caught: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Class:
    """A class."""

    name: str
    methods: Sequence[Method] = ()
    above: str | None = OBJECT
    interfaces: Sequence[str] = ()
    access: int = 1


@dataclass
class _Maker:
    strings: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    protos: dict[str, int] = field(default_factory=dict)
    methods: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)

    def string(self, text: str) -> int:
        return self.strings.setdefault(text, len(self.strings))

    def type(self, name: str) -> int:
        self.string(name)
        return self.types.setdefault(name, len(self.types))

    def method(self, text: str) -> int:
        owner, rest = text.split("->")
        name, _, proto = rest.partition("(")
        self.type(owner)
        self.string(name)
        self.protos.setdefault("(" + proto, len(self.protos))
        return self.methods.setdefault(text, len(self.methods))

    def field(self, text: str) -> int:
        owner, rest = text.split("->")
        name, of = rest.split(":")
        self.type(owner)
        self.type(of)
        self.string(name)
        return self.fields.setdefault(text, len(self.fields))


class _Bodies:
    def __init__(self, bodies: Sequence[Body | None]) -> None:
        self.bodies = bodies

    def body(self, method: int) -> Body | None:
        return self.bodies[method]


def unit(*classes: Class, name: str = "classes.dex") -> Unit:
    """Return a unit of classes."""
    maker = _Maker()
    defined, owners, access, bodies = [], [], [], []
    records: dict[Do, list[tuple[int, int, Op, int]]] = {}
    for number_of_class, one in enumerate(classes):
        maker.type(one.name)
        for method in one.methods:
            at = len(defined)
            defined.append(maker.method(f"{one.name}->{method.name}"))
            owners.append(number_of_class)
            access.append(method.access)
            bodies.append(None if method.code is None else _body(maker, method))
            for pc, op in enumerate(o for o in method.code or () if not o.label):
                records.setdefault(op.do, []).append((at, pc, op, _index(maker, op)))
    supers = [-1 if c.above is None else maker.type(c.above) for c in classes]
    interfaces = [[maker.type(i) for i in c.interfaces] for c in classes]
    of_class = [maker.types[c.name] for c in classes]
    references = [_halves(text) for text in maker.methods]
    touched = [text.replace(":", "->").split("->") for text in maker.fields]
    return Unit(
        name=name,
        strings=[text.encode() for text in maker.strings],
        types=_ids(maker.strings[t] for t in maker.types),
        protos=[p.encode() for p in maker.protos],
        method_type=_ids(maker.types[o] for o, _, _ in references),
        method_name=_ids(maker.strings[n] for _, n, _ in references),
        method_proto=_ids(maker.protos[p] for _, _, p in references),
        field_type=_ids(maker.types[o] for o, _, _ in touched),
        field_name=_ids(maker.strings[n] for _, n, _ in touched),
        field_of=_ids(maker.types[t] for _, _, t in touched),
        class_type=_ids(of_class),
        class_super=_ids(supers),
        class_access=np.asarray([c.access for c in classes], np.uint32),
        class_interfaces=_ids(i for part in interfaces for i in part),
        class_interface_starts=_ids(np.cumsum([0, *(len(part) for part in interfaces)])),
        defined_method=_ids(defined),
        defined_class=_ids(owners),
        defined_access=np.asarray(access, np.uint32),
        defined_has_code=np.asarray([b is not None for b in bodies], np.bool_),
        defined_size=_ids(0 if b is None else len(b.instructions) for b in bodies),
        field_strings=_mentions([]),
        invocations=_invocations(records.get(Do.CALL, [])),
        strings_used=_mentions(records.get(Do.STRING, [])),
        types_named=_mentions(_merged(records, Do.NEW, Do.CLASS)),
        fields_touched=_mentions(_merged(records, Do.GET, Do.PUT)),
        constants=Constants(
            caller=_ids([]),
            pc=_ids([]),
            register=np.empty(0, np.uint16),
            value=np.empty(0, np.uint32),
        ),
        bodies=_Bodies(bodies),
    )


def _halves(text: str) -> tuple[str, str, str]:
    owner, rest = text.split("->")
    name, _, proto = rest.partition("(")
    return owner, name, "(" + proto


def _ids(values: object) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.asarray(list(values), np.int32)  # type: ignore[call-overload]


def _merged(
    records: dict[Do, list[tuple[int, int, Op, int]]], *dos: Do
) -> list[tuple[int, int, Op, int]]:
    rows = [row for do in dos for row in records.get(do, [])]
    return sorted(rows, key=lambda row: row[:2])


def _index(maker: _Maker, op: Op) -> int:
    match op.do:
        case Do.STRING:
            return maker.string(op.name)
        case Do.CLASS | Do.NEW:
            return maker.type(op.name)
        case Do.CALL:
            return maker.method(op.name)
        case Do.GET | Do.PUT:
            return maker.field(op.name)
        case _:
            return -1


def _body(maker: _Maker, method: Method) -> Body:
    code = method.code or ()
    places: dict[str, int] = {}
    for op in code:
        if op.label:
            places[op.label] = len([1 for o in code[: code.index(op)] if not o.label])
    lines = [
        Instruction(
            pc,
            op.do,
            op.defs,
            op.uses,
            _index(maker, op),
            op.literal,
            (places[op.name],) if op.do in {Do.IF, Do.GOTO} else (),
            op.test,
        )
        for pc, op in enumerate(o for o in code if not o.label)
    ]
    caught = tuple(Caught(places[a], places[b], places[c]) for a, b, c in method.caught)
    return Body(tuple(lines), method.parameters, caught)


def _invocations(rows: list[tuple[int, int, Op, int]]) -> Invocations:
    arguments = np.zeros((len(rows), ARGUMENTS), np.uint16)
    for n, (_, _, op, _) in enumerate(rows):
        arguments[n, : len(op.uses[:ARGUMENTS])] = op.uses[:ARGUMENTS]
    return Invocations(
        caller=_ids(r[0] for r in rows),
        pc=_ids(r[1] for r in rows),
        call=np.asarray([r[2].how for r in rows], np.uint8),
        method=_ids(r[3] for r in rows),
        count=np.asarray([len(r[2].uses) for r in rows], np.uint8),
        arguments=arguments,
    )


def _mentions(rows: list[tuple[int, int, Op, int]]) -> Mentions:
    return Mentions(
        caller=_ids(r[0] for r in rows),
        pc=_ids(r[1] for r in rows),
        register=np.asarray([(*r[2].defs, *r[2].uses)[0] for r in rows], np.uint16),
        what=_ids(r[3] for r in rows),
        how=np.asarray([r[2].how for r in rows], np.uint8),
    )
