"""Large blocks of memory go back to the system once they are free.

glibc keeps them from the second on: it asks the system only for blocks larger than the largest it
has freed, up to 32 MiB (mallopt(3), M_MMAP_THRESHOLD). One hash of a password is 19 MiB, so that
without this a service would hold as much for ever after the first sign-in.
"""

import ctypes

_M_MMAP_THRESHOLD = -3
_FROM_BYTES = 1 << 20


def give_back_large_blocks() -> None:
    """Ask the allocator of this process for it; an allocator that knows no such thing is left."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _FROM_BYTES)
