"""What stands in a row now, in words: what somebody says is so has to be before their eyes."""

from collections.abc import Iterator

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.change_words import in_words
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.draft import MARK
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.shapes import fields_of
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.wording import texts
from chengnuo.law.ids import CategoryId

_LONGEST = 240
_SECTIONS = {
    "basis": ("basis",),
    "channel": ("channel",),
    "minors_under_14": ("minors-rule", "minors-audience"),
    "operations": ("operation",),
    "provided_by": ("provider",),
    "purpose_kind": ("purpose-kind",),
    "right": ("right",),
    "role": ("role",),
    "starts": ("sdk-start",),
    "trigger": ("trigger",),
    "unknown_age_as": ("unknown-age",),
}
"""Sections of the pages' texts that name the values of a field."""


def stands(say: Speaker, row: object, fields: frozenset[str]) -> tuple[str, ...]:
    """Return what is written in some fields of a row, one line a field.

    Args:
        say: The register in force, in one language.
        row: The row.
        fields: First names of the fields.

    """
    return tuple(_lines(say, row, fields))


def _lines(say: Speaker, row: object, fields: frozenset[str]) -> Iterator[str]:
    tree = write(row)
    model: type = type(row)
    for one in fields_of(model):
        if one.key not in fields:
            continue
        value = tree.get(one.key) if isinstance(tree, dict) else None
        if value in (None, [], {}):
            inner = getattr(row, one.name, None)
            said = _usual(say, inner) if value == {} else ""
        else:
            said = _said(say, one.key, value)
        if said:
            shown = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
            yield say.t("decide.stands", name=say.text(label_of(one.key)), value=shown)


def _usual(say: Speaker, value: object) -> str:
    """Return what a part says that is as it usually is: what is so, and what is not."""
    model: type = type(value)
    named = (
        (label_of(one.key), getattr(value, one.name))
        for one in fields_of(model)
        if isinstance(getattr(value, one.name), bool)
    )
    return say.joined(f"{say.text(name)} {say.yes_no(given=so)}" for name, so in named)


def _said(say: Speaker, key: str, value: Tree) -> str:
    match value:
        case bool():
            return say.yes_no(given=value)
        case str():
            return "" if value.startswith(MARK.zh) else _word(say, key, value)
        case dict() if "zh" in value:
            text = say.text(in_words(value))
            return "" if str(value["zh"]).startswith(MARK.zh) else text
        case dict():
            parts = ((name, _said(say, name, member)) for name, member in value.items())
            return say.joined(f"{_name(say, name)} {said}".strip() for name, said in parts if said)
        case list():
            return say.t("decide.between").join(
                said for member in value if (said := _said(say, key, member))
            )
        case _:
            return str(value)


def _name(say: Speaker, key: str) -> str:
    return "" if key in {"category", "right"} else say.text(label_of(key))


def _word(say: Speaker, key: str, value: str) -> str:
    if key in {"category", "categories"}:
        return say.category(CategoryId(value))
    known = texts(say.lang)
    for section in _SECTIONS.get(key, ()):
        if f"{section}.{value}" in known:
            return known[f"{section}.{value}"]
    return value
