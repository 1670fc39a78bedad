"""Names of a long text, all candidates judged at once: what `name_places.py` does one by one."""

from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_letters, digits
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD
from chengnuo.engines.text.cues import JOINTS, Cues
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.located import Located, covered, overlapping
from chengnuo.engines.text.name_model import NEIGHBOURS, LooksAt, Names
from chengnuo.engines.text.name_places import (
    DOUBTED,
    FIELD,
    JOINING,
    LISTING,
    TITLE,
    TOLD,
    NameSearch,
    codes_of,
    unmasked,
)
from chengnuo.engines.text.name_spots import Span, written_at
from chengnuo.engines.text.people import OF_A_PERSON
from chengnuo.engines.text.signs_marked import Marks, has, marks_of
from chengnuo.engines.text.tokens import Flags, Places
from chengnuo.engines.text.viewed import Viewed
from chengnuo.engines.text.word_starts import WordStarts

_LISTED: Final = 1
_FIELDED: Final = 2
_JOINED: Final = 4
_MAY_CUE: Final = 8
_TITLED: Final = 16
_MOST_SIGNS: Final = 4


@dataclass(frozen=True)
class NamesTogether:
    """What names of long texts are found with.

    Attributes:
        search: What finds them one by one.

    """

    search: NameSearch

    def found(self, view: Viewed, others: Located, told: frozenset[Span] | None = None) -> Located:
        """Return the names in a text, none overlapping another or a value found before.

        Args:
            view: The text.
            others: The values found before.
            told: Where a model of words tells persons, if one was asked.

        """
        text, size = view.text, len(view.text)
        words = self.search.words
        marks = words.marks[view.signs]
        written = written_at(text, marks, words)
        by_form = Located.of(self.search.by_form(text, written, told or ()))
        hits = by_form.only(~others.touched(by_form.start, by_form.end))
        codes = codes_of(text)
        names = unmasked(words.candidates_in(view.signs[PAD:], marks[PAD:]), codes)
        seen = _Seen(
            view,
            self._marks[view.signs],
            covered(*view.lines_at(others.start[others.of_kinds(OF_A_PERSON)]), size),
            None if told is None else _numbered(told),
            hits,
        )
        known, has_star = others.merged(hits), "*" in text
        while len(names.start):
            names = names.only(~known.touched(names.start, names.start + names.size))
            more = self._judged(seen, names, LooksAt(codes, known.covered(size), has_star))
            hits, known = hits.merged(more), known.merged(more)
            seen = replace(seen, hits=hits)
            names = names.only(_near(names, more))
        return hits

    def _judged(self, seen: "_Seen", names: Names, beside: LooksAt) -> Located:
        """Return the names among candidates, of two that overlap the one that more speaks for."""
        model, told = self.search.model, seen.told
        scores = model.scores(names, beside)
        lowest = model.keyed if told is None else min(model.keyed, TOLD)
        worth = np.flatnonzero(scores >= lowest)
        names, scores = names.only(worth), scores[worth]
        start, end = names.start, names.start + names.size
        lower = np.full(len(start), model.bar + (0 if told is None else DOUBTED), np.int32)
        evidence = np.full(len(start), Evidence.MODEL, np.int32)
        likely = seen.likely(start, end)
        lower[likely], evidence[likely] = model.beside, Evidence.CONTEXT
        fields = seen.fields(start, end)
        lower[fields], evidence[fields] = model.keyed, Evidence.CONTEXT
        if told is not None:
            said = np.isin(start << np.int64(3) | names.size, told)
            lower[said], evidence[said] = TOLD, Evidence.MODEL
        named, refused = self._cued(seen, start)
        lower[named], evidence[named] = model.keyed, Evidence.KEY
        above = scores - lower
        fits = np.flatnonzero((above >= 0) & ~refused)
        fits = fits[named[fits] | ~self._impostors(seen.view, start[fits], end[fits])]
        kept = fits[_apart(start[fits], end[fits], above[fits], len(seen.view.text))]
        kinds = np.full(len(kept), Kind.NAME, np.int32)
        return Located(start[kept], end[kept], kinds, evidence[kept])

    def _cued(self, seen: "_Seen", start: Places) -> tuple[Flags, Flags]:
        """Tell which candidates a key right before announces, and which one says not to be a name.

        Only where the sign before them may end a key is one looked for.
        """
        named, refused = np.zeros(len(start), np.bool_), np.zeros(len(start), np.bool_)
        before = seen.marks[start + PAD - 1]
        joined = has(before, _JOINED)
        for place in np.flatnonzero(has(before, _MAY_CUE)).tolist():
            cue = self.search.cues.before(seen.view.text, int(start[place]))
            if cue is not None:
                named[place] = cue.kind is Kind.NAME
                refused[place] = cue.kind is not Kind.NAME and joined[place]
        return named, refused

    def _impostors(self, view: Viewed, start: Places, end: Places) -> Flags:
        """Tell which candidates overlap a word that only looks like a name."""
        if not len(start):
            return np.zeros(0, np.bool_)
        impostor = self.search.words.impostor
        found = [impostor.match(view.text, place) for place in self._never.in_text(view).tolist()]
        spans = np.array([match.span() for match in found if match], np.int64).reshape(-1, 2)
        return overlapping(spans[:, 0], spans[:, 1], start, end)

    @cached_property
    def _never(self) -> WordStarts:
        return WordStarts(self.search.words.never)

    @cached_property
    def _marks(self) -> Marks:
        """`(65536,)` uint16: what a sign beside a candidate says of it."""
        return marks_of(
            {
                _LISTED: LISTING,
                _FIELDED: FIELD,
                _JOINED: JOINING,
                _MAY_CUE: _endings(self.search.cues),
                _TITLED: [title[0] for title in TITLE.pattern.split("|")],
            }
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What else is known of a text when names are judged.

    Attributes:
        view: The text.
        marks: What each of its signs says of a candidate beside it.
        people: `(m,)` bool, which signs are of lines that tell of a person.
        told: `(n,)` int64, where a model of words tells persons, if one was asked.
        hits: The names found already.

    """

    view: Viewed
    marks: Marks
    people: Flags
    told: Places | None
    hits: Located

    def likely(self, start: Places, end: Places) -> Flags:
        """Tell which names are likely: beside people, or in a list of names."""
        before, after = self.marks[start + PAD - 1], self.marks[end + PAD]
        flags = self.people[start]
        flags |= has(before, _LISTED) & np.isin(start - 1, self.hits.end)
        flags |= has(after, _LISTED) & np.isin(end + 1, self.hits.start)
        for place in np.flatnonzero(~flags & has(after, _TITLED)).tolist():
            flags[place] = TITLE.match(self.view.text, int(end[place])) is not None
        return flags

    def fields(self, start: Places, end: Places) -> Flags:
        """Tell which places are whole fields of a row that tells of a person."""
        flags = self.people[start] & has(self.marks[start + PAD - 1], _FIELDED)
        flags &= has(self.marks[end + PAD], _FIELDED)
        return flags


def _endings(cues: Cues) -> str:
    """Return the signs right behind which a key may have ended that tells a name."""
    words = (word for word, cue in cues.known.items() if cue.kind is Kind.NAME)
    return JOINTS + ascii_letters + digits + "".join(word[-1] for word in words)


def _numbered(told: frozenset[Span]) -> Places:
    """Return spans that may be of candidates, each as one number."""
    sizes = ((start, end - start) for start, end in told)
    return np.array([start << 3 | size for start, size in sizes if size <= _MOST_SIGNS], np.int64)


def _near(names: Names, hits: Located) -> Flags:
    """Return which candidates see a name that was found after they were judged."""
    start, end = hits.start - NEIGHBOURS, hits.end + NEIGHBOURS
    return overlapping(start, end, names.start, names.start + names.size)


def _apart(start: Places, end: Places, above: Places, size: int) -> Places:
    """Return the candidates that count, in order: of two that overlap, the one far above."""
    order = np.lexsort((end, start, -above))
    taken = bytearray(size)
    kept: list[int] = []
    spans = zip(order.tolist(), start[order].tolist(), end[order].tolist(), strict=True)
    for place, first, last in spans:
        if 1 not in taken[first:last]:
            taken[first:last] = b"\1" * (last - first)
            kept.append(place)
    return np.array(sorted(kept), np.int64)
