"""Health in text: words of illness and treatment in a line that tells of a person.

Such a word alone tells nothing of anybody: an article on diabetes holds no personal information.
So it counts only where the same line has a name, or a number that belongs to one person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from chengnuo.engines.text.kinds import Evidence, Hit, Kind

OF_A_PERSON: Final = frozenset(
    {
        Kind.NAME,
        Kind.RESIDENT_ID,
        Kind.FOREIGN_PERMIT,
        Kind.PASSPORT,
        Kind.HMT_PERMIT,
        Kind.MOBILE,
        Kind.EMAIL,
        Kind.WECHAT,
        Kind.QQ,
    }
)
"""The kinds that tell whose health a line is about."""


@dataclass(frozen=True)
class HealthWords:
    """The words of health.

    Attributes:
        terms: Whole words.
        parts: What stands before an end and makes a word with it.
        ends: Those ends.
        before: Patterns of what may stand before a word and belongs to it.
        after: Patterns of what may stand after it.

    """

    terms: tuple[str, ...]
    parts: tuple[str, ...]
    ends: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        terms, parts, ends = (
            "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
            for words in (self.terms, self.parts, self.ends)
        )
        before, after = "|".join(self.before), "|".join(self.after)
        return re.compile(
            f"(?:{before})*(?:(?:{parts})(?:{ends})|{terms})(?:{after})*(?![*])", re.IGNORECASE
        )

    def found(self, text: str, others: Iterable[Hit]) -> list[Hit]:
        """Return what tells of the health of a person, in order.

        None is over a value found before, but for names that no key tells.

        Args:
            text: The text, folded.
            others: The values found before, in order.

        """
        others = list(others)
        taken = {
            place
            for hit in others
            if hit.kind is not Kind.NAME or hit.evidence is Evidence.KEY
            for place in range(hit.start, hit.end)
        }
        return [
            Hit(match.start(), match.end(), Kind.HEALTH, Evidence.CONTEXT)
            for start, end in lines_of_people(text, others)
            if self._may_tell(text, start, end)
            for match in self._pattern.finditer(text, start, end)
            if taken.isdisjoint(range(*match.span()))
        ]

    def _may_tell(self, text: str, start: int, end: int) -> bool:
        """Tell whether two signs of a stretch are the first two of a word of health."""
        first, pairs = self._beginnings
        return any(
            text[begun.start() : begun.start() + 2].lower() in pairs
            for begun in first.finditer(text, start, end)
        )

    @cached_property
    def _beginnings(self) -> tuple[re.Pattern[str], frozenset[str]]:
        """The first signs of words of health, and their first two, in lower case."""
        pairs = {f"{part}{end}"[:2].lower() for part in self.parts for end in self.ends}
        pairs |= {term[:2].lower() for term in self.terms}
        signs = {sign for pair in pairs for sign in (pair[0], pair[0].upper())}
        return re.compile(f"[{re.escape(''.join(sorted(signs)))}]"), frozenset(pairs)


def lines_of_people(text: str, hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return start and end of each line that tells of a person.

    Args:
        text: A text.
        hits: The values in it, in order.

    """
    lines: list[tuple[int, int]] = []
    seen = -1
    for hit in hits:
        if hit.kind in OF_A_PERSON and hit.start > seen:
            start = text.rfind("\n", 0, hit.start) + 1
            end = text.find("\n", hit.end)
            seen = len(text) if end < 0 else end
            lines.append((start, seen))
    return lines
