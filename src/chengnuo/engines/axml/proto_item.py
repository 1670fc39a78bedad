"""Values in the protobuf form of resources (aapt2's `Resources.proto`: `Item` and `Primitive`)."""

from chengnuo.engines.axml import wire
from chengnuo.engines.axml.element import Raw, Reference, Value
from chengnuo.engines.axml.res_value import COLOUR, DIMENSION, FLOAT, FRACTION, NULL, SIGN, signed

REFERENCE, STRING, RAW_STRING, STYLED_STRING, FILE, ID, PRIMITIVE = range(1, 8)
TEXTS = frozenset({STRING, RAW_STRING, STYLED_STRING, FILE})
DECIMAL, HEXADECIMAL, BOOLEAN = 6, 7, 8
KINDS = {3: FLOAT, 4: DIMENSION, 5: FRACTION, 13: DIMENSION, 14: FRACTION}
KINDS |= {field: COLOUR + field - 9 for field in range(9, 13)}


def item_of(message: memoryview) -> Value | None:
    """Return the value of an `Item`, None if it has none.

    Raises:
        ResourceFormatError: It is cut off.

    """
    found: Value | None = None
    for number, _, contents in wire.fields(message):
        if number in TEXTS:
            found = wire.text(wire.contents_of(contents, 1) or wire.NOTHING)
        elif number == REFERENCE:
            found = _reference(contents)
        elif number == PRIMITIVE:
            found = _primitive(contents)
        elif number == ID:
            found = Raw(kind=NULL, data=0)
    return found


def _reference(message: memoryview) -> Reference:
    is_theme, resource_id, name = False, 0, ""
    for number, value, contents in wire.fields(message):
        if number == 1:
            is_theme = value == 1
        elif number == 2:  # noqa: PLR2004  Reference.id
            resource_id = value & 2 * SIGN - 1
        elif number == 3:  # noqa: PLR2004  Reference.name
            name = wire.text(contents)
    return Reference(resource_id=resource_id, name=name, is_theme=is_theme)


def _primitive(message: memoryview) -> Value:
    found: Value = Raw(kind=NULL, data=0)
    for number, value, _ in wire.fields(message):
        word = value & 2 * SIGN - 1
        if number == DECIMAL:
            found = signed(word)
        elif number == HEXADECIMAL:
            found = word
        elif number == BOOLEAN:
            found = word != 0
        elif number in KINDS:
            found = Raw(kind=KINDS[number], data=word)
    return found
