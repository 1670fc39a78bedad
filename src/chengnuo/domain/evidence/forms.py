"""The forms that the values of a payload have."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from chengnuo.base.canonical import Tree


class Form(StrEnum):
    """The form of a value."""

    ID = "an id"
    TEXT = "a text of 1 to 500 characters"
    DIGEST = "64 hex digits"
    COUNT = "an integer of at least 0"
    FLAG = "true or false"
    INSTANT = "an RFC 3339 instant in UTC with `Z`"
    IDS = "a list of ids"
    TEXTS = "a list of texts"
    OBJECTS = "a list of objects"
    OBJECT = "an object"


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_MOST_TEXT = 500
_MOST_MEMBERS = 10_000


_MEMBER = {Form.IDS: Form.ID, Form.TEXTS: Form.TEXT, Form.OBJECTS: Form.OBJECT}


def fits(value: Tree, form: Form) -> bool:
    """Tell whether a value has a form."""
    if form in _MEMBER:
        return (
            isinstance(value, list | tuple)
            and len(value) <= _MOST_MEMBERS
            and all(fits(one, _MEMBER[form]) for one in value)
        )
    return _CHECKS[form](value)


def _is(pattern: re.Pattern[str], value: Tree) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


_CHECKS: dict[Form, Callable[[Tree], bool]] = {
    Form.ID: partial(_is, _ID),
    Form.DIGEST: partial(_is, _DIGEST),
    Form.INSTANT: partial(_is, _INSTANT),
    Form.TEXT: lambda value: isinstance(value, str) and 0 < len(value) <= _MOST_TEXT,
    Form.COUNT: lambda value: type(value) is int and value >= 0,
    Form.FLAG: lambda value: isinstance(value, bool),
    Form.OBJECT: lambda value: isinstance(value, Mapping),
}
