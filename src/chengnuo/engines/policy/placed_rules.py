"""Ruled lines of a page put together: those that go on in one another, those that end alike."""

from collections.abc import Iterable

from chengnuo.engines.policy.placed import Rule

NEAR = 4.0
"""Ends of ruled lines this near are one place."""


def merged(rules: Iterable[Rule], *, across: bool) -> list[Rule]:
    """Return ruled lines, those that go on in one another as one."""
    placed = sorted(
        ((one.top + one.bottom) / 2, one.left, one.right)
        if across
        else ((one.left + one.right) / 2, one.top, one.bottom)
        for one in rules
    )
    levels: list[list[tuple[float, float, float]]] = []
    for one in placed:
        if levels and one[0] - levels[-1][0][0] <= NEAR / 2:
            levels[-1].append(one)
        else:
            levels.append([one])
    found: list[Rule] = []
    for level in levels:
        at = level[0][0]
        begin, end = None, 0.0
        for _, left, right in sorted(level, key=lambda each: each[1:]):
            if begin is not None and left - end <= NEAR:
                end = max(end, right)
                continue
            if begin is not None:
                found.append(_rule(at, begin, end, across=across))
            begin, end = left, right
        if begin is not None:
            found.append(_rule(at, begin, end, across=across))
    return found


def _rule(at: float, begin: float, end: float, *, across: bool) -> Rule:
    return Rule(begin, at, end, at) if across else Rule(at, begin, at, end)


def families(across: Iterable[Rule]) -> list[list[Rule]]:
    """Return the ruled lines that begin and end alike, from top to bottom; the widest first."""
    families: list[list[Rule]] = []
    for rule in sorted(across, key=lambda one: one.top):
        for family in families:
            near = abs(family[0].left - rule.left) <= NEAR
            if near and abs(family[0].right - rule.right) <= NEAR:
                family.append(rule)
                break
        else:
            families.append([rule])
    several = [one for one in families if len(one) > 1]
    return sorted(several, key=lambda one: one[0].left - one[0].right)
