"""Where a model of words is worth asking: it takes far longer than all the rest of the search.

Its answer changes nothing about a piece of text in which nothing can be the name of a person that
the model of names half believes in or knows nothing of, and in which no house has a number.
"""

from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD
from chengnuo.engines.text.name_model import LooksAt
from chengnuo.engines.text.name_places import NameSearch, codes_of
from chengnuo.engines.text.name_words import FOREIGN, NO_NAME, OPENS, SURNAME, UNUSUAL
from chengnuo.engines.text.signs_marked import Marks, has
from chengnuo.engines.text.tokens import Flags, Places
from chengnuo.engines.text.viewed import Viewed


def persons_may_begin(view: Viewed, search: NameSearch, known: Flags) -> Places:
    """Return the places at which the name of a person may begin, ascending.

    Args:
        view: The text.
        search: Finds names.
        known: `(m,)` bool, which signs are of values found already.

    """
    words, codes = search.words, codes_of(view.text)
    names = words.candidates_in(view.signs[PAD:], words.marks[view.signs[PAD:]])
    scores = search.model.scores(names, LooksAt(codes, known, "*" in view.text))
    believed = names.start[scores >= search.model.keyed]
    marks = np.append(words.unknown_marks[view.signs[PAD:]], np.zeros(_MOST_SIGNS, np.uint16))
    first, second, third, fourth = (marks[at : at + len(codes)] for at in range(_MOST_SIGNS))
    rare = has(first, SURNAME) & _is_given(second, third)
    rare |= has(first, OPENS) & _is_given(third, fourth)
    foreign = has(first, FOREIGN) & has(second, FOREIGN) & has(third, FOREIGN)
    return np.union1d(believed, np.flatnonzero(rare | foreign))


_MOST_SIGNS: Final = 4


def _is_given(one: Marks, two: Marks) -> Flags:
    """Tell where one or two signs may be of a given name that the model of names does not know."""
    return has(one, UNUSUAL) | (~has(one, NO_NAME) & has(two, UNUSUAL))
