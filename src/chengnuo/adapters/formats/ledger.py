"""What became of every word of a file that is read into a register.

An importer says of each thing what it did with it. Whatever nobody spoke of by the end is noted
as lost, so that nothing of a file can go unmentioned.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, is_null, shown
from chengnuo.domain.register.tree import Sequence as ListNode
from chengnuo.ports.register_format import Fate, ImportNote

NO_PLACE_FOR_IT = Text(
    "登记簿中没有对应的字段", "the register has no field for it; it stays in your own file"
)

Reasons: TypeAlias = "MappingType[str, Text]"

_INDEX = re.compile(r"\[[0-9]+\]")
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing in a file: its path and its node."""

    path: str
    node: Node

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.node.place

    @property
    def key(self) -> str:
        """The path without what stands around it."""
        return self.path.rpartition(".")[2]


class Ledger:
    """Gathers what became of each thing, and what keeps a file from being read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._notes: list[ImportNote] = []
        self._asked: set[ImportNote] = set()
        self._spoken_of: set[tuple[str, str]] = set()

    def carried(self, spot: Spot, row: RowRef, field: str) -> None:
        """Note that a thing stands in the register as it was."""
        self._note(Fate.CARRIED, spot, row, field, None)

    def changed(self, spot: Spot, row: RowRef, field: str, said: Text) -> None:
        """Note that a thing stands in the register in another form."""
        self._note(Fate.CHANGED, spot, row, field, said)

    def lost(self, spot: Spot, said: Text = NO_PLACE_FOR_IT) -> None:
        """Note that a thing, with all that is in it, is not carried."""
        for inner in leaf_spots(spot):
            self._note(Fate.LOST, inner, None, "", said)

    def ask(self, spot: Spot, row: RowRef, field: str, said: Text) -> None:
        """Note a question that the file leaves open; does not settle the thing itself."""
        note = ImportNote(
            fate=Fate.OPEN, place=spot.place, source=spot.path, row=row, field=field, said=said
        )
        if note not in self._asked:
            self._asked.add(note)
            self._notes.append(note)

    def refuse(self, code: ProblemCode, spot: Spot, expected: Text) -> None:
        """Note a problem for which the whole input is refused."""
        self.problems.append(
            Problem(
                code=code,
                place=spot.place,
                where=spot.path,
                given=shown(spot.node),
                expected=expected,
            )
        )

    def notes(self, roots: Sequence[Spot], why_lost: Reasons) -> Sequence[ImportNote]:
        """Return every note in the order of files and lines, the unspoken things as lost.

        Args:
            roots: The files.
            why_lost: Reasons by key, for things that nobody spoke of; the kind of thing
                counts first, then the nearest key.

        """
        for root in roots:
            for spot in leaf_spots(root):
                if (spot.place.file, spot.path) not in self._spoken_of:
                    self._note(Fate.LOST, spot, None, "", _reason(spot.path, why_lost))
        return sorted(self._notes, key=_order)

    def _note(
        self, fate: Fate, spot: Spot, row: RowRef | None, field: str, said: Text | None
    ) -> None:
        for inner in leaf_spots(spot):
            self._spoken_of.add((inner.place.file, inner.path))
        self._notes.append(
            ImportNote(
                fate=fate, place=spot.place, source=spot.path, row=row, field=field, said=said
            )
        )


def _reason(path: str, why_lost: Reasons) -> Text:
    first, *inner = _INDEX.sub("", path).split(".")
    return next(
        (why_lost[key] for key in (first, *inner[::-1]) if key in why_lost), NO_PLACE_FOR_IT
    )


def _order(note: ImportNote) -> tuple[str, int, int, str, str]:
    return (note.place.file, note.place.line, note.place.column, note.source, note.fate)


def leaf_spots(spot: Spot) -> Iterator[Spot]:
    """Yield every word inside a thing; nothing for nulls and empty lists and mappings."""
    match spot.node:
        case Mapping() as mapping:
            for key, child in mapping:
                yield from leaf_spots(Spot(_join(spot.path, key.text), child))
        case ListNode(members=members):
            for index, child in enumerate(members):
                yield from leaf_spots(Spot(f"{spot.path}[{index}]", child))
        case Scalar():
            if not is_null(spot.node):
                yield spot


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


class Entry:
    """A mapping of a file whose values are asked for by key and by form."""

    def __init__(self, spot: Spot, ledger: Ledger) -> None:
        self.spot = spot
        self.ledger = ledger
        self._found: dict[str, Spot] = {}
        if not isinstance(spot.node, Mapping):
            ledger.refuse(ProblemCode.WRONG_TYPE, spot, Text("键值映射", "a mapping"))
            return
        for key, child in spot.node:
            inner = Spot(_join(spot.path, key.text), child)
            if key.text in self._found:
                ledger.refuse(
                    ProblemCode.DUPLICATE_KEY,
                    Spot(inner.path, key),
                    Text("每个键只写一次", "each key once"),
                )
            self._found[key.text] = inner

    def get(self, key: str) -> Spot | None:
        """Return what stands under a key; None if there is nothing, or a null."""
        found = self._found.get(key)
        return None if found is None or is_null(found.node) else found

    def word(self, key: str) -> Spot | None:
        """Return the word or text under a key; refuse what is none; None if there is nothing."""
        found = self.get(key)
        if found is None:
            return None
        if not isinstance(found.node, Scalar):
            self.ledger.refuse(ProblemCode.WRONG_TYPE, found, Text("一段文字", "a text"))
            return None
        return found if text_of(found) else None

    def needed(self, key: str) -> Spot | None:
        """Return the word under a key that has to be there; note its absence as a problem."""
        if self.get(key) is None:
            self.ledger.problems.append(
                Problem(
                    code=ProblemCode.MISSING_KEY,
                    place=self.spot.place,
                    where=self.spot.path,
                    given=key,
                    expected=Text(f"`{key}`", f"`{key}`"),
                )
            )
            return None
        return self.word(key)

    def flag(self, key: str) -> bool | None:
        """Return the truth under a key, in any of YAML's words for it; None if there is none."""
        found = self.word(key)
        if found is None:
            return None
        word = text_of(found).lower()
        if word not in _YES | _NO:
            self.ledger.refuse(
                ProblemCode.WRONG_TYPE, found, Text("`true` 或 `false`", "`true` or `false`")
            )
            return None
        return word in _YES

    def members(self, key: str) -> list[Spot]:
        """Return the members of the list under a key; refuse what is no list."""
        found = self.get(key)
        if found is None:
            return []
        if not isinstance(found.node, ListNode):
            self.ledger.refuse(ProblemCode.WRONG_TYPE, found, Text("列表", "a list"))
            return []
        return [
            Spot(f"{found.path}[{index}]", child) for index, child in enumerate(found.node.members)
        ]

    def words(self, key: str) -> list[Spot]:
        """Return the words of the list under a key; refuse members that are no words."""
        found = []
        for member in self.members(key):
            if isinstance(member.node, Scalar):
                if not is_null(member.node):
                    found.append(member)
            else:
                self.ledger.refuse(ProblemCode.WRONG_TYPE, member, Text("一个词", "a word"))
        return found

    def entries(self, key: str) -> list["Entry"]:
        """Return the mappings of the list under a key."""
        return [Entry(member, self.ledger) for member in self.members(key)]

    def entry(self, key: str) -> "Entry | None":
        """Return the mapping under a key."""
        found = self.get(key)
        return None if found is None else Entry(found, self.ledger)


def text_of(spot: Spot) -> str:
    """Return the text of a word, without space around it; control characters become spaces."""
    text = spot.node.text if isinstance(spot.node, Scalar) else shown(spot.node)
    signs = (sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return "".join(signs).strip()
