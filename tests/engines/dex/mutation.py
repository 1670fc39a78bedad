"""Changes DEX files as an attacker or a bad disk does; the same seed makes the same change."""

import struct
from random import Random

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(content: bytes, seed: int) -> bytes:
    """Return the content with a few changes of one place each."""
    random = Random(seed)
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(changed))
        match random.randrange(8):
            case 0 | 1:
                changed[at] ^= 1 << random.randrange(8)
            case 2:
                changed[at] = random.choice((0, 0x7F, 0x80, 0xFF, random.randrange(256)))
            case 3 if len(changed) > 0x78:
                word = random.choice((*EXTREMES, len(changed), random.randrange(len(changed))))
                struct.pack_into("<I", changed, random.randrange(0x20, 0x70, 4), word)
            case 4 if len(changed) > 8:
                word = random.choice((*EXTREMES, random.randrange(len(changed))))
                struct.pack_into("<I", changed, min(at, len(changed) - 4) & ~3, word)
            case 5:
                length = random.randrange(1, 48)
                source = random.randrange(len(changed))
                piece = changed[source : source + length]
                changed[at : at + len(piece)] = piece
            case 6:
                changed[at : at + 16] = b"\xff" * len(changed[at : at + 16])
            case 7 if random.random() < 0.2:
                del changed[max(1, at) :]
    return bytes(changed)
