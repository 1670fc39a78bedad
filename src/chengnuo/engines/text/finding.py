"""Values of personal information in a text.

Where a value may begin is told by its first token alone; there the pattern, the inner structure
and the cues decide. Short texts are gone through token by token, long ones by whole arrays of
tokens: what differs is only how those places are come by.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.engines.text.beginnings import beginnings
from chengnuo.engines.text.cues import Cue, Cues
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.kinds import Evidence, Hit
from chengnuo.engines.text.shape import Shape
from chengnuo.engines.text.shapes import SHAPES


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A value that has a shape and enough that speaks for it; the one to prefer comes first.

    Attributes:
        unnamed: Whether no cue right before it names it.
        evidence: What speaks for it.
        shorter: Its length, negative.
        place: The place of its shape in `SHAPES`.
        start: The place of its first character.

    """

    unnamed: bool
    evidence: Evidence
    shorter: int
    place: int
    start: int

    def hit(self) -> Hit:
        """Return what is found if this counts."""
        end = self.start - self.shorter
        return Hit(self.start, end, SHAPES[self.place].kind, self.evidence)


def find_in(text: str, cues: Cues) -> list[Hit]:
    """Return the values found in a text, in order, none overlapping another."""
    return settled(_candidates(folded(text), cues))


def settled(candidates: Iterable[Candidate]) -> list[Hit]:
    """Return the candidates that count, in order: of two that overlap, the one to prefer."""
    hits: list[Hit] = []
    taken: set[int] = set()
    for candidate in sorted(candidates):
        hit = candidate.hit()
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            hits.append(hit)
    return sorted(hits)


def _candidates(text: str, cues: Cues) -> Iterator[Candidate]:
    known, at = None, -1
    for start, place in beginnings(text):
        if start != at:
            at, known = start, cues.before(text, start)
        shape = SHAPES[place]
        if shape.after:  # the sign before the token is of the value
            at, known = -1, cues.before(text, start - 1)
        named = known is not None and known.kind in shape.cues
        if named or _may_stand(shape, known):
            yield from _candidate(place, text, start, cues, named=named)


def _may_stand(shape: Shape, known: Cue | None) -> bool:
    """Tell whether a value may count that no cue right before it names."""
    refused = shape.unless and known is not None and known.kind is None
    return not refused and (shape.alone is not None or shape.beside)


def _candidate(
    place: int, text: str, token: int, cues: Cues, *, named: bool
) -> Iterator[Candidate]:
    """Yield the value of a shape whose first token begins at a place, if it is one."""
    shape = SHAPES[place]
    for lead in range(min(shape.lead, token), -1, -1):
        match = shape.pattern.match(text, token - lead)
        if match and (shape.check is None or shape.check(match.group())):
            start, end = match.span()
            evidence = shape.named if named else _evidence(shape, text, start, end, cues)
            if evidence is not None:
                yield Candidate(not named, evidence, start - end, place, start)
            return


def _evidence(shape: Shape, text: str, start: int, end: int, cues: Cues) -> Evidence | None:
    if shape.alone is not None:
        return shape.alone
    after = cues.after(text, end)
    if after is not None and after.kind in shape.cues:
        return Evidence.KEY
    return Evidence.CONTEXT if cues.around(text, start, shape.kind) else None
