"""What kinds of personal information are looked for in text, and the words that name them."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.engines.text.addresses import AddressSearch
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.deep import TagWords
from chengnuo.engines.text.divisions import Divisions
from chengnuo.engines.text.every_kind import Search
from chengnuo.engines.text.health import HealthWords
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.name_model import NameModel
from chengnuo.engines.text.name_places import NameSearch
from chengnuo.engines.text.name_words import NameWords
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind:
    """A kind of value in text.

    Attributes:
        kind: The kind.
        title: What it is called.
        category: The category of personal information that it is of.
        words: The words beside a value that name it.

    """

    kind: Kind
    title: Text
    category: CategoryId
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKnowledge:
    """All that text is searched with.

    Attributes:
        version: Which state of the files.
        kinds: Every kind, once.
        others: The words beside values that are not personal.
        names: What names are made of.
        divisions: The administrative divisions, by which addresses are known.
        health: The words of health.

    """

    version: KnowledgeVersion
    kinds: tuple[TextKind, ...]
    others: tuple[str, ...]
    names: NameWords
    divisions: Divisions
    health: HealthWords

    def cues(self) -> Cues:
        """Return the words beside values, as the search asks for them."""
        return Cues({None: self.others, **{each.kind: each.words for each in self.kinds}})

    def search(self, model: NameModel, tag: TagWords | None = None) -> Search:
        """Return the search for every kind.

        Args:
            model: Judges names in running text.
            tag: A model of words that tells persons and places besides; `None` for none.

        """
        cues = self.cues()
        return Search(
            cues=cues,
            names=NameSearch(self.names, model, cues),
            addresses=AddressSearch(self.divisions, cues),
            health=self.health,
            tag=tag,
        )

    def of(self, kind: Kind) -> TextKind:
        """Return what is known of a kind."""
        return next(each for each in self.kinds if each.kind is kind)

    def is_sensitive(self, kind: Kind, law: Catalogue, also: frozenset[Kind] = frozenset()) -> bool:
        """Tell whether values of a kind are sensitive (PIPL Art. 28, GB/T 45574).

        Args:
            kind: The kind.
            law: Says it of the categories.
            also: The kinds that are to be treated as sensitive whatever their category.

        """
        return kind in also or law.category(self.of(kind).category).is_sensitive
