"""Values of personal information in a text.

Where a value may begin is told by its first token alone; there the pattern, the inner structure
and the cues decide. Short texts are gone through token by token, long ones by tables made of the
same shapes and cues (`by_tables.py`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from chengnuo.engines.text.beginnings import beginnings
from chengnuo.engines.text.beside import evidence_beside
from chengnuo.engines.text.by_tables import search
from chengnuo.engines.text.codes import signs_of
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.glued import edges_in, edges_of, glued_at
from chengnuo.engines.text.kinds import Evidence, Hit
from chengnuo.engines.text.located import Located
from chengnuo.engines.text.merging import merged
from chengnuo.engines.text.shape import Shape
from chengnuo.engines.text.shapes import SHAPES

_SHORT: Final = 2048


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
    if len(text) >= _SHORT:
        return located_in(text, cues).hits()
    hits = find_one_by_one(text, cues)
    glued = _glued(text, cues, edges_of(text))
    return merged(hits, glued) if glued else hits


def located_in(text: str, cues: Cues) -> Located:
    """Return the values of a long text as arrays."""
    signs = signs_of(text)
    spans = search(text, cues, signs)
    located = Located(spans.start, spans.end, spans.kinds, spans.evidence)
    return located.merged(Located.of(_glued(text, cues, edges_in(signs, cues))))


def _glued(text: str, cues: Cues, edges: Sequence[int]) -> list[Hit]:
    return [*glued_at(edges, text, cues, lambda part: find_one_by_one(part, cues))]


def find_one_by_one(text: str, cues: Cues) -> list[Hit]:
    """Return the same, token by token: the plain way, which the others are held equal to."""
    return settled(_candidates(folded(text), cues))


def find_in_many(texts: Sequence[str], cues: Cues) -> list[list[Hit]]:
    """Return the values found in each of many texts, as `find_in` does for one, in one pass.

    Args:
        texts: Texts of any length, as the values of a column. Each is searched by itself: no value
            and no cue goes over from one to the next. Places count from the start of each.
        cues: The words beside values.

    Returns:
        For every text its hits, in order, none overlapping another; empty lists included.

    """
    found: list[list[Hit]] = [[] for _ in texts]
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    # No value and no cue goes over the end of a line.
    for hit in find_in("\n".join(texts), cues):
        place = bisect_right(begins, hit.start) - 1
        begin = begins[place]
        found[place].append(Hit(hit.start - begin, hit.end - begin, hit.kind, hit.evidence))
    return found


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
            evidence = shape.alone or evidence_beside(shape, text, start, end, cues)
        if evidence is not None:
            yield Candidate(not named, evidence, start - end, place, start)


def _span(shape: Shape, text: str, token: int) -> tuple[int, int] | None:
    """Return where the value of a shape stands whose first token begins at a place, if one does."""
    for lead in range(min(shape.lead, token), -1, -1):
        match = shape.form.pattern.match(text, token - lead)
        if match and (shape.check is None or shape.check.tells(match.group())):
            return match.span()
    return None
