"""Health in text: words of illness and treatment in a line that tells of a person.

Such a word alone tells nothing of anybody: an article on diabetes holds no personal information.
So it counts only where the same line has a name, or a number that belongs to one person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.located import Located
from chengnuo.engines.text.people import OF_A_PERSON, lines_of
from chengnuo.engines.text.viewed import Viewed
from chengnuo.engines.text.word_starts import WordStarts


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
        lines = lines_of(text, others, OF_A_PERSON)
        return [
            word
            for word in self._in_lines(text, lines)
            if taken.isdisjoint(range(word.start, word.end))
        ]

    def found_in(self, view: Viewed, others: Located) -> Located:
        """Return the same of a long text, looking only in lines that hold the start of a word.

        Args:
            view: The text.
            others: The values found before.

        """
        people = view.lines_at(others.start[others.of_kinds(OF_A_PERSON)])
        words = Located.of(
            [*self._in_lines(view.text, view.with_one(people, self._beginnings.in_text(view)))]
        )
        if not len(words.start):
            return words
        counts = ~others.of_kinds(frozenset({Kind.NAME})) | (others.evidence == Evidence.KEY)
        return words.only(~others.only(counts).touched(words.start, words.end))

    def _in_lines(self, text: str, lines: Iterable[tuple[int, int]]) -> Iterator[Hit]:
        """Yield the words of health in some lines."""
        for start, end in lines:
            for match in self._pattern.finditer(text, start, end):
                yield Hit(match.start(), match.end(), Kind.HEALTH, Evidence.CONTEXT)

    @cached_property
    def _beginnings(self) -> WordStarts:
        """How words of health begin."""
        words = {f"{part}{end}" for part in self.parts for end in self.ends}
        return WordStarts({*words, *self.terms})
