"""What a type of the model expects in a file: taken apart once, and said in words."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin, get_type_hints

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import Pattern
from chengnuo.domain.register.ids import TableRef
from chengnuo.domain.register.scalars import Frequency, Keep

KEBAB = Pattern(
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
    Text(
        "小写短横线形式的标识，如 `nearby-stores`",
        "an id in lower-case kebab-case, as `nearby-stores`",
    ),
)
_ID_PATTERNS = {
    "CategoryId": Pattern(
        r"PI(?:-[A-Z0-9]+)+",
        Text("个人信息种类的标识，如 `PI-LOC-PRECISE`", "a category id, as `PI-LOC-PRECISE`"),
    ),
    "AppTypeId": Pattern(
        r"NPI-\d\d",
        Text("常见应用类型的标识，如 `NPI-05`", "the id of a common app type, as `NPI-05`"),
    ),
    "TableRef": Pattern(
        r"[a-z0-9]+(?:-[a-z0-9]+)*\.[A-Za-z_][\w$.-]*",
        Text("存储中的表，如 `main.orders`", "a table of a store, as `main.orders`"),
    ),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_ID_LENGTH = 60
MAX_TABLE_LENGTH = 190
"""A store's id and a table's name, as long as the databases allow."""


def _day(text: str) -> date:
    """Read `2026-11-01`; the other forms of ISO 8601 are not for people.

    Raises:
        ValueError: It has another form, or there is no such day.

    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


PARSED: dict[Any, tuple[Text, Callable[[str], object]]] = {
    Period: (Text("ISO 8601 时长，如 `P30D`", "an ISO 8601 duration, as `P30D`"), Period.parse),
    Keep: (
        Text(
            "ISO 8601 时长，如 `P30D`，或 `forever`",
            "an ISO 8601 duration, as `P30D`, or `forever`",
        ),
        Keep.parse,
    ),
    Frequency: (Text("频率，如 `3 per day`", "a frequency, as `3 per day`"), Frequency.parse),
    date: (Text("日期，如 `2026-11-01`", "a date, as `2026-11-01`"), _day),
}
"""Types that are written as one word, with what they expect and the function that reads it."""

A_MAPPING = Text("键值映射", "a mapping of keys to values")
A_LIST = Text("列表", "a list")
A_TEXT = Text("一段文字", "a text")
A_BOOL = Text("`true` 或 `false`", "`true` or `false`")
A_NUMBER = Text("整数", "a whole number")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type: its key in files, its type, and whether it may be missing."""

    name: str
    key: str
    hint: Any
    required: bool
    default: object


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the fields of a model type in the order written there."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple(
        Field(
            name=field.name,
            key=field.name.rstrip("_"),
            hint=hints[field.name],
            required=field.default is MISSING,
            default=None if field.default is MISSING else field.default,
        )
        for field in dataclasses.fields(cls)
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """A type hint taken apart: the bare type, its constraints, and whether `None` is allowed."""

    bare: Any
    constraints: tuple[object, ...]
    optional: bool

    @property
    def is_list(self) -> bool:
        """Tell whether it is a tuple of members of one type."""
        return get_origin(self.bare) is tuple

    @property
    def member(self) -> Any:  # noqa: ANN401 (a type hint is any object)
        """The type hint of a list's members."""
        return get_args(self.bare)[0]

    @property
    def is_row(self) -> bool:
        """Tell whether it is a type of the model, written as a mapping."""
        return (
            dataclasses.is_dataclass(self.bare)
            and self.bare not in PARSED
            and self.bare is not Text
        )

    @property
    def is_id(self) -> bool:
        """Tell whether it is an id of some kind."""
        return isinstance(self.bare, NewType)

    @property
    def is_choice(self) -> bool:
        """Tell whether it is one of a closed set of words."""
        return isinstance(self.bare, type) and issubclass(self.bare, StrEnum)


@cache
def shape_of(hint: Any) -> Shape:  # noqa: ANN401 (a type hint is any object)
    """Take a type hint apart."""
    constraints: tuple[object, ...] = ()
    optional = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *extra = get_args(hint)
            constraints += tuple(extra)
        elif origin in (Union, UnionType):
            (hint,) = (part for part in get_args(hint) if part is not NoneType)
            optional = True
        else:
            return Shape(hint, constraints, optional)


def longest(id_type: Any) -> int:  # noqa: ANN401 (a NewType has no type of its own)
    """Return how many characters an id of a kind may have."""
    return MAX_TABLE_LENGTH if id_type is TableRef else MAX_ID_LENGTH


def pattern_of(id_type: Any) -> Pattern:  # noqa: ANN401 (a NewType has no type of its own)
    """Return the form that an id of a kind has."""
    return _ID_PATTERNS.get(id_type.__name__, KEBAB)


def one_of(words: "list[str] | tuple[str, ...]") -> Text:
    """Say that one of some words is expected."""
    listed = [f"`{word}`" for word in words]
    return Text("以下之一：" + "、".join(listed), "one of " + ", ".join(listed))


@cache
def expected_of(hint: Any) -> Text:  # noqa: ANN401 (a type hint is any object)
    """Say in words what a type expects."""
    shape = shape_of(hint)
    for rule in shape.constraints:
        if isinstance(rule, Pattern):
            return rule.expected
    if shape.is_id:
        return pattern_of(shape.bare).expected
    if shape.is_choice:
        return one_of([member.value for member in shape.bare])
    if shape.is_list:
        return A_LIST
    if shape.bare in PARSED:
        return PARSED[shape.bare][0]
    return {
        Text: Text("一段文字，或 `{zh: …, en: …}`", "a text, or `{zh: …, en: …}`"),
        bool: A_BOOL,
        int: A_NUMBER,
        str: A_TEXT,
    }.get(shape.bare, A_MAPPING)
