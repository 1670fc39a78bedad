"""What counts of values that two searches found in one text."""

from bisect import bisect_right
from collections.abc import Sequence

from chengnuo.engines.text.kinds import Hit


def merged(first: Sequence[Hit], then: Sequence[Hit]) -> list[Hit]:
    """Return hits of both, in order: of two that overlap, the first, unless it lies within.

    Args:
        first: In order, none overlapping another.
        then: The same.

    """
    ends = [hit.end for hit in first]
    kept: list[Hit] = []
    lost: set[int] = set()
    for hit in then:
        at = bisect_right(ends, hit.start)
        over = []
        while at < len(first) and first[at].start < hit.end:
            over.append(at)
            at += 1
        if all(hit.start <= first[one].start and ends[one] <= hit.end for one in over):
            lost.update(over)
            kept.append(hit)
    return sorted([*(hit for at, hit in enumerate(first) if at not in lost), *kept])
