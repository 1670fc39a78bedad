"""Rapid type analysis written plainly: sets, one thing after the other, until nothing is new."""

from collections.abc import Callable, Sequence

from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.marks import Mark, Root
from chengnuo.engines.program.program import Program, rows_of
from chengnuo.engines.program.unit import Call, Naming, Touch

Sures = Callable[[int, int], Sure]


def resolved(program: Program, hierarchy: Hierarchy, owner: int, signature: int) -> int:
    """Return the method that is meant on objects of a class, superclasses first."""
    for type_id in hierarchy.chain(owner):
        method = program.method_id(type_id, signature)
        if method >= 0 and program.definition[method] >= 0:
            return int(program.definition[method])
    return -1


class Plain:
    """The state of the search."""

    def __init__(self, program: Program, hierarchy: Hierarchy, sure: Sures) -> None:
        self.program, self.hierarchy, self.sure = program, hierarchy, sure
        self.marks: dict[int, Mark] = {}
        self.made: set[int] = set()
        self.called: set[int] = set()
        self.initialised: set[int] = set()

    def layer(self, level: Mark, roots: Sequence[Root]) -> None:
        for root in roots:
            self.marks.setdefault(root.defined, level)
            if root.type_id >= 0:
                self.made.add(root.type_id)
                self.initialise(root.type_id, level)
        size = -1
        while size != self.size():
            size = self.size()
            for defined in sorted(self.marks):
                self.enter(defined, level)
            self.dispatch(level)

    def size(self) -> int:
        return sum(map(len, (self.marks, self.made, self.called, self.initialised)))

    def enter(self, defined: int, level: Mark) -> None:
        program = self.program
        calls, types = program.invocations, program.types_named
        fields = program.fields_touched
        for row in range(*rows_of(calls, defined).indices(len(calls.pc))):
            if self.sure(defined, int(calls.pc[row])) <= level:
                self.call(int(calls.method[row]), Call(int(calls.call[row])), level)
        for row in range(*rows_of(types, defined).indices(len(types.pc))):
            if self.sure(defined, int(types.pc[row])) <= level and types.how[row] == Naming.NEW:
                if program.class_of[types.what[row]] >= 0:
                    self.made.add(int(types.what[row]))
                self.initialise(int(types.what[row]), level)
        for row in range(*rows_of(fields, defined).indices(len(fields.pc))):
            static = fields.how[row] in {Touch.STATIC_GET, Touch.STATIC_PUT}
            if static and self.sure(defined, int(fields.pc[row])) <= level:
                self.initialise(int(program.field_type[fields.what[row]]), level)

    def call(self, method: int, how: Call, level: Mark) -> None:
        program = self.program
        if how in {Call.VIRTUAL, Call.INTERFACE}:
            self.called.add(method)
            return
        owner = int(program.method_type[method])
        target = resolved(program, self.hierarchy, owner, int(program.method_signature[method]))
        if target >= 0:
            self.marks.setdefault(target, level)
        if how is Call.STATIC:
            self.initialise(owner if target < 0 else program.type_of(target), level)

    def initialise(self, type_id: int, level: Mark) -> None:
        for one in self.hierarchy.chain(type_id):
            self.initialised.add(one)
            names = self.program.methods_named(b"<clinit>", type_id=one)
            for method in names.tolist():
                if self.program.definition[method] >= 0:
                    self.marks.setdefault(int(self.program.definition[method]), level)

    def dispatch(self, level: Mark) -> None:
        program = self.program
        for method in self.called:
            for type_id in self.made:
                if self.hierarchy.is_below(type_id, int(program.method_type[method])):
                    signature = int(program.method_signature[method])
                    target = resolved(program, self.hierarchy, type_id, signature)
                    if target >= 0:
                        self.marks.setdefault(target, level)


def plain_marks(hierarchy: Hierarchy, roots: Sequence[Root], sure: Sures) -> list[Mark]:
    """Return the mark of each defined method."""
    plain = Plain(hierarchy.program, hierarchy, sure)
    for level in (Mark.CERTAIN, Mark.CONDITIONAL, Mark.GUARDED, Mark.AFTER_ACTION):
        plain.layer(level, [r for r in roots if r.at_start and level is Mark.CERTAIN])
    plain.layer(Mark.LATER, [r for r in roots if not r.at_start])
    count = len(hierarchy.program.defined_method)
    return [plain.marks.get(one, Mark.UNREACHABLE) for one in range(count)]
