"""Trees to values and values to trees, driven by the types of the model.

Reading collects every problem instead of stopping at the first; writing leaves out what equals
the default, so that a field added to the model later does not change the version of a register
that does not use it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty, Pattern
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.scalars import Frequency, Keep
from chengnuo.domain.register.shapes import (
    A_BOOL,
    A_LIST,
    A_MAPPING,
    A_NUMBER,
    A_TEXT,
    PARSED,
    Shape,
    expected_of,
    fields_of,
    longest,
    one_of,
    pattern_of,
    shape_of,
)
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, Sequence, is_null, shown

_INTEGER = re.compile(r"-?\d{1,15}")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff]"
)
"""Control characters, line separators, and signs that turn letters round or are not seen."""

_EACH_KEY_ONCE = Text("每个键只写一次", "each key once")


@dataclass(frozen=True, slots=True)
class Use:
    """An id that was written somewhere, to be looked up when everything has been read."""

    id_type: Any
    id: str
    place: Place
    where: str


class Failed:
    """Stands for a value that could not be read; the problem has been noted."""


FAILED = Failed()


class Reading:
    """What is gathered while a tree is read: problems, ids used, and lines of the fields.

    `whole` is lost when rows may stand in what could not be read: then nothing is called missing.
    """

    def __init__(self) -> None:
        self.whole = True
        self.problems: list[Problem] = []
        self.uses: list[Use] = []
        self.places: dict[str, Place] = {}

    def refuse(self, code: ProblemCode, node: Node, where: str, expected: Text) -> Failed:
        """Note a problem at a node."""
        self.problems.append(
            Problem(code=code, place=node.place, where=where, given=shown(node), expected=expected)
        )
        return FAILED


def read(hint: Any, node: Node, reading: Reading, where: str) -> Any:  # noqa: ANN401 (as hinted)
    """Read a node as a value of a type; note problems and return `FAILED` where it is none."""
    shape = shape_of(hint)
    if shape.optional and is_null(node):
        return None
    if shape.is_list:
        return _read_list(shape, node, reading, where)
    if shape.is_row:
        return read_row(shape.bare, node, reading, where)
    if shape.bare is Text:
        return _read_bilingual(node, reading, where)
    return _read_scalar(shape, node, reading, where)


def read_row(cls: type, node: Node, reading: Reading, where: str) -> Any:  # noqa: ANN401 (a cls)
    """Read a mapping as a value of a model type; a bare word where the type has a shorthand."""
    shorthand = getattr(cls, "SHORTHAND", None)
    if shorthand is not None and isinstance(node, Scalar):
        key = Scalar(shorthand, plain=True, place=node.place)
        node = Mapping(((key, Sequence((node,), node.place)),), node.place)
    if not isinstance(node, Mapping):
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, A_MAPPING)
    given = _entries(cls, node, reading, where)
    values: dict[str, object] = {}
    for field in fields_of(cls):
        path = f"{where}{field.key}" if where.endswith(" · ") else f"{where}.{field.key}"
        if field.key in given:
            reading.places[path] = given[field.key].place
            values[field.name] = read(field.hint, given[field.key], reading, path)
        elif field.required:
            values[field.name] = FAILED
            _note_missing(field.key, expected_of(field.hint), node, reading, where)
    return FAILED if FAILED in values.values() else cls(**values)


def _note_missing(key: str, expected: Text, node: Node, reading: Reading, where: str) -> None:
    reading.problems.append(
        Problem(
            code=ProblemCode.MISSING_KEY,
            place=node.place,
            where=where.removesuffix(" · "),
            given=key,
            expected=Text(f"`{key}`：{expected.zh}", f"`{key}`: {expected.en}"),
        )
    )


def _entries(cls: type, node: Mapping, reading: Reading, where: str) -> dict[str, Node]:
    known = [field.key for field in fields_of(cls)]
    given: dict[str, Node] = {}
    for key, child in node:
        if key.text not in known:
            reading.refuse(ProblemCode.UNKNOWN_KEY, key, where.removesuffix(" · "), one_of(known))
        elif key.text in given:
            reading.refuse(ProblemCode.DUPLICATE_KEY, key, where, _EACH_KEY_ONCE)
        else:
            given[key.text] = child
    return given


def _read_list(shape: Shape, node: Node, reading: Reading, where: str) -> Any:  # noqa: ANN401
    if not isinstance(node, Sequence):
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, A_LIST)
    members = []
    for index, child in enumerate(node.members):
        path = f"{where}[{index}]"
        reading.places[path] = child.place
        members.append(read(shape.member, child, reading, path))
    if FAILED in members:
        return FAILED
    if not members and any(isinstance(rule, NotEmpty) for rule in shape.constraints):
        expected = Text("至少一项", "at least one member")
        return reading.refuse(ProblemCode.WRONG_VALUE, node, where, expected)
    return tuple(members)


def _read_bilingual(node: Node, reading: Reading, where: str) -> Text | Failed:
    if not isinstance(node, Mapping):
        only = _read_text(node, reading, where)
        return only if isinstance(only, Failed) else Text(only)
    given = _entries(Text, node, reading, where)
    if "zh" not in given:
        _note_missing("zh", A_TEXT, node, reading, where)
        return FAILED
    zh = _read_text(given["zh"], reading, f"{where}.zh")
    en = _read_text(given["en"], reading, f"{where}.en") if "en" in given else None
    return FAILED if isinstance(zh, Failed) or isinstance(en, Failed) else Text(zh, en)


def _read_text(node: Node, reading: Reading, where: str) -> str | Failed:
    if not isinstance(node, Scalar) or is_null(node):
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, A_TEXT)
    if _CONTROL.search(node.text):
        expected = Text("不含控制字符的文字", "a text without control characters")
        return reading.refuse(ProblemCode.CONTROL_CHARACTER, node, where, expected)
    text = node.text.strip()
    if not text:
        expected = Text("不为空的文字", "a text that is not empty")
        return reading.refuse(ProblemCode.WRONG_VALUE, node, where, expected)
    return text


def _read_scalar(  # noqa: PLR0911 (one return for each kind of word)
    shape: Shape, node: Node, reading: Reading, where: str
) -> Any:  # noqa: ANN401 (as hinted)
    if shape.is_choice:
        return _read_choice(shape, node, reading, where)
    if not isinstance(node, Scalar) or is_null(node):
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, expected_of(shape.bare))
    if shape.bare is bool:
        return _read_bool(node, reading, where)
    if shape.bare is int:
        return _read_int(shape, node, reading, where)
    text = _read_text(node, reading, where)
    if isinstance(text, Failed):
        return text
    if shape.is_id:
        return _read_id(shape, text, node, reading, where)
    return _read_word(shape, text, node, reading, where)


def _read_word(shape: Shape, text: str, node: Scalar, reading: Reading, where: str) -> Any:  # noqa: ANN401
    if shape.bare in PARSED:
        try:
            return PARSED[shape.bare][1](text)
        except (ValueError, InvalidInputError):
            return reading.refuse(ProblemCode.WRONG_VALUE, node, where, expected_of(shape.bare))
    for rule in shape.constraints:
        if isinstance(rule, Pattern) and not re.fullmatch(rule.regex, text):
            return reading.refuse(ProblemCode.WRONG_VALUE, node, where, rule.expected)
    return text


def _read_choice(shape: Shape, node: Node, reading: Reading, where: str) -> Any:  # noqa: ANN401
    # Compared before anything is called null: `when_deleted: null` is one of the words.
    if isinstance(node, Scalar) and node.text in list(shape.bare):
        return shape.bare(node.text)
    wrong = isinstance(node, Scalar) and not is_null(node)
    code = ProblemCode.WRONG_VALUE if wrong else ProblemCode.WRONG_TYPE
    return reading.refuse(code, node, where, expected_of(shape.bare))


def _read_id(shape: Shape, text: str, node: Scalar, reading: Reading, where: str) -> str | Failed:
    pattern = pattern_of(shape.bare)
    if len(text) > longest(shape.bare) or not re.fullmatch(pattern.regex, text):
        return reading.refuse(ProblemCode.WRONG_VALUE, node, where, pattern.expected)
    reading.uses.append(Use(shape.bare, text, node.place, where))
    return text


def _read_bool(node: Scalar, reading: Reading, where: str) -> bool | Failed:
    if not node.plain or node.text not in {"true", "false"}:
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, A_BOOL)
    return node.text == "true"


def _read_int(shape: Shape, node: Scalar, reading: Reading, where: str) -> int | Failed:
    if not node.plain or not _INTEGER.fullmatch(node.text):
        return reading.refuse(ProblemCode.WRONG_TYPE, node, where, A_NUMBER)
    number = int(node.text)
    for rule in shape.constraints:
        if isinstance(rule, AtLeast) and number < rule.limit:
            expected = Text(
                f"不小于 {rule.limit} 的整数", f"a whole number of at least {rule.limit}"
            )
            return reading.refuse(ProblemCode.WRONG_VALUE, node, where, expected)
    return number


def write(value: object) -> Tree:  # noqa: PLR0911 (one return for each kind of value)
    """Return the tree of a value, without what equals the default."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case Text(zh=zh, en=None):
            return zh
        case Text(zh=zh, en=en):
            return {"zh": zh, "en": en}
        case Period() | Keep() | Frequency() | date():
            return str(value)
        case tuple():
            return [write(member) for member in value]
        case _:
            return _write_row(value)


def _write_row(value: object) -> Tree:
    cls: type = type(value)
    tree = {
        field.key: write(getattr(value, field.name))
        for field in fields_of(cls)
        if field.required or getattr(value, field.name) != field.default
    }
    shorthand = getattr(cls, "SHORTHAND", None)
    if shorthand is not None and list(tree) == [shorthand]:
        members = cast("list[Tree]", tree[shorthand])
        if len(members) == 1:
            return members[0]
    return tree


def leaves(tree: Tree, path: str = "") -> Iterator[tuple[str, Tree]]:
    """Yield every leaf of a tree with its path; empty lists and mappings are leaves too."""
    if isinstance(tree, dict) and tree:
        for key, member in tree.items():
            yield from leaves(member, f"{path}.{key}" if path else key)
    elif isinstance(tree, list) and tree:
        for index, member in enumerate(tree):
            yield from leaves(member, f"{path}[{index}]")
    else:
        yield path, tree
