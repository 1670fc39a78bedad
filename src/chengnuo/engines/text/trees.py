"""Values in a tree, as JSON gives one: found beside their keys, and masked where they stand.

The scalars of the tree are laid out as one text, each behind its key, those of one object on one
line: a key names its value, and a latitude and a longitude beside each other are a place. One
search over that text serves the whole tree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final

from chengnuo.engines.text.kinds import Hit
from chengnuo.engines.text.masking import Mask, masked

_Made = Callable[[Sequence[str | None]], object]
"""From the new texts of all scalars, `None` where one stays, to a part of the new tree."""
_NUMBERS: Final = (int, float, Decimal)


def masked_tree(
    tree: object, find: Callable[[str], Iterable[Hit]], mask: Mask, *, name: str = ""
) -> object:
    """Return a tree with its values masked; the tree itself if there are none.

    A number that is masked becomes a text. Keys are masked too, as where people are listed by
    their telephone numbers; where two become the same, the later one gets a number.

    Args:
        tree: Mappings with text keys, lists, texts, numbers, booleans and `None`.
        find: Returns the values of a text in order, none overlapping another.
        mask: What stands in the place of a value.
        name: The key of the whole tree, if it has one.

    """
    laid = _Layout()
    made = laid.part(tree, name)
    text = "".join(laid.pieces)
    hits = list(find(text))
    if not hits:
        return tree
    return made(
        [
            masked(text[start:end], within, mask) if within else None
            for (start, end), within in zip(laid.scalars, _within(laid.scalars, hits), strict=True)
        ]
    )


def hits_of_each(
    values: Sequence[object], find: Callable[[str], Iterable[Hit]], *, name: str = ""
) -> list[list[Hit]]:
    """Return what is found in each of some texts and numbers under one key, as in a column.

    Args:
        values: Texts, numbers, booleans and `None`.
        find: Returns the values of a text in order, none overlapping another.
        name: The key, or the name of the column.

    """
    laid = _Layout()
    laid.part(["" if _is_no_value(value) else value for value in values], name)
    return list(_within(laid.scalars, list(find("".join(laid.pieces)))))


class _Layout:
    """The text that a tree is laid out as, and where its scalars stand."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.scalars: list[tuple[int, int]] = []
        self._size = 0

    def part(self, tree: object, name: str) -> _Made:
        """Lay out a part of the tree that stands under a key."""
        if isinstance(tree, Mapping):
            return self._object(tree)
        if isinstance(tree, list | tuple):
            return self._list(tree, name)
        return self._value(tree, name)

    def _object(self, tree: Mapping[object, object]) -> _Made:
        self._write("\n")
        # What is simple comes first, so that it stands on one line.
        order = sorted(tree.items(), key=lambda item: isinstance(item[1], Mapping | list | tuple))
        parts = {key: (self._scalar(str(key)), self._under(key, value)) for key, value in order}
        return lambda new: _joined(
            (str(key) if new[parts[key][0]] is None else new[parts[key][0]], parts[key][1](new))
            for key in tree
        )

    def _under(self, key: object, value: object) -> _Made:
        if isinstance(value, Mapping | list | tuple):
            return self.part(value, str(key))
        self._write('": "')
        made = self._plain(value)
        self._write('", "')
        return made

    def _list(self, tree: Sequence[object], name: str) -> _Made:
        self._write("\n")
        parts = [self.part(value, name) for value in tree]
        return lambda new: [part(new) for part in parts]

    def _value(self, value: object, name: str) -> _Made:
        self._write(f'"{name}": "')
        made = self._plain(value)
        # Texts of a list are apart; numbers may be the two of a place.
        self._write('"\n' if isinstance(value, str) else '", ')
        return made

    def _plain(self, value: object) -> _Made:
        if _is_no_value(value):
            return lambda _new: value
        place = self._scalar(str(value))
        return lambda new: value if new[place] is None else new[place]

    def _scalar(self, text: str) -> int:
        start = self._size
        self._write(text)
        self.scalars.append((start, self._size))
        return len(self.scalars) - 1

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self._size += len(text)


def _within(scalars: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Yield for each scalar what is found in it, placed from its start; both are in order."""
    first = 0
    for start, end in scalars:
        while first < len(hits) and hits[first].end <= start:
            first += 1
        inside: list[Hit] = []
        for hit in islice(hits, first, None):
            if hit.start >= end:
                break
            at, to = max(hit.start, start) - start, min(hit.end, end) - start
            inside.append(Hit(at, to, hit.kind, hit.evidence))
        yield inside


def _is_no_value(value: object) -> bool:
    return isinstance(value, bool) or not isinstance(value, (str, *_NUMBERS))


def _joined(items: Iterable[tuple[str | None, object]]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for name, value in items:
        given = wanted = str(name)
        number = 2
        while given in tree:
            given, number = f"{wanted} ({number})", number + 1
        tree[given] = value
    return tree
