"""Statistics added up part by part, in memory that persons and the sample alone decide.

The sum is that of `Statistics.__add__`, which makes a whole of two wholes each time: here the sums
of persons known already are added to in place, new persons and drawn quotes wait until they are
worth to be put in order.
"""

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from chengnuo.engines.fairness.moments import Ints
from chengnuo.engines.fairness.sample import ALL_CELLS, joined
from chengnuo.engines.fairness.statistics import PersonSums, Statistics

_COLUMNS: Final = ("count", "gap", "square", "shared", "shared_pairs")
_WORTH: Final = 4
"""New persons wait until there are this part of those known."""
_SLICE_BITS: Final = 4
_SLICES: Final = 1 << _SLICE_BITS


class RunningSum:
    """Statistics of parts that share no cell."""

    def __init__(self, first: Statistics) -> None:
        self._whole = replace(first, hour_sample=first.hour_sample.cut())
        self._persons = RunningPersons()
        self._persons.add(first.persons)
        self._hours = [first.hours]
        self._drawn = [self._whole.hour_sample]

    @property
    def below(self) -> int:
        """Hours with a hash not below this will not be in the sample."""
        return self._drawn[0].below

    def add(self, part: Statistics) -> None:
        """Add a part, made by the same configuration."""
        whole = self._whole
        self._whole = replace(
            whole,
            quotes=whole.quotes + part.quotes,
            outcomes={name: one + part.outcomes[name] for name, one in whole.outcomes.items()},
            gaps=whole.gaps + part.gaps,
            counts=whole.counts + part.counts,
        )
        self._persons.add(part.persons)
        self._hours.append(part.hours)
        self._drawn.append(part.hour_sample)
        if sum(len(one.place) for one in self._drawn[1:]) * 2 > part.hour_sample.limit or (
            self.below == ALL_CELLS
        ):
            self._drawn = [joined(self._drawn)]

    def total(self) -> Statistics:
        """Return the sum; nothing can be added after."""
        return replace(
            self._whole,
            persons=self._persons.total(),
            hour_sample=joined(self._drawn).ordered(),
            hours=np.unique(np.concatenate(self._hours)),
        )


class RunningPersons:
    """Sums by person, added up; by slices of keys, so that what is made anew is never much."""

    def __init__(self) -> None:
        self._slices = [_Slice() for _ in range(_SLICES)]

    def add(self, part: PersonSums) -> None:
        """Add the sums of a part."""
        bounds = np.arange(1, _SLICES, dtype=np.uint64) << np.uint64(64 - _SLICE_BITS)
        ends = [0, *np.searchsorted(part.key, bounds).tolist(), len(part.key)]
        for one, (low, high) in zip(self._slices, pairwise(ends), strict=True):
            one.add(_rows(part, slice(low, high)))

    def total(self) -> PersonSums:
        """Return the sums; nothing can be added after."""
        whole = [one.total() for one in self._slices]
        self._slices = []
        # Column by column: what has been joined is let go of before the next is.
        columns = [{name: getattr(one, name) for name in ("key", *_COLUMNS)} for one in whole]
        del whole
        return PersonSums(
            **{
                name: np.concatenate([one.pop(name) for one in columns])
                for name in ("key", *_COLUMNS)
            }
        )


class _Slice:
    """Sums of the persons whose keys begin alike."""

    def __init__(self) -> None:
        self._known: PersonSums | None = None
        self._new: list[PersonSums] = []

    def add(self, part: PersonSums) -> None:
        known = self._known
        if known is None:
            # Written to in place, so that they must be our own.
            self._known = _rows(part, np.arange(len(part.key)))
            return
        if len(known.key):
            place = np.searchsorted(known.key, part.key)
            place[place == len(known.key)] = 0
            is_known = known.key[place] == part.key
            for name in _COLUMNS:
                getattr(known, name)[place[is_known]] += getattr(part, name)[is_known]
            part = _rows(part, np.flatnonzero(~is_known))
        self._new.append(part)
        if sum(len(one.key) for one in self._new) * _WORTH > len(known.key):
            self._known = self.total()

    def total(self) -> PersonSums:
        new, self._new = self._new, []
        if self._known is None:
            raise ValueError("nothing was added")
        return sum(new[1:], new[0]) + self._known if new else self._known


def _rows(sums: PersonSums, rows: Ints | slice) -> PersonSums:
    return PersonSums(key=sums.key[rows], **{name: getattr(sums, name)[rows] for name in _COLUMNS})
