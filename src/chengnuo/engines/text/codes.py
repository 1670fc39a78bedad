"""Signs as single bytes: what the search tells apart, with full-width forms as ASCII.

An ASCII sign is its own code. Signs outside ASCII that a shape or a cue speaks of have codes of
their own from 128 on; other Chinese characters share one, and so does all the rest. One sign is
one code, so that places in codes are places in the text.
"""

import re
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.cues import HARD, JOINTS, SOFT_AFTER
from chengnuo.engines.text.folding import FOLDED
from chengnuo.engines.text.shape import Shape
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tokens import Bytes

Signs = NDArray[np.uint16]

HAN: Final = 254
OTHER: Final = 255
PAD: Final = 2
"""How many ends of lines stand before and after the signs of a text."""
PLANE: Final = 1 << 16
_ENDS: Final = "\n" * PAD

_FIRST_OWN: Final = 128


def _written(shape: Shape) -> str:
    sides = (shape.form.left, shape.form.right)
    return "".join(
        [
            *shape.form.forms,
            *(side.signs + "".join(map("".join, side.pairs)) for side in sides),
            *(head.then for head in shape.heads),
            shape.after,
        ]
    )


def _own() -> str:
    written = "".join(map(_written, SHAPES)) + HARD + JOINTS + SOFT_AFTER
    return "".join(sorted(set(re.sub(r"[\x00-\x7f]", "", written))))


@cache
def sign_of_code() -> dict[int, str]:
    """Return the sign of every code that is of one sign alone."""
    ours = dict(enumerate(_own(), _FIRST_OWN))
    return {code: chr(code) for code in range(_FIRST_OWN)} | ours


@cache
def code_of_sign() -> Bytes:
    """Return the code of each sign of the first plane, `(65536,)`."""
    table = np.full(PLANE, OTHER, np.uint8)
    table[0x4E00 : 0x9FFF + 1] = HAN
    for code, sign in sign_of_code().items():
        table[ord(sign)] = code
    for wide, plain in FOLDED.items():
        table[wide] = table[plain]
    return table


def signs_of(text: str) -> Signs:
    """Return the signs of a text, each one number, with `PAD` ends of lines before and after.

    No shape and no cue goes over the end of a line, so it does for the end of a text. Signs past
    the first plane are as U+FFFF.
    """
    padded = f"{_ENDS}{text}{_ENDS}"
    units = np.frombuffer(padded.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(padded):
        return units
    signs = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(signs, PLANE - 1).astype(np.uint16)
