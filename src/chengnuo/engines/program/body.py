"""One method, instruction by instruction, in the words both kinds of bytecode share.

The front end of class files gives stack places register numbers of their own, so that what looks
into a method sees registers only. Most questions need few instructions of a method: the outline
tells of all of them where they are, what they write and which of them go elsewhere.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Do(Enum):
    """What an instruction does, as far as values and the way of control go."""

    # That of `Enum` is a function of Python, and sets of these are asked for every instruction.
    __hash__ = object.__hash__

    MOVE = "move"
    """`defs[n]` becomes `uses[n]`; of several (`dup_x1`, `swap`) all at once."""
    NUMBER = "number"
    """`defs[0]` becomes the number `literal`; null is 0."""
    STRING = "string"
    """`defs[0]` becomes the string of index `index`."""
    CLASS = "class"
    """`defs[0]` becomes the class object of the type `index`."""
    NEW = "new"
    """`defs[0]` becomes a new object, or array, of the type `index`."""
    CAST = "cast"
    """`defs[0]` is `uses[0]`, of the type `index` from here on."""
    INSTANCE_OF = "instance-of"
    """`defs[0]` tells whether `uses[0]` is of the type `index`."""
    CALL = "call"
    """Calls the method reference `index` (-1: not named) with `uses`; `defs` holds the register
    that gets the answer, where the answer is taken, even if a second instruction moves it."""
    GET = "get"
    """`defs[0]` becomes the field `index` of `uses[0]`, or the static field if `uses` is empty."""
    PUT = "put"
    """The field `index` of `uses[1]`, or the static field, becomes `uses[0]`."""
    NOT = "not"
    """`defs[0]` is the opposite of the truth value `uses[0]` (`xor-int/lit8 1`)."""
    XOR = "xor"
    """`defs[0]` is the exclusive or of `uses[0]` and `uses[1]`; with 1 it is the opposite too."""
    IF = "if"
    """Goes to `targets[0]` if `test` holds between `uses[0]` and `uses[1]`, or 0; else goes on."""
    SWITCH = "switch"
    """Goes to one of `targets` by `uses[0]`, `keys` in their order, else goes on."""
    GOTO = "goto"
    RETURN = "return"
    """Returns `uses[0]`, if there is one."""
    THROW = "throw"
    OTHER = "other"
    """Makes `defs` from `uses` in a way nothing here follows."""


class Comparison(Enum):
    """How two values are compared."""

    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="


class Instruction:
    """One instruction; its text is written when it is first asked for.

    Attributes:
        pc: Its place.
        do: What it does.
        defs: Registers that it writes; of a wide value the first.
        uses: Registers that it reads, in order; of a wide value the first.
        index: The string, type, field or method of the unit that it names, or -1.
        literal: Number of a `NUMBER`.
        targets: Places that it may go to; not the next one.
        test: Test of an `IF`.
        keys: Keys of a `SWITCH`.
        text: The instruction as a disassembler writes it, with names in place of indexes.

    """

    __slots__ = (
        *("pc", "do", "defs", "uses", "index", "literal", "targets", "test", "keys"),
        "_text",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - what it says, as above
        self,
        pc: int,
        do: Do,
        defs: tuple[int, ...] = (),
        uses: tuple[int, ...] = (),
        index: int = -1,
        literal: int = 0,
        targets: tuple[int, ...] = (),
        test: Comparison | None = None,
        keys: tuple[int, ...] = (),
        text: str | Callable[[], str] = "",
    ) -> None:
        self.pc = pc
        self.do = do
        self.defs = defs
        self.uses = uses
        self.index = index
        self.literal = literal
        self.targets = targets
        self.test = test
        self.keys = keys
        self._text = text

    @property
    def text(self) -> str:
        """The instruction as a disassembler writes it."""
        if not isinstance(self._text, str):
            self._text = self._text()
        return self._text

    def _all(self) -> tuple[object, ...]:
        said = (self.literal, self.targets, self.test, self.keys, self.text)
        return (self.pc, self.do, self.defs, self.uses, self.index, *said)

    def __eq__(self, other: object) -> bool:
        """Tell whether another one says the same."""
        return isinstance(other, Instruction) and self._all() == other._all()

    def __hash__(self) -> int:
        """Return a number that equal ones share."""
        return hash((self.pc, self.do, self.defs, self.uses, self.index))

    def __repr__(self) -> str:
        """Return all that it says."""
        return f"Instruction{self._all()}"


class Caught(NamedTuple):
    """Instructions from `start` up to `end` that may go on at `target` when they throw."""

    start: int
    end: int
    target: int


class Leaf(NamedTuple):
    """An instruction after which the next one does not simply follow.

    Attributes:
        at: Which one it is, counted from 0.
        do: What it does, one of `LEAVES`.
        targets: Places that it may go to; not the next one.

    """

    at: int
    do: Do
    targets: tuple[int, ...]


LEAVES = frozenset({Do.IF, Do.SWITCH, Do.GOTO, Do.RETURN, Do.THROW})


@dataclass(frozen=True, slots=True)
class Outline:
    """What the ways through a method and its registers need of all its instructions.

    Attributes:
        places: Place of each, ascending.
        leaves: Those after which the next one does not simply follow, in their order.
        writes: For each register the indexes of the instructions that write it, ascending.

    """

    places: Sequence[int]
    leaves: tuple[Leaf, ...]
    writes: dict[int, list[int]]

    def index(self, pc: int) -> int | None:
        """Return the index of the instruction at a place, None if there is none."""
        found = bisect_left(self.places, pc)
        return found if found < len(self.places) and self.places[found] == pc else None


def outline_of(instructions: Sequence[Instruction]) -> Outline:
    """Return the outline of instructions."""
    writes: dict[int, list[int]] = {}
    for n, one in enumerate(instructions):
        for register in one.defs:
            writes.setdefault(register, []).append(n)
    return Outline(
        places=[one.pc for one in instructions],
        leaves=tuple(
            Leaf(n, one.do, one.targets) for n, one in enumerate(instructions) if one.do in LEAVES
        ),
        writes=writes,
    )


@dataclass(frozen=True, slots=True)
class Body:
    """The code of one method.

    Attributes:
        instructions: In the order of their places; they may be decoded as they are asked for.
        parameters: Registers of the parameters, the receiver first; of a wide one the first.
        caught: What is caught where.
        outlined: Their outline where the front end knows it without decoding them.

    """

    instructions: Sequence[Instruction]
    parameters: tuple[int, ...]
    caught: tuple[Caught, ...] = ()
    outlined: Outline | None = None

    def outline(self) -> Outline:
        """Return the outline of the instructions."""
        return self.outlined or outline_of(self.instructions)
