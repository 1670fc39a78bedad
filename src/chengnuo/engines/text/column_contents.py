"""Columns of names and of addresses whose own name says nothing (`c1`, `remark2`), by their values.

One short value proves little: 白云 is a place and may be a name. A column of many different values
does: nearly all of a column of names are taken for names by the model, and of other columns, of
brands and streets too, less than half are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from chengnuo.engines.text.addresses import AddressSearch
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.name_model import looks
from chengnuo.engines.text.name_places import NameSearch, codes_of

_FEWEST: Final = 10
_LONGEST_NAME: Final = 4
_SHORTEST_ADDRESS: Final = 8
_LONGEST: Final = 120
_SHARE: Final = 0.6
_FIRST: Final = 100
_LEAST_SHARE: Final = 0.4
"""How many of the first values at the least, before all are looked at."""
_COVERED: Final = 0.7
"""How much of a value an address is: what follows may be who lives there."""


@dataclass(frozen=True, slots=True)
class ColumnContents:
    """What values without a telling name are judged by.

    Attributes:
        names: Tells names.
        addresses: Finds addresses.

    """

    names: NameSearch
    addresses: AddressSearch

    def told(self, filled: Sequence[str]) -> tuple[Kind, int] | None:
        """Return what a column holds, and how many of its values are of it; None for neither.

        Args:
            filled: Its values, none empty, without white space around.

        """
        values = [folded(value) for value in filled]
        if len(set(values)) < _FEWEST:
            return None
        tries = (
            (Kind.NAME, (2, _LONGEST_NAME), self._names),
            (Kind.ADDRESS, (_SHORTEST_ADDRESS, _LONGEST), self._addresses),
        )
        for kind, (shortest, longest), of in tries:
            fitting = [
                value
                for value in values
                if shortest <= len(value) <= longest
                and not value.isascii()
                and len(value.splitlines()) == 1
            ]
            if len(fitting) < _SHARE * len(values):
                continue
            if of(fitting[:_FIRST]) < _LEAST_SHARE * min(len(fitting), _FIRST):
                continue
            found = of(fitting)
            if found >= _SHARE * len(values):
                return kind, found
        return None

    def _names(self, values: Sequence[str]) -> int:
        """Return how many values are a name as a whole."""
        codes = codes_of("\n".join(values))
        names = self.names.words.candidates(codes)
        begins = np.array([0, *accumulate(len(value) + 1 for value in values)])
        at = np.minimum(np.searchsorted(begins, names.start), len(values) - 1)
        whole = (begins[at] == names.start) & (names.start + names.size + 1 == begins[at + 1])
        names = names.only(whole)
        scores = self.names.model.scores(names, looks(codes, np.zeros(len(codes), np.bool_)))
        return int(np.count_nonzero(scores >= self.names.model.beside))

    def _addresses(self, values: Sequence[str]) -> int:
        """Return how many values begin with an address that is most of them."""
        begins = [0, *accumulate(len(value) + 1 for value in values)]
        sizes = dict(zip(begins, map(len, values), strict=False))
        hits = self.addresses.found("\n".join(values), ())
        return sum(
            hit.start in sizes and hit.end - hit.start >= _COVERED * sizes[hit.start]
            for hit in hits
        )
