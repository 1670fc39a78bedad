"""Which kinds of records show that a duty was kept: those of its row, and of the dossiers about it.

The rows are `domain/evidence/duty_proofs.py`. A sort of dossier says which duties it serves, so
that its acts show them without a row of their own.
"""

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.evidence.duty_proofs import kinds_of
from chengnuo.domain.evidence.kinds import Kind

_KINDS = {"complaint": Kind.COMPLAINT, "incident": Kind.INCIDENT}
"""Sorts with a kind of record of their own."""


def kind_of_sort(sort: str) -> Kind:
    """Return the kind of record that acts in dossiers of a sort have."""
    return _KINDS.get(sort, Kind.DOSSIER_ACT)


def kinds_that_show(duty: str) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Return the open and the personal kinds that show a duty of the product or of the law.

    Both are empty for a duty that no record shows.
    """
    in_open, personal = kinds_of(duty)
    serving = [sort for sort in SORTS.values() if duty in sort.rests_on]
    opens = (kind_of_sort(one.id) for one in serving if one.concerns is not Concerns.ONE)
    people = (kind_of_sort(one.id) for one in serving if one.concerns is not Concerns.NOBODY)
    return (
        tuple(dict.fromkeys((*in_open, *opens))),
        tuple(dict.fromkeys((*personal, *people))),
    )
