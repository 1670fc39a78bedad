"""Full-width letters, digits and signs read as ASCII, with the way back to the text as given.

Only one sign becomes one sign, so that places in the folded text are places in the text.
"""

import re
from typing import Final

# The full-width forms U+FF01 to U+FF5E stand for U+0021 to U+007E in order. Of the signs only those
# that stand inside identifiers: a full-width comma or colon says where a value ends.
_INSIDE: Final = "@.-_+·"
# Hyphens and dashes that a text may have where a number has a hyphen.
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2212"
FOLDED: Final = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code - 0xFEE0) in _INSIDE
} | {ord(dash): 0x2D for dash in _DASHES}
"""What is read as another sign: from code point to code point."""

_SIGNS: Final = {chr(code): chr(sign) for code, sign in FOLDED.items()}
_WIDE: Final = re.compile(f"[{''.join(map(chr, FOLDED))}]")


def folded(text: str) -> str:
    """Return the text with full-width letters, digits and signs of identifiers as ASCII."""
    return _WIDE.sub(lambda wide: _SIGNS[wide.group()], text)
