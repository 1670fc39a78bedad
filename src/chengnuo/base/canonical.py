"""Canonical JSON: one value, one sequence of bytes (RFC 8785, JSON Canonicalization Scheme).

Only what a register or a record holds is accepted: objects with string keys, arrays, strings,
booleans, null and integers of at most 53 bits. Fractions are refused rather than written in
some rounding: nothing of ours that is hashed has any.
"""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import TypeAlias, Union

from chengnuo.base.errors import InvalidInputError

Tree: TypeAlias = Union[Mapping[str, "Tree"], Sequence["Tree"], str, int, bool, None]  # noqa: UP007 (a quoted name takes no `|`)

_MAX_INTEGER = 2**53 - 1


class NotCanonicalError(InvalidInputError):
    """A value has no canonical JSON form."""

    code = "not-canonical"

    def __init__(self, what: str) -> None:
        super().__init__(f"`{what}` has no canonical JSON form")
        self.what = what


def canonical_json(value: Tree) -> bytes:
    r"""Return the canonical JSON of a value as UTF-8 bytes.

    Keys are sorted by their UTF-16 code units and strings escaped as RFC 8785 section 3.2.2
    says; there is no white space.

    Raises:
        NotCanonicalError: The value holds a fraction, an integer beyond 53 bits, a lone
            surrogate, a key that is not a string, or something that is not JSON.

    >>> canonical_json({"b": [1, True, None], "a": "é\n"})
    b'{"a":"\xc3\xa9\\n","b":[1,true,null]}'

    """
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError("lone-surrogate") from error


def _write(value: Tree, parts: list[str]) -> None:
    if isinstance(value, str):
        parts.append(encode_basestring(value))
    elif value is None:
        parts.append("null")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif isinstance(value, int):
        if abs(value) > _MAX_INTEGER:
            raise NotCanonicalError("integer-over-53-bits")
        parts.append(str(int(value)))
    elif isinstance(value, Mapping):
        _write_object(value, parts)
    elif isinstance(value, list | tuple):
        before = "["
        for member in value:
            parts.append(before)
            _write(member, parts)
            before = ","
        parts.append("]" if value else "[]")
    else:
        raise NotCanonicalError(type(value).__name__)


def _write_object(value: "Mapping[str, Tree]", parts: list[str]) -> None:
    try:
        # ASCII sorts the same by code point as by UTF-16 code unit.
        keys = sorted(value) if "".join(value).isascii() else sorted(value, key=_utf16_units)
    except TypeError as error:
        raise NotCanonicalError("key-not-a-string") from error
    before = "{"
    for key in keys:
        parts += (before, encode_basestring(key), ":")
        _write(value[key], parts)
        before = ","
    parts.append("}" if keys else "{}")


def _utf16_units(key: str) -> bytes:
    """Sort key of RFC 8785 section 3.2.3: code units, which big-endian bytes keep in order."""
    return key.encode("utf-16-be", "surrogatepass")
