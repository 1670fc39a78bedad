"""Lines of a text, told from a place in it, and changes put into it all at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Splices:
    """Changes of one text: each a stretch of it and what stands there instead.

    Stretches do not overlap; what is put in at the same place stands in the order given.
    """

    text: str
    _made: list[tuple[int, int, str]] = field(default_factory=list)

    def put(self, start: int, end: int, instead: str) -> None:
        """Note a change."""
        self._made.append((start, end, instead))

    def applied(self) -> str:
        """Return the text with every change."""
        parts: list[str] = []
        reached = 0
        ordered = sorted(enumerate(self._made), key=lambda one: (one[1][0], one[0]))
        for _, (start, end, instead) in ordered:
            parts += [self.text[reached : max(start, reached)], instead]
            reached = max(end, reached)
        return "".join([*parts, self.text[reached:]])


def line_start(text: str, place: int) -> int:
    """Return where the line of a place begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Return where the line after that of a place begins; the end of the text if there is none."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def is_first_on_line(text: str, place: int) -> bool:
    """Tell whether only blanks stand before a place on its line."""
    return not text[line_start(text, place) : place].strip()


def is_last_on_line(text: str, place: int) -> bool:
    """Tell whether only blanks or a comment stand after a place on its line."""
    rest = text[place : line_end(text, place)].strip()
    return not rest or rest.startswith("#")


def put_lines(splices: Splices, after: int, lines: Iterable[str], newline: str) -> None:
    """Put whole lines in at the beginning of a line, or at the end of a text that has no more."""
    text = splices.text
    whole = "".join(f"{line}{newline}" for line in lines)
    if after == len(text) and text and not text.endswith("\n"):
        splices.put(after, after, newline + whole.removesuffix(newline))
    else:
        splices.put(after, after, whole)
