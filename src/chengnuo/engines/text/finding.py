"""Values of personal information in a text.

Where a value may begin is told by its first token alone; there the pattern, the inner structure
and the cues decide. Short texts are gone through token by token, long ones by whole arrays of
tokens: what differs is only how those places are come by.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.engines.text.beginnings import beginnings
from chengnuo.engines.text.cues import Cues
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
    for token, place in beginnings(text):
        shape = SHAPES[place]
        span = _span(shape, text, token)
        if span is None:
            continue
        start, end = span
        # What stands before the token may be a sign of the value, or join it to its cue.
        cue = cues.before(text, start)
        named = cue is not None and cue.kind in shape.cues
        refused = shape.unless and cue is not None and cue.kind is None
        evidence = shape.named if named else None
        if not named and not refused:
            evidence = shape.alone or _beside(shape, text, start, end, cues)
        if evidence is not None:
            yield Candidate(not named, evidence, start - end, place, start)


def _span(shape: Shape, text: str, token: int) -> tuple[int, int] | None:
    """Return where the value of a shape stands whose first token begins at a place, if one does."""
    for lead in range(min(shape.lead, token), -1, -1):
        match = shape.pattern.match(text, token - lead)
        if match and (shape.check is None or shape.check(match.group())):
            return match.span()
    return None


def _beside(shape: Shape, text: str, start: int, end: int, cues: Cues) -> Evidence | None:
    """Return what cues say that are not right before a value, if the shape listens to them."""
    if not shape.beside:
        return None
    after = cues.after(text, end)
    if after is not None and after.kind in shape.cues:
        return Evidence.KEY
    return Evidence.CONTEXT if cues.around(text, start, shape.kind) else None
