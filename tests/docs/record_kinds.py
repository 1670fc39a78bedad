"""The page about the kinds of evidence records, made from their rules and schemas."""

from collections.abc import Iterator

from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.domain.evidence.schemas import schema_of

HEAD = """\
# Kinds of records

Written by `make golden` from the rules and the schemas of the records. What a leaf is made of, and
how a proof is checked: [the format](formats/evidence.md).

A *strict* record is durable before anybody is told that it happened. A payload is sealed under a
key of the individual: *content* is destroyed with the individual's data, *proof* when the listed
hold ends; *open* concerns no one individual. Fields in *italics* may be absent.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(line for kind in Kind for line in _kind(kind))])


def _kind(kind: Kind) -> Iterator[str]:
    rule = RULES[kind]
    strict = "strict" if rule.strict else "not strict"
    sealed = KeyClass.OPEN if rule.personal is None else rule.personal
    yield f"## `{kind}`\n"
    also = ", or open" if rule.open and rule.personal is not None else ""
    yield f"{strict.capitalize()}; payload {sealed}{also}.\n"
    if rule.personal is not None:
        yield from _fields(kind, personal=True)
    if rule.open and schema_of(kind, personal=False) != schema_of(kind, personal=True):
        if rule.personal is not None:
            yield "Open:\n"
        yield from _fields(kind, personal=False)


def _fields(kind: Kind, *, personal: bool) -> Iterator[str]:
    schema = schema_of(kind, personal=personal)
    if schema is None:
        yield "Payload as its maker gives it.\n"
        return
    yield f"Version {schema.version}:\n\n| field | form | says |\n|---|---|---|"
    for field in schema.fields:
        name = f"`{field.name}`" if field.required else f"*`{field.name}`*"
        yield f"| {name} | {field.form} | {field.label.zh} · {field.label.en} |"
    yield ""
