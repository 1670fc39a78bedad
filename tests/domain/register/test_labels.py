"""Every field that a register can have has a name in both languages."""

from chengnuo.domain.register.kinds import KINDS
from chengnuo.domain.register.labels import label_of, labelled
from chengnuo.domain.register.shapes import fields_of, shape_of


def keys_of(cls: type, seen: set[type]) -> set[str]:
    """Every key below a type of the model."""
    if cls in seen:
        return set()
    seen.add(cls)
    keys = set()
    for field in fields_of(cls):
        keys.add(field.key)
        shape = shape_of(field.hint)
        member = shape_of(shape.member) if shape.is_list else shape
        if member.is_row:
            keys |= keys_of(member.bare, seen)
    return keys


def test_each_field_has_one_name_and_no_name_is_left_over() -> None:
    seen: set[type] = set()
    keys = set().union(*(keys_of(kind.model, seen) for kind in KINDS))
    assert labelled() == keys


def test_names_are_in_both_languages() -> None:
    assert all(label_of(key).en for key in labelled())
    assert all(label_of(key).zh != key for key in labelled() - {"ios", "sdk"})
