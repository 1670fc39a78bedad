"""Personal information in text: found, told without the values, and masked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from chengnuo.base.text import Lang
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.engines.text.every_kind import Search
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.made_up import made_up
from chengnuo.engines.text.masking import Mask, masked, named, partly, wholly
from chengnuo.engines.text.name_model import NameModel
from chengnuo.engines.text.streaming import found_blocks
from chengnuo.ports.word_tagger import WordTagger


class MaskStyle(StrEnum):
    """How values are masked."""

    PARTLY = "partly"
    WHOLLY = "wholly"
    NAMED = "named"
    MADE_UP = "made-up"

    @property
    def is_keyed(self) -> bool:
        """Whether it takes a key."""
        return self in {MaskStyle.NAMED, MaskStyle.MADE_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value found in a text, without the value.

    Attributes:
        line: Its line, from 1.
        column: Its first character in the line, from 1.
        length: How many characters it has.
        kind: What it is.
        evidence: What speaks for it.
        shown: The value as it may be shown: masked partly.

    """

    line: int
    column: int
    length: int
    kind: Kind
    evidence: Evidence
    shown: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The use cases on text.

    Args:
        knowledge: What text is searched with.
        model: Judges names in running text.
        words: A model of words, for the deep search; `None` for the fast one.

    """

    knowledge: TextKnowledge
    model: NameModel
    words: WordTagger | None = None
    _search: Search = field(init=False)

    def __post_init__(self) -> None:
        """Make the search ready once."""
        tag = None if self.words is None else self.words.tagged
        object.__setattr__(self, "_search", self.knowledge.search(self.model, tag))

    def hits(self, text: str) -> list[Hit]:
        """Return where the values of a whole text are, in order, none overlapping another."""
        return self._search.found(text)

    def found(self, pieces: Iterable[str]) -> Iterator[Found]:
        """Yield the values of a text, in order.

        Args:
            pieces: The text in pieces.

        """
        show = partly()
        line, before = 1, 0
        for text, hits in found_blocks(pieces, self._search.found):
            at = 0
            for hit in hits:
                line, before = _further(text, at, hit.start, line, before)
                at = hit.start
                value = text[hit.start : hit.end]
                yield Found(
                    line=line,
                    column=before + 1,
                    length=len(value),
                    kind=hit.kind,
                    evidence=hit.evidence,
                    shown=show(value, hit.kind),
                )
            line, before = _further(text, at, len(text), line, before)

    def masked(
        self, pieces: Iterable[str], mask: Mask, counts: Counter[Kind] | None = None
    ) -> Iterator[str]:
        """Yield a text piece by piece with its values masked.

        Args:
            pieces: The text in pieces.
            mask: What stands in the place of a value.
            counts: Where the values masked are counted, by kind.

        """
        for text, hits in found_blocks(pieces, self._search.found):
            if counts is not None:
                counts.update(hit.kind for hit in hits)
            yield masked(text, hits, mask)

    def mask(self, style: MaskStyle, *, key: bytes = b"", lang: Lang = Lang.ZH) -> Mask:
        """Return the mask of a style.

        Args:
            style: How values are masked.
            key: The key of a style that takes one, of 16 bytes at least.
            lang: The language of the labels that `WHOLLY` leaves.

        Raises:
            ValueError: The style takes a key, and this one is too short.

        """
        match style:
            case MaskStyle.PARTLY:
                return partly()
            case MaskStyle.WHOLLY:
                return wholly(
                    {each.kind: each.title.in_lang(lang) for each in self.knowledge.kinds}
                )
            case MaskStyle.NAMED:
                return named(key)
            case MaskStyle.MADE_UP:
                return made_up(key)


def _further(text: str, start: int, end: int, line: int, before: int) -> tuple[int, int]:
    """Return line and characters before a place in it, from those of an earlier place."""
    lines = text.count("\n", start, end)
    if not lines:
        return line, before + end - start
    return line + lines, end - text.rindex("\n", start, end) - 1
