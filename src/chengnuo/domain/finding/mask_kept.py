"""Whether a value that is shown keeps to the mask that the register declares for it."""

from typing import Final

from chengnuo.domain.register.publication import Mask

_HIDDEN: Final = frozenset("*\uff0a\u2022\u25cf\u00d7\u25a1\u25a0")
_JOINTS: Final = frozenset(" -_.@()（）·/")


def shows_more(value: str, mask: Mask) -> bool:
    """Tell whether a value shows more of its signs than its mask leaves.

    What joins the parts of a value tells nothing and may be seen. A mask that counts no signs is
    words alone, which no program can hold a value to.
    """
    if mask.leading is None and mask.trailing is None:
        return False
    last = len(value) - (mask.trailing or 0)
    middle = value[mask.leading or 0 : max(last, 0)]
    return any(sign not in _HIDDEN and sign not in _JOINTS for sign in middle)
