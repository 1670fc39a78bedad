"""What fields of dossiers may name: every kind that a sort asks for, rows of the lists included."""

from pathlib import Path

import pytest

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.fields import LIST_ROWS
from chengnuo.usecases.dossier.in_register import rows_named
from chengnuo.wiring.program import Program

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
ASKED = sorted(
    {
        field.rows
        for sort in SORTS.values()
        for act in sort.acts
        for field in act.fields
        if field.rows
    }
)


@pytest.mark.parametrize("plural", ASKED)
def test_every_kind_of_row_that_a_field_names_is_found(plural: str) -> None:
    register = Program().registers().load(SAMPLE).register
    assert rows_named(register, plural)
    assert rows_named(None, plural) == ()


def test_rows_of_the_lists_are_among_them() -> None:
    assert LIST_ROWS in ASKED
