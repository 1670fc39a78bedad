"""All that is looked for in a text: values of a shape, then addresses, names and health.

Each kind of search sees what those before it found, and takes nothing of it. A line that holds no
Chinese sign is searched for shapes, and for names in Latin letters beside a key.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.engines.text.addresses import AddressSearch
from chengnuo.engines.text.births import births
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.deep import TagWords, joined_places, told
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.health import HealthWords
from chengnuo.engines.text.kinds import Hit
from chengnuo.engines.text.name_places import NameSearch


@dataclass(frozen=True, slots=True)
class Search:
    """What text is searched with.

    Attributes:
        cues: The words beside values.
        names: Finds names.
        addresses: Finds addresses.
        health: Finds words of health.
        tag: A model of words, which tells persons and places besides; `None` for none.

    """

    cues: Cues
    names: NameSearch
    addresses: AddressSearch
    health: HealthWords
    tag: TagWords | None = None

    def found(self, text: str) -> list[Hit]:
        """Return the values in a text, in order, none overlapping another."""
        hits = find_in(text, self.cues)
        plain = folded(text)
        hits = merged(hits, births(plain))
        hits = merged(hits, self.addresses.found(plain, hits))
        persons = None
        if self.tag is not None:
            said = told(plain, self.tag)
            hits = merged(hits, [*joined_places(plain, said.places)])
            persons = said.persons
        hits = merged(hits, self.names.found(plain, hits, persons))
        return merged(hits, self.health.found(plain, hits))


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
