"""The page about the HTTP interface, made from the OpenAPI document that the service serves."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
HEAD = """\
# HTTP API

Written by `make golden` from the OpenAPI 3.1 document that a service serves at
`/schema/openapi.json`.

An operation with *key* takes `Authorization: Bearer KEY` ([how to get one](clients.md#a-key));
what a key may do is said in [the rooms](rooms/index.md). Problems are `application/problem+json`
with a `code` that has [its page](errors/index.md). A member that is not known is an error in a
request, and may be added to an answer at any time.
"""


def page(document: Schema) -> str:
    """Return the page."""
    return "\n".join([HEAD, *_operations(document), *_forms(document)])


def _operations(document: Schema) -> Iterator[str]:
    yield "## Operations\n"
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield from _operation(f"{method.upper()} {path}", operation)


def _operation(name: str, operation: Schema) -> Iterator[str]:
    said = _first(operation.get("description") or operation.get("summary", ""))
    key = " *key*." if operation.get("security") else ""
    yield f"### `{name}`\n\n{said}{key}\n"
    parameters = operation.get("parameters", ())
    if parameters:
        yield "| parameter | in | form | needed |\n|---|---|---|---|"
        for one in parameters:
            needed = "yes" if one.get("required") else ""
            yield f"| `{one['name']}` | {one['in']} | {form(one['schema'])} | {needed} |"
        yield ""
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        yield f"Takes {', '.join(_content(body))}.\n"
    responses = operation["responses"]
    good = [(status, one) for status, one in responses.items() if status.startswith("2")]
    others = [status for status, _ in responses.items() if not status.startswith("2")]
    told = [
        f"{status}: {', '.join(_content(one.get('content', {}))) or 'no body'}"
        for status, one in good
    ]
    yield f"Answers {'; '.join(told)}. Problems: {', '.join(others)}.\n"


def _content(content: Schema) -> Iterator[str]:
    for kind, one in content.items():
        yield f"`{kind}`" + (f" {form(one['schema'])}" if one.get("schema") else "")


def _forms(document: Schema) -> Iterator[str]:
    yield "## Forms\n"
    for name, schema in document["components"]["schemas"].items():
        yield f"### {_title(name)} {{ #{_anchor(name)} }}\n"
        if said := _first(schema.get("description", "")):
            yield f"{said}\n"
        if "enum" in schema:
            yield f"One of {', '.join(f'`{one}`' for one in schema['enum'])}.\n"
        if schema.get("properties"):
            needed = schema.get("required", ())
            yield "| member | form | needed |\n|---|---|---|"
            for member, one in schema["properties"].items():
                yield f"| `{member}` | {form(one)} | {'yes' if member in needed else ''} |"
            yield ""


def form(schema: Schema) -> str:
    """Return a form in a few words, with links to the forms it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{_title(name)}](#{_anchor(name)})"
    for joined in ("anyOf", "oneOf"):
        if joined in schema:
            return " or ".join(map(form, schema[joined]))
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    kind = schema.get("type", "any value")
    if kind == "array":
        inner = schema.get("items") or next(iter(schema.get("prefixItems", ())), {})
        return f"list of {form(inner)}"
    words = [schema.get("format", kind)]
    words += [
        f"{word} {schema[bound]}"
        for bound, word in (
            ("minLength", "at least"),
            ("maxLength", "at most"),
            ("minimum", "from"),
            ("maximum", "to"),
        )
        if bound in schema
    ]
    if "pattern" in schema:
        words.append(f"`{schema['pattern']}`".replace("|", "\\|"))
    return " ".join(words)


def _first(text: str) -> str:
    paragraph = text.strip().split("\n\n")[0]
    return " ".join(paragraph.split()).replace("|", "\\|")


def _title(name: str) -> str:
    return name.removeprefix("Program.").rpartition(".")[2]


def _anchor(name: str) -> str:
    return name.lower().replace(".", "-").replace("_", "-")
