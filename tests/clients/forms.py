"""Forms of an OpenAPI document: a value of one, and how a type of the client stands to one."""

import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec

Schema = Mapping[str, Any]
_PLAIN = {
    str: {"string"},
    int: {"integer"},
    float: {"number", "integer"},
    bool: {"boolean"},
    bytes: {"string"},
    datetime: {"string"},
    date: {"string"},
}


class Forms:
    """The forms of a document, by their references."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._named: Mapping[str, Schema] = document["components"]["schemas"]

    def resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self._named[schema["$ref"].rpartition("/")[2]]
        return schema

    def choices(self, schema: Schema) -> list[Schema]:
        """Return the forms that a value may have, null left out."""
        schema = self.resolved(schema)
        parts = schema.get("anyOf") or schema.get("oneOf")
        if parts is None:
            return [] if schema.get("type") == "null" else [schema]
        return [one for part in parts for one in self.choices(part)]

    def takes_null(self, schema: Schema) -> bool:
        schema = self.resolved(schema)
        parts = schema.get("anyOf") or schema.get("oneOf") or ()
        return schema.get("type") == "null" or any(map(self.takes_null, parts))

    def value(self, schema: Schema, *, least: bool = False) -> Any:  # noqa: ANN401  any JSON
        """Return a value of a form; with `least`, null and absent wherever that is allowed."""
        if least and self.takes_null(schema):
            return None
        return self._value(self.choices(schema)[0], least=least)

    def _value(self, schema: Schema, *, least: bool) -> Any:  # noqa: ANN401  any JSON
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                return self._members(schema, least=least)
            case "array":
                return self._elements(schema, least=least)
            case "string":
                return _text(schema)
        return {"boolean": True, "null": None}.get(schema.get("type", ""), 1)

    def _members(self, schema: Schema, *, least: bool) -> dict[str, Any]:
        needed = schema.get("required", ())
        return {
            name: self.value(one, least=least)
            for name, one in schema.get("properties", {}).items()
            if name in needed or not least
        }

    def _elements(self, schema: Schema, *, least: bool) -> list[Any]:
        fixed = [self.value(one, least=least) for one in schema.get("prefixItems", ())]
        if fixed or least or not schema.get("items"):
            return fixed
        return [self.value(schema["items"])]

    def differences(self, kind: Any, schema: Schema, at: str = "") -> Iterator[str]:  # noqa: ANN401  any annotation
        """Yield where a type of the client is not what the document says.

        `at` is the place. A member that the client passes over is told as `PLACE passes over NAME`.
        """
        options = [one for one in _options(kind) if one is not types.NoneType]
        if self.takes_null(schema) and types.NoneType not in _options(kind):
            yield f"{at} may be null"
        for choice in self.choices(schema):
            found = [list(self._against(one, choice, at)) for one in options]
            if all(found):
                yield from min(found, key=len)

    def _against(self, kind: Any, schema: Schema, at: str) -> Iterator[str]:  # noqa: ANN401  any annotation
        origin = typing.get_origin(kind)
        if origin is Literal:
            names = set(typing.get_args(kind))
            if (listed := set(schema.get("enum", ()))) - names:
                yield f"{at} may be {sorted(listed - names)}"
        elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from self._struct(kind, schema, at)
        elif origin is tuple or (origin is not None and issubclass(origin, tuple | list)):
            yield from self._sequence(typing.get_args(kind), schema, at)
        elif origin is dict:
            if schema.get("type") != "object":
                yield f"{at} is no object"
        elif "enum" in schema:
            if kind is not str:
                yield f"{at} is one of {schema['enum']}"
        elif schema.get("type") not in _PLAIN.get(kind, set()):
            yield f"{at} is {schema.get('type')}, not {kind}"

    def _struct(self, kind: type[msgspec.Struct], schema: Schema, at: str) -> Iterator[str]:
        there: Schema = schema.get("properties", {})
        if schema.get("type") != "object":
            yield f"{at} is no object"
            return
        hints = typing.get_type_hints(kind)
        for field in msgspec.structs.fields(kind):
            place = f"{at}.{field.encode_name}" if at else field.encode_name
            if field.encode_name not in there:
                yield f"{place} is not there"
                continue
            if field.required and field.encode_name not in schema.get("required", ()):
                yield f"{place} may be absent"
            yield from self.differences(hints[field.name], there[field.encode_name], place)
        for name in there.keys() - {one.encode_name for one in msgspec.structs.fields(kind)}:
            yield f"{kind.__name__} passes over {name}"

    def _sequence(self, parts: tuple[Any, ...], schema: Schema, at: str) -> Iterator[str]:
        if schema.get("type") != "array":
            yield f"{at} is no list"
            return
        fixed = schema.get("prefixItems")
        if fixed is not None:
            for one, form in zip(parts, fixed, strict=True):
                yield from self.differences(one, form, f"{at}[]")
        elif schema.get("items"):
            yield from self.differences(parts[0], schema["items"], f"{at}[]")


def _text(schema: Schema) -> str:
    if "contentEncoding" in schema:
        return "cGllY2U="
    # Some documents leave the format of an instant out.
    return "2026-11-30" if schema.get("format") == "date" else "2026-11-30T09:00:00Z"


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  any annotation
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return typing.get_args(kind)
    return (kind,)
