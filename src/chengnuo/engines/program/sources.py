"""Whether what a register holds may come from certain instructions of the same method.

A test is judged by the values that it compares, and telling these is dear. Most tests depend on
nothing that speaks of consent: to know this, it is enough to follow registers backwards.
"""

from dataclasses import dataclass, field

from chengnuo.engines.program.body import Do
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.values import writes_reaching

_PASSES_ON = frozenset({Do.MOVE, Do.CAST, Do.NOT, Do.XOR, Do.CALL, Do.GET})
"""What makes a value of those that it reads, as `values` follows them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Instructions of a method, and what does not come from any of them.

    Attributes:
        code: The method.
        wanted: Indexes of the instructions.

    """

    code: Code
    wanted: frozenset[int]
    _others: set[int] = field(default_factory=set, repr=False)

    def lead_to(self, register: int, index: int) -> bool:
        """Tell whether a register may hold, just before an instruction, what comes from them.

        Says yes at least wherever `values_at` finds a value that one of them makes.
        """
        if not self.wanted:
            return False
        code, others = self.code, self._others
        left = [*writes_reaching(code, register, index)]
        seen: set[int] = set()
        while left:
            write = left.pop()
            if write in self.wanted:
                return True
            if write < 0 or write in others or write in seen:
                continue
            seen.add(write)
            one = code.body.instructions[write]
            if one.do in _PASSES_ON:
                for each in one.uses:
                    left += writes_reaching(code, each, write)
        others |= seen
        return False


def sources_of(code: Code, places: list[int]) -> Sources:
    """Return the instructions at places of a method as sources."""
    found = (code.outline.index(place) for place in places)
    return Sources(code, frozenset(one for one in found if one is not None))
