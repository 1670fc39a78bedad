"""Names and strings of hostile bytes, for a person to read."""

from chengnuo.base.columns import plain
from chengnuo.engines.program.mutf8 import text_of


def shown(data: bytes, most: int = 200) -> str:
    r"""Return the text, safe in a terminal and in the source of a page.

    What is not printable, as line ends or marks that turn the direction, becomes an escape; after
    `most` characters comes an ellipsis.

    >>> shown(b"a\nb")
    'a\\nb'
    """
    text = text_of(data[: 4 * most + 4])
    if len(text) > most or len(data) > 4 * most + 4:
        text = text[:most] + "…"
    return plain(text)
