"""What kinds of personal information are looked for in text, and the words that name them."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.kinds import Kind
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

    """

    version: KnowledgeVersion
    kinds: tuple[TextKind, ...]
    others: tuple[str, ...]

    def cues(self) -> Cues:
        """Return the words beside values, as the search asks for them."""
        return Cues({None: self.others, **{each.kind: each.words for each in self.kinds}})

    def of(self, kind: Kind) -> TextKind:
        """Return what is known of a kind."""
        return next(each for each in self.kinds if each.kind is kind)
