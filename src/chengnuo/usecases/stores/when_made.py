"""Which columns of a table tell when a row was made: by their name and their type."""

import re
from collections.abc import Iterable
from typing import Final

from chengnuo.domain.rights.schema import ColumnSchema, ValueType

_WHEN_MADE: Final = re.compile(
    r"(?:gmt_?)?(?:creat(?:e|ed|ion)|insert(?:ed)?|add(?:ed)?|regist(?:er|ered|ration))"
    r"_?(?:at|time|date|on|ts)?|ctime|创建(?:时间|日期)|注册(?:时间|日期)",
    re.IGNORECASE,
)
_TELL_WHEN: Final = frozenset({ValueType.INSTANT, ValueType.DATE})


def made_columns(columns: Iterable[ColumnSchema]) -> tuple[str, ...]:
    """Return the columns that tell when a row was made, in the order of the table."""
    return tuple(
        one.column for one in columns if one.type in _TELL_WHEN and _WHEN_MADE.fullmatch(one.column)
    )
