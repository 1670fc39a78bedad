"""The JSON Schema of register files, for editors that complete and underline while one types.

Made from the same types that the reader goes by, so the two cannot drift apart. JSON Schema
2020-12. It covers what a single file can show: keys, types, forms of words, closed sets, the ids
of categories and app types. Whether an id that is used is defined, in this file or another, only
the reader knows; and a bare number or `true` where an id or a form of words stands is a word to
the reader, while an editor asks for quotes.
"""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from chengnuo.base.canonical import Tree
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.constraints import AtLeast, NotEmpty, Pattern
from chengnuo.domain.register.kinds import HANDLER, KINDS, LISTS, Kind
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.scalars import Frequency, Keep, Per
from chengnuo.domain.register.shapes import (
    Field,
    Shape,
    expected_of,
    fields_of,
    longest,
    pattern_of,
    shape_of,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId, CategoryId

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:chengnuo:schema:register-file:1"

_MAX_INTEGER = 10**15 - 1
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff"
_A_WORD = {
    "type": ["string", "number", "boolean"],
    "pattern": rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$",
}
_PERIOD = (
    r"P(?=.)(?=[^1-9]*[1-9])(?:[0-9]{1,4}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,4}W)?(?:[0-9]{1,5}D)?"
    r"(?:T(?=.)(?:[0-9]{1,5}H)?(?:[0-9]{1,5}M)?)?"
)
_FORMS: dict[Any, dict[str, Tree]] = {
    Period: {"type": "string", "pattern": f"^{_PERIOD}$"},
    Keep: {"type": "string", "pattern": f"^(?:forever|{_PERIOD})$"},
    Frequency: {
        "type": "string",
        "pattern": rf"^(?=0*[1-9])[0-9]{{1,6}} per (?:{'|'.join(Per)})$",
    },
    date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
_ATTRIBUTES = re.compile(r"\nAttributes:\n(.*?)(?:\n\n\S|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*?)(?=^ {4}\w+: |\Z)", re.DOTALL | re.MULTILINE)


def json_schema(catalogue: Catalogue) -> Tree:
    """Return the schema of one register file.

    A file is one row, told by the key that names its kind, or lists of rows under the plural
    keys, with the handler as a mapping under `handler`.

    Args:
        catalogue: Its categories and app types are the ones that can be chosen.

    """
    models = sorted(_models(), key=_name)
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        "title": "Chengnuo 登记簿文件 · register file",
        "description": "一行登记内容，或由行组成的列表。 One row, or lists of rows.",
        "type": "object",
        "minProperties": 1,
        "properties": _all_keys(),
        **_by_kind(),
        "$defs": {
            "Text": _bilingual(),
            "CategoryId": _chosen(
                expected_of(CategoryId),
                {each.id: each.text for each in catalogue.categories.values()},
            ),
            "AppTypeId": _chosen(
                expected_of(AppTypeId),
                {each.id: each.text for each in catalogue.app_types.values()},
            ),
            **{_name(model): _row(model) for model in models},
        },
    }


def _all_keys() -> dict[str, Tree]:
    """Return every key that a file may begin with, so that an empty file completes."""
    singles: dict[str, Tree] = {kind.name: _titled(kind.title) for kind in KINDS}
    lists: dict[str, Tree] = {kind.plural: _titled(kind.title) for kind in LISTS}
    return singles | lists


def _titled(title: Text) -> dict[str, Tree]:
    return {"title": f"{title.zh} · {title.en}"}


def _by_kind() -> dict[str, Tree]:
    """Return a chain of `if`: the kind that names others before the kinds it names."""
    chain: dict[str, Tree] = _lists()
    for kind in reversed(_most_telling_first()):
        named = {kind.name: {"not": {"type": ["object", "array"]}}}
        chain = {
            "if": {"required": [kind.name], "properties": named},
            "then": _ref(kind.model),
            "else": chain,
        }
    return chain


def _most_telling_first() -> list[Kind]:
    """Order the kinds so that each comes before those whose name is one of its fields."""
    left, ordered = list(KINDS), list[Kind]()
    while left:
        keys = {kind.name: {field.key for field in fields_of(kind.model)} for kind in left}
        kind = next(
            each
            for each in left
            if not any(each.name in keys[other.name] for other in left if other is not each)
        )
        ordered.append(kind)
        left.remove(kind)
    return ordered


def _lists() -> dict[str, Tree]:
    properties: dict[str, Tree] = {
        kind.plural: _titled(kind.title) | {"type": "array", "items": _ref(kind.model)}
        for kind in LISTS
    }
    handler = _titled(HANDLER.title) | _ref(HANDLER.model)
    return {"properties": {HANDLER.name: handler} | properties, "additionalProperties": False}


def _models() -> set[type]:
    """Return every type that is written as a mapping, from the kinds downwards."""
    found: set[type] = set()
    todo: list[type] = [kind.model for kind in KINDS]
    while todo:
        model = todo.pop()
        if model not in found:
            found.add(model)
            todo.extend(_inside(model))
    return found


def _inside(model: type) -> Iterator[type]:
    for field in fields_of(model):
        shape = shape_of(field.hint)
        while shape.is_list:
            shape = shape_of(shape.member)
        if shape.is_row:
            yield shape.bare


def _row(model: type) -> Tree:
    fields = fields_of(model)
    said = said_of_fields(model)
    mapping: dict[str, Tree] = {
        "description": (model.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {field.key: _field(field, said.get(field.name)) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }
    shorthand = getattr(model, "SHORTHAND", None)
    if shorthand is None:
        return mapping
    (short,) = (field for field in fields if field.name == shorthand)
    return {"anyOf": [_value(shape_of(shape_of(short.hint).member)), mapping]}


def _field(field: Field, said: str | None) -> Tree:
    expected = expected_of(field.hint)
    about: dict[str, Tree] = {
        **_titled(label_of(field.key)),
        "description": f"{said or ''}\n\n应为：{expected.zh}。 Expected: {expected.en}.".strip(),
    }
    if field.default not in (None, ()) and not shape_of(field.hint).is_row:
        about["default"] = write(field.default)
    shape = shape_of(field.hint)
    value = _value(shape)
    if shape.optional:
        value = {"anyOf": [value, {"type": "null"}]}
    return about | value


def _value(shape: Shape) -> dict[str, Tree]:  # noqa: PLR0911 (one return for each kind of value)
    if shape.is_list:
        members: dict[str, Tree] = {"type": "array", "items": _value(shape_of(shape.member))}
        return members | ({"minItems": 1} if _has(shape, NotEmpty) else {})
    if shape.is_row or shape.bare is Text:
        return _ref(shape.bare)
    if shape.bare in (CategoryId, AppTypeId):
        return _ref(shape.bare)
    if shape.is_id:
        return {
            "type": "string",
            "maxLength": longest(shape.bare),
            "pattern": f"^(?:{pattern_of(shape.bare).regex})$",
        }
    if shape.bare in _FORMS:
        return dict(_FORMS[shape.bare])
    if isinstance(shape.bare, type) and issubclass(shape.bare, StrEnum):
        return {"enum": [member.value for member in shape.bare]}
    return _plain(shape)


def _plain(shape: Shape) -> dict[str, Tree]:
    if shape.bare is bool:
        return {"type": "boolean"}
    if shape.bare is int:
        least = next(
            (rule.limit for rule in shape.constraints if isinstance(rule, AtLeast)), -_MAX_INTEGER
        )
        return {"type": "integer", "minimum": least, "maximum": _MAX_INTEGER}
    for rule in shape.constraints:
        if isinstance(rule, Pattern):
            return {"type": "string", "pattern": f"^(?:{rule.regex})$"}
    return dict(_A_WORD)


def _has(shape: Shape, constraint: type) -> bool:
    return any(isinstance(rule, constraint) for rule in shape.constraints)


def _bilingual() -> Tree:
    both: Tree = {
        "type": "object",
        "properties": {
            "zh": {"title": "中文 · Chinese", **_A_WORD},
            "en": {"title": "英文 · English", **_A_WORD},
        },
        "required": ["zh"],
        "additionalProperties": False,
    }
    return {
        "description": "一段中文，或中英文各一段。 A text in Chinese, or in Chinese and English.",
        "anyOf": [dict(_A_WORD), both],
    }


def _chosen(expected: Text, names: "dict[Any, Text]") -> Tree:
    return {
        "description": f"应为：{expected.zh}。 Expected: {expected.en}.",
        "enum": list(names),
        "enumDescriptions": [f"{text.zh} · {text.en}" for text in names.values()],
    }


def _name(model: Any) -> str:  # noqa: ANN401 (a NewType has no type of its own)
    return str(model.__name__)


def _ref(model: Any) -> dict[str, Tree]:  # noqa: ANN401 (a NewType has no type of its own)
    return {"$ref": f"#/$defs/{_name(model)}"}


@cache
def said_of_fields(model: type) -> dict[str, str]:
    """Return what a type's docstring says of each of its fields, under `Attributes:`."""
    listed = _ATTRIBUTES.search(inspect.cleandoc(model.__doc__ or ""))
    pairs = _ATTRIBUTE.findall(listed[1]) if listed else []
    return {name: " ".join(text.split()) for name, text in pairs}
