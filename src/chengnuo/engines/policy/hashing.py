"""Runs of signs of a text, and its words, as numbered buckets: what a clause model looks at.

A text is folded (small letters, plain forms of wide signs, every digit a 0, no spaces; where words
count, one space between words), put between a sign of its beginning and one of its end, and cut
into all runs of one to `longest` signs. A run is hashed into one of `2**bits` buckets, so no list
of words is kept. Chinese needs no cutting into words for this.

The hash of a run c[0..n) is the polynomial sum of (c[i] + 1) * BASE**(n - 1 - i) modulo 2**32,
mixed so that its high bits, which number the bucket, depend on all of it. `plain_grams` is the
reference; `grams` gives the same by whole arrays.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BASE = 0x9E3779B1
_UNBASE = pow(BASE, -1, 1 << 32)
_MIXED = ((16, 0x85EBCA6B), (13, 0xC2B2AE35))
_BEGIN, _END = 2, 3
_WORDS_SALT = 0x5BD1E995
_WORD = re.compile(r"[a-z0]+")
_FIRST_WIDE, _LAST_WIDE, _WIDE = 0xFF01, 0xFF5E, 0xFEE0
_FOLDED = {sign: sign - _WIDE for sign in range(_FIRST_WIDE, _LAST_WIDE + 1)} | {0x3000: 0x20}
_ZERO = dict.fromkeys(range(ord("0"), ord("9") + 1), "0")


@dataclass(frozen=True, slots=True)
class Hashing:
    """How texts are cut and hashed.

    Attributes:
        bits: Buckets are numbered 0 to 2**bits - 1; 1 to 31.
        longest: The longest run of signs.
        words: Whether words of letters and digits, and two that follow each other, are hashed too.

    """

    bits: int
    longest: int
    words: bool


@dataclass(frozen=True, slots=True)
class Grams:
    """The buckets of some texts; one entry for each bucket of each text, by text, then bucket.

    Attributes:
        text: int64[n], index of the text.
        bucket: int64[n].
        count: int64[n], how often runs of that bucket occur in the text; at least 1.

    """

    text: NDArray[np.int64]
    bucket: NDArray[np.int64]
    count: NDArray[np.int64]


def folded(text: str, *, words: bool) -> str:
    """Return a text as it is hashed."""
    flat = text.translate(_FOLDED).lower().translate(_ZERO)
    return (" " if words else "").join(flat.split())


def plain_grams(text: str, how: Hashing) -> dict[int, int]:
    """Return how often each bucket occurs in one text: the reference of `grams`."""
    inside = folded(text, words=how.words)
    signs = [_BEGIN, *map(ord, inside), _END]
    counts: Counter[int] = Counter()
    for first in range(len(signs)):
        for end in range(first + 1, min(first + how.longest, len(signs)) + 1):
            counts[_bucket(signs[first:end], 0, how.bits)] += 1
    if how.words:
        places = [(found.start() + 1, found.end() + 1) for found in _WORD.finditer(inside)]
        for at, (first, end) in enumerate(places):
            counts[_bucket(signs[first:end], _WORDS_SALT, how.bits)] += 1
            if at:
                counts[_bucket(signs[places[at - 1][0] : end], _WORDS_SALT, how.bits)] += 1
    return dict(counts)


def grams(texts: Sequence[str], how: Hashing) -> Grams:
    """Return the buckets of texts."""
    insides = [folded(text, words=how.words) for text in texts]
    joined = "".join(f"{chr(_BEGIN)}{inside}{chr(_END)}" for inside in insides)
    signs = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    signs = signs.astype(np.uint32)
    lengths = np.array([len(inside) + 2 for inside in insides], dtype=np.int64)
    of_text = np.repeat(np.arange(len(insides), dtype=np.int64), lengths)
    ends = np.cumsum(lengths)
    left = ends[of_text] - np.arange(len(signs), dtype=np.int64)  # signs from here to the end
    keys: list[NDArray[np.int64]] = []
    run = np.zeros(len(signs), dtype=np.uint32)
    for length in range(1, how.longest + 1):
        following = np.zeros(len(signs), dtype=np.uint32)
        following[: max(len(signs) - length + 1, 0)] = signs[length - 1 :]
        run = run * np.uint32(BASE) + following + np.uint32(1)
        whole = left >= length
        keys.append(_keys(of_text[whole], run[whole], how.bits))
    if how.words:
        keys.extend(_words(insides, signs, ends - lengths, how.bits))
    key, count = np.unique(np.concatenate([*keys, np.zeros(0, dtype=np.int64)]), return_counts=True)
    return Grams(
        text=key >> how.bits, bucket=key & ((1 << how.bits) - 1), count=count.astype(np.int64)
    )


def _words(
    insides: Sequence[str], signs: NDArray[np.uint32], starts: NDArray[np.int64], bits: int
) -> list[NDArray[np.int64]]:
    """Return the keys of words and of pairs of words: differences of running sums."""
    rows: list[tuple[int, int, int, int]] = []  # text, beginning, end, beginning of the one before
    for text, (inside, start) in enumerate(zip(insides, starts.tolist(), strict=True)):
        before = -1
        for found in _WORD.finditer(inside):
            first = start + 1 + found.start()
            rows.append((text, first, start + 1 + found.end(), before))
            before = first
    if not rows:
        return []
    table = np.array(rows, dtype=np.int64)
    powers = np.full(len(signs) + 1, BASE, dtype=np.uint32)
    unpowers = np.full(len(signs) + 1, _UNBASE, dtype=np.uint32)
    powers[0] = unpowers[0] = 1
    powers, unpowers = np.cumprod(powers, dtype=np.uint32), np.cumprod(unpowers, dtype=np.uint32)
    sums = np.zeros(len(signs) + 1, dtype=np.uint32)
    np.cumsum((signs + np.uint32(1)) * unpowers[:-1], dtype=np.uint32, out=sums[1:])

    def hashed(first: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint32]:
        run = (sums[end] - sums[first]) * powers[end - 1]
        salt: NDArray[np.uint32] = np.uint32(_WORDS_SALT) * powers[end - first]
        return run + salt

    text, first, end, before = table.T
    paired = before >= 0
    return [
        _keys(text, hashed(first, end), bits),
        _keys(text[paired], hashed(before[paired], end[paired]), bits),
    ]


def _keys(text: NDArray[np.int64], run: NDArray[np.uint32], bits: int) -> NDArray[np.int64]:
    mixed = run.copy()
    for shift, factor in _MIXED:
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    key: NDArray[np.int64] = (text << bits) | (mixed >> np.uint32(32 - bits)).astype(np.int64)
    return key


def _bucket(signs: Sequence[int], salt: int, bits: int) -> int:
    run = salt
    for sign in signs:
        run = (run * BASE + sign + 1) & 0xFFFFFFFF
    for shift, factor in _MIXED:
        run = ((run ^ (run >> shift)) * factor) & 0xFFFFFFFF
    return (run ^ (run >> 16)) >> (32 - bits)
