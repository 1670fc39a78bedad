"""What a form says to write into a field."""

from collections.abc import Iterator

import pytest

from chengnuo.domain.register.help import help_of
from chengnuo.domain.register.kinds import KIND_BY_NAME
from chengnuo.domain.register.shapes import Field, fields_of, shape_of

_FORM = "应为"


def fields_below(model: type, met: set[type]) -> Iterator[tuple[type, Field]]:
    met.add(model)
    for field in fields_of(model):
        yield model, field
        shape = shape_of(field.hint)
        while shape.is_list:
            shape = shape_of(shape.member)
        if shape.is_row and shape.bare not in met:
            yield from fields_below(shape.bare, met)


@pytest.mark.parametrize("kind", ["activity", "recipient", "store", "agreement"])
def test_every_field_that_an_officer_meets_is_told_in_both_languages(kind: str) -> None:
    for model, field in fields_below(KIND_BY_NAME[kind].model, set()):
        told = help_of(model, field)
        name = f"{model.__name__}.{field.key}"
        assert told.zh, name
        assert not told.zh.startswith(_FORM), name
        assert told.en, name
