"""All that is looked for in a text: values of a shape, then addresses, names and health.

Each kind of search sees what those before it found, and takes nothing of it. A line that holds no
Chinese sign is searched for shapes, and for names in Latin letters beside a key.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from chengnuo.engines.text.addresses import AddressSearch
from chengnuo.engines.text.births import births, births_in
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.deep import TagWords, Told, joined_places, told
from chengnuo.engines.text.finding import find_in, located_in
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.health import HealthWords
from chengnuo.engines.text.kinds import Hit
from chengnuo.engines.text.located import Located
from chengnuo.engines.text.merging import merged
from chengnuo.engines.text.name_places import NameSearch
from chengnuo.engines.text.names_together import NamesTogether
from chengnuo.engines.text.viewed import Viewed, viewed
from chengnuo.engines.text.worth_asking import persons_may_begin

_SHORT: Final = 2048


@dataclass(frozen=True)
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
        if len(text) < _SHORT:
            return self.found_one_by_one(text)
        return self.found_together(text)

    def found_one_by_one(self, text: str) -> list[Hit]:
        """Return them the plain way, which the other is held equal to."""
        hits = find_in(text, self.cues)
        plain = folded(text)
        hits = merged(hits, births(plain))
        hits = merged(hits, self.addresses.found(plain, hits))
        persons = None
        if self.tag is not None:
            said = self._told(viewed(text), Located.of(hits), self.tag)
            hits = merged(hits, [*joined_places(plain, said.places)])
            persons = said.persons
        hits = merged(hits, self.names.found(plain, hits, persons))
        return merged(hits, self.health.found(plain, hits))

    def found_together(self, text: str) -> list[Hit]:
        """Return the same of a long text, looking by whole arrays where something may stand."""
        view = viewed(text)
        located = located_in(text, self.cues)
        located = located.merged(Located.of(births_in(view)))
        located = located.merged(Located.of(self.addresses.found_in(view, located)))
        persons = None
        if self.tag is not None:
            said = self._told(view, located, self.tag)
            located = located.merged(Located.of([*joined_places(view.text, said.places)]))
            persons = said.persons
        located = located.merged(self._together.found(view, located, persons))
        return located.merged(self.health.found_in(view, located)).hits()

    def _told(self, view: Viewed, located: Located, tag: TagWords) -> Told:
        known = located.covered(len(view.text))
        return told(view.text, tag, persons_may_begin(view, self.names, known).tolist())

    @cached_property
    def _together(self) -> NamesTogether:
        return NamesTogether(self.names)
