"""One method of which something is known of the parameters: numbers, views, and tests of them."""

from dataclasses import dataclass

from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.listeners import Known
from chengnuo.engines.program.body import Comparison, Do, Instruction
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.values import Kind, Value, Values, one_of, values_at

_UNBOXED = frozenset({b"valueOf", b"intValue", b"booleanValue"})
_EQUALITY = (Comparison.EQUAL, Comparison.NOT_EQUAL)


@dataclass(frozen=True, slots=True)
class Frame:
    """A method with what is known of its parameters.

    Attributes:
        texts: What code shows, which tells views.
        code: The method.
        known: What is known, by parameter.
        depth: How many calls deep it may still be followed.

    """

    texts: CodeTexts
    code: Code
    known: dict[int, Known]
    depth: int

    def held(self, register: int, pc: int) -> Values:
        """Return what a register may hold at a place."""
        return values_at(self.code, register, pc)

    def given(self, values: Values) -> Known | None:
        """Return what is known of an argument."""
        value = one_of(values)
        if value is not None and value.kind is Kind.PARAMETER:
            return self.known.get(value.number)
        if value is not None and value.kind is Kind.NEW:
            return Known(type_id=value.number)
        number = self.number(values)
        return None if number is None else Known(number=number)

    def goes_to(self, block: int, last: Instruction) -> tuple[int, ...]:
        """Return the blocks that a block goes on to, as far as what is known tells."""
        after = self.code.flow.after[block]
        if last.do is Do.IF and len(after) > 1 and last.uses:
            holds = self._holds(last)
            return after if holds is None else (after[0] if holds else after[-1],)
        if last.do is Do.SWITCH and last.uses:
            number = self.number(self.held(last.uses[0], last.pc))
            if number is not None:
                return (self._case(last, number, after[-1]),)
        return after

    def _case(self, switch: Instruction, number: int, otherwise: int) -> int:
        cases = zip(switch.keys, switch.targets, strict=False)
        place = next((to for key, to in cases if _signed(key) == _signed(number)), None)
        index = None if place is None else self.code.outline.index(place)
        return otherwise if index is None else self.code.flow.block_of(index)

    def _holds(self, test: Instruction) -> bool | None:
        """Tell how a test comes out, None if that is not known."""
        sides = [self.held(one, test.pc) for one in test.uses]
        left = self.number(sides[0])
        right = self.number(sides[1]) if len(sides) > 1 else 0
        if test.test is not None and left is not None and right is not None:
            return _compared(test.test, _signed(left), _signed(right))
        if test.test in _EQUALITY and len(sides) > 1:
            same = self._same_view(sides)
            return None if same is None else same is (test.test is Comparison.EQUAL)
        return None

    def number(self, values: Values) -> int | None:
        """Return the number that a value is: a constant, what is known, the id of a known view."""
        value = one_of(values)
        match value:
            case Value(kind=Kind.NUMBER):
                return value.number
            case Value(kind=Kind.FIELD):
                return self.texts.number(value) or None
            case Value(kind=Kind.PARAMETER):
                found = self.known.get(value.number)
                return None if found is None else found.number
            case Value(kind=Kind.NOT):
                inner = self.number(value.arguments[0])
                return None if inner is None else int(not inner)
            case Value(kind=Kind.ANSWER) if value.number >= 0 and value.arguments:
                return self._answer(value)
            case _:
                return None

    def _answer(self, value: Value) -> int | None:
        name = self.code.program.name_of(value.number)
        if name == b"getId":
            return self._view(value.arguments[0])
        return self.number(value.arguments[-1]) if name in _UNBOXED else None

    def _view(self, values: Values) -> int | None:
        """Return the id of the view that a value is known to be."""
        value = one_of(values)
        found = self.known.get(value.number) if value and value.kind is Kind.PARAMETER else None
        return None if found is None else found.view or None

    def _same_view(self, sides: list[Values]) -> bool | None:
        """Tell whether two views, of which one is known by its id, are the same."""
        for one, other in (sides, sides[::-1]):
            mine = self._view(one)
            ids = self.texts.view_ids(self.code.defined, other) if mine else frozenset()
            if mine and len(ids) == 1:
                return mine in ids
        return None


def _compared(test: Comparison, left: int, right: int) -> bool:
    match test:
        case Comparison.EQUAL:
            return left == right
        case Comparison.NOT_EQUAL:
            return left != right
        case Comparison.LESS:
            return left < right
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.MORE:
            return left > right
        case Comparison.AT_MOST:
            return left <= right


def _signed(number: int) -> int:
    """Return a number of 32 bits with its sign."""
    return (number & 0xFFFF_FFFF) - ((number & 0x8000_0000) << 1)
