"""What SQLite and PostgreSQL say in different words, written once for the stores.

`insert(...)` with `on_conflict_do_update` is taken from SQLAlchemy's PostgreSQL dialect throughout:
SQLite took the clause over from there, and SQLAlchemy writes it for both. What PostgreSQL sums
up of wide whole numbers comes as a decimal: the stores make a whole number of it again.
"""

from typing import Any

from sqlalchemy import ColumnElement, TableValuedAlias, bindparam, column, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import BigInteger, Text


class Greater(FunctionElement[int]):
    """The greater of two numbers, neither of which is null."""

    type = BigInteger()
    inherit_cache = True


class Lesser(FunctionElement[int]):
    """The lesser of two numbers, neither of which is null."""

    type = BigInteger()
    inherit_cache = True


class Member(FunctionElement[str]):
    """The text of `$.request.NAME` of a body of JSON in UTF-8; null if it has none."""

    type = Text()
    inherit_cache = True


@compiles(Greater)
@compiles(Lesser)
def _of_two(element: FunctionElement[int], compiler: SQLCompiler, **words: object) -> str:
    names = {Greater: ("max", "GREATEST"), Lesser: ("min", "LEAST")}[type(element)]
    name = names[compiler.dialect.name == "postgresql"]
    return f"{name}({compiler.process(element.clauses, **words)})"


@compiles(Member)
def _member(element: Member, compiler: SQLCompiler, **words: object) -> str:
    body, name = (compiler.process(one, **words) for one in element.clauses)
    if compiler.dialect.name == "postgresql":
        # It knows no text with a zero in it, and refuses the whole body for one anywhere.
        known = f"replace(convert_from({body}, 'UTF8'), '\\u0000', '\\ufffd')"
        return f"({known}::jsonb #>> ARRAY['request', {name}])"
    return f"json_extract(CAST({body} AS TEXT), '$.request.' || {name})"


def begins(text: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Tell whether a text begins so, letter by letter; to `LIKE` of SQLite `A` and `a` are one."""
    return func.substr(text, 1, len(prefix)) == prefix


def listed(name: str) -> TableValuedAlias:
    """Return the texts of a parameter that is a JSON array, as rows `key` (from 0) and `value`."""
    given = bindparam(name, type_=Text)
    return _Each(given).table_valued(column("key", BigInteger), column("value", Text))


class _Each(FunctionElement[Any]):
    inherit_cache = True


@compiles(_Each)
def _json_each(element: _Each, compiler: SQLCompiler, **words: object) -> str:
    given = compiler.process(element.clauses, **words)
    if compiler.dialect.name == "postgresql":
        rows = f"jsonb_array_elements_text(({given})::jsonb) WITH ORDINALITY AS of (one, n)"
        columns = 'n - 1 AS key, one COLLATE "C" AS value'
        return f"(SELECT {columns} FROM {rows})"  # noqa: S608  a parameter
    return f"json_each({given})"
