"""Names in text: beside a key that announces one, or by what they are made of and stand between.

A Chinese name in running text is told by the model. A key right before it (`收货人`, `realName`)
lets a weaker score do, and is all that speaks for what the model does not know: rare signs, names
of other languages, Latin letters. What touches a star is masked already.

Names found change what stands beside others: they look like any value found, and like what a mask
leaves of them, and what stands near is judged again until nothing more is found. So a text whose
names are masked has none left.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.name_model import (
    NEIGHBOURS,
    Codes,
    NameModel,
    Names,
    looks,
)
from chengnuo.engines.text.name_spots import Span, Written, written_in
from chengnuo.engines.text.name_words import NameWords
from chengnuo.engines.text.people import OF_A_PERSON, lines_of

Flags = NDArray[np.bool_]

DOUBTED: Final = 40
"""How much more must speak for a name that a model of words was asked about and does not tell."""
TOLD: Final = -160
"""From which score on what it tells is a name."""

_STAR: Final = ord("*")
JOINING: Final = ":：=\"'>"
"""Behind these a key tells what follows."""
LISTING: Final = "、和与及"
"""The signs that part the names of a list."""
FIELD: Final = ",，;|\t\n'\"“”‘’"
"""The signs beside a field of a row."""
TITLE: Final = re.compile(
    "先生|女士|小姐|老师|师傅|同学|医生|大夫|护士|律师|教授|阿姨|叔叔|大爷|奶奶"
)
"""The titles right behind a name."""


def codes_of(text: str) -> Codes:
    """Return the `(m,)` uint32 code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What else is known of a text when names are judged.

    Attributes:
        people: Which signs are of lines that tell of a person.
        told: Where a model of words tells persons, if one was asked.
        starts: Where names found start.
        ends: Where they end.

    """

    people: Flags
    told: frozenset[Span] | None
    starts: frozenset[int]
    ends: frozenset[int]

    def is_likely(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name is likely at a place: beside people, or in a list of names."""
        if self.people[start]:
            return True
        after_one = start - 1 in self.ends and text[start - 1] in LISTING
        before_one = end + 1 in self.starts and text[end] in LISTING
        return after_one or before_one or TITLE.match(text, end) is not None

    def is_field(self, text: str, start: int, end: int) -> bool:
        """Tell whether a place is a whole field of a row that tells of a person."""
        if not self.people[start]:
            return False
        before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
        return before in FIELD and after in FIELD


@dataclass(frozen=True, slots=True)
class NameSearch:
    """What names are found with.

    Attributes:
        words: What they are made of.
        model: Judges them in running text.
        cues: The words beside values.

    """

    words: NameWords
    model: NameModel
    cues: Cues

    def found(
        self, text: str, others: Sequence[Hit], told: frozenset[Span] | None = None
    ) -> list[Hit]:
        """Return the names in a text, none overlapping another or a value found before.

        Args:
            text: The text, folded.
            others: The values found before, in order.
            told: Where a model of words tells persons, if one was asked.

        """
        codes = codes_of(text)
        known = np.zeros(len(codes), np.bool_)
        for hit in others:
            known[hit.start : hit.end] = True
        hits = [
            hit
            for hit in self.by_form(text, written_in(text, self.words), told or ())
            if not known[hit.start : hit.end].any()
        ]
        for hit in hits:
            known[hit.start : hit.end] = True
        if text.isascii():
            return hits
        people = np.zeros(len(codes), np.bool_)
        for first, last in lines_of(text, others, OF_A_PERSON):
            people[first:last] = True
        names = unmasked(self.words.candidates(codes), codes)
        fresh = np.ones(len(names.start), np.bool_)
        while fresh.any():
            names = _free(names.only(fresh), known)
            starts = frozenset(hit.start for hit in hits)
            seen = _Seen(people, told, starts, frozenset(hit.end for hit in hits))
            more = self._judged(text, names, looks(codes, known), seen)
            hits += more
            fresh = _near(names, more, len(codes))
            for hit in more:
                known[hit.start : hit.end] = True
        return sorted(hits)

    def by_form(self, text: str, written: Written, told: Iterable[Span]) -> list[Hit]:
        """Return the names that a key or their form tells, whatever the model of names says."""
        words = (span for span in written.words if self.words.is_rare_name(text[slice(*span)]))
        hits = [
            Hit(*span, Kind.NAME, Evidence.KEY)
            for span in (*written.latin, *words, *written.opened)
            if self._is_announced(text, span[0])
        ]
        hits += [Hit(*span, Kind.NAME, Evidence.FORMAT) for span in written.foreign]
        hits += [
            Hit(*span, Kind.NAME, Evidence.MODEL)
            for span in sorted(told)
            if self.words.is_unknown(text[slice(*span)]) and not self._is_impostor(text, *span)
        ]
        return _apart(hits)

    def _judged(self, text: str, names: Names, beside: Codes, seen: _Seen) -> list[Hit]:
        """Return the names among candidates, of two that overlap the one that more speaks for."""
        told = seen.told
        scores = self.model.scores(names, beside)
        bar = self.model.bar + (0 if told is None else DOUBTED)
        lowest = min(self.model.keyed, TOLD if told else self.model.keyed)
        likely: list[tuple[int, Hit]] = []
        for place in np.flatnonzero(scores >= lowest).tolist():
            start, size = int(names.start[place]), int(names.size[place])
            span, evidence, lower = (start, start + size), Evidence.MODEL, bar
            cue = self.cues.before(text, start)
            if cue is not None and cue.kind is Kind.NAME:
                evidence, lower = Evidence.KEY, self.model.keyed
            elif self._is_impostor(text, *span) or (cue and text[start - 1] in JOINING):
                continue
            elif told is not None and span in told:
                lower = TOLD
            elif seen.is_field(text, *span):
                evidence, lower = Evidence.CONTEXT, self.model.keyed
            elif seen.is_likely(text, *span):
                evidence, lower = Evidence.CONTEXT, self.model.beside
            if (above := int(scores[place]) - lower) >= 0:
                likely.append((-above, Hit(*span, Kind.NAME, evidence)))
        return _apart([hit for _, hit in sorted(likely)])

    def _is_announced(self, text: str, start: int) -> bool:
        cue = self.cues.before(text, start)
        return cue is not None and cue.kind is Kind.NAME

    def _is_impostor(self, text: str, start: int, end: int) -> bool:
        words = self.words
        return any(
            (found := words.impostor.match(text, place)) and found.end() > start
            for place in range(max(0, start + 1 - words.longest_impostor), end)
        )


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits, of those that overlap the first."""
    taken: set[int] = set()
    kept: list[Hit] = []
    for hit in hits:
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            kept.append(hit)
    return kept


def unmasked(names: Names, codes: Codes) -> Names:
    """Leave out what touches a star."""
    padded = np.zeros(len(codes) + 2, np.uint32)
    padded[1:-1] = codes
    touched = (padded[names.start] == _STAR) | (padded[names.start + names.size + 1] == _STAR)
    return names.only(~touched)


def _free(names: Names, known: Flags) -> Names:
    """Leave out what overlaps a value found."""
    before = np.concatenate(([0], np.cumsum(known)))
    return names.only(before[names.start + names.size] == before[names.start])


def _near(names: Names, hits: Sequence[Hit], size: int) -> Flags:
    """Return which candidates see a name that was found after they were judged."""
    near = np.zeros(size + 1, np.bool_)
    for hit in hits:
        near[max(0, hit.start - NEIGHBOURS) : hit.end + NEIGHBOURS] = True
    seen: Flags = near[names.start] | near[names.start + names.size - 1]
    return seen
